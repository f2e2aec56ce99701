// Says at once when the session has ended or the network is away: Wagtail's background requests
// then fail in silence. Nothing is lost, for the page stays as it is.
(() => {
  const { login, ping, ...says } = document.currentScript.dataset;
  const ask = window.fetch;
  const { send } = XMLHttpRequest.prototype;
  const QUIET = 60000;
  const note = document.createElement("div");
  let heard = Date.now();
  let clicked = null;
  note.className = "desk-lost";
  note.setAttribute("role", "alert");

  function tell(what) {
    note.textContent = says[what];
    if (what === "ended") {
      const link = document.createElement("a");
      note.append(" ", Object.assign(link, { href: login, target: "_blank", text: says.link }));
    }
    document.body.append(note);
    // Wagtail disables the button that opens a chooser.
    clicked?.removeAttribute("disabled");
  }

  function judge(status, address) {
    const { origin, pathname } = new URL(address, location.href);
    if (origin !== location.origin) return;
    if (status === 401 || pathname === login) return tell("ended");
    if (status === 403) return tell("refused");
    if (status >= 500) return tell("failed");
    heard = Date.now();
    note.remove();
  }

  window.fetch = async (...args) => {
    try {
      const answer = await ask(...args);
      judge(answer.status, answer.url);
      return answer;
    } catch (error) {
      if (error.name !== "AbortError") tell("offline");
      throw error;
    }
  };

  XMLHttpRequest.prototype.send = function (...args) {
    this.addEventListener("load", () => judge(this.status, this.responseURL));
    this.addEventListener("error", () => tell("offline"));
    return send.apply(this, args);
  };

  const isThere = () => window.fetch(ping).catch(() => null);

  // Who signs in again, in another tab, has another token.
  function renew() {
    const token = /csrftoken=(\w+)/.exec(document.cookie)?.[1];
    if (!token) return;
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
    if (note.isConnected) isThere();
  }

  async function submitIfThere(form, button) {
    await isThere();
    button?.removeAttribute("disabled");
    if (note.isConnected) return;
    renew();
    form.requestSubmit(button);
  }

  // A form sent without a session would be lost with all that is in it.
  function hold(event) {
    const { target: form, submitter } = event;
    const isFresh = Date.now() - heard < QUIET && !note.isConnected;
    if (isFresh || form.getAttribute("method")?.toLowerCase() !== "post") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    submitIfThere(form, submitter);
  }

  document.addEventListener("submit", hold, true);
  document.addEventListener("click", (event) => (clicked = event.target.closest("button")), true);
  document.addEventListener("visibilitychange", renew);
  window.addEventListener("focus", renew);
})();
