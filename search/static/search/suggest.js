/* Suggestions while typing: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */

const PAUSE = 150;

function offer(input, number) {
  const { form } = input;
  const list = document.createElement("ul");
  let waiting, asked, found = [], at = -1;

  const set = (element, values) => Object.entries(values).forEach((pair) => element.setAttribute(...pair));
  const label = input.getAttribute("aria-label") || input.labels[0]?.textContent;
  set(list, { id: `suggest-${number}`, class: "suggest display-panel", role: "listbox", "aria-label": label });
  set(input, { autocomplete: "off", role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });
  input.parentElement.append(list);
  show([]);

  function option({ text, label }, index) {
    const item = document.createElement("li");
    const kind = document.createElement("small");
    set(item, { id: `${list.id}-${index}`, role: "option" });
    kind.textContent = label || "";
    item.append(text, kind);
    item.onpointerdown = (event) => event.preventDefault();
    item.onclick = () => take(index);
    return item;
  }

  function show(proposals) {
    found = proposals;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    set(input, { "aria-expanded": !list.hidden });
    mark(-1);
  }

  function mark(index) {
    at = index;
    [...list.children].forEach((item, n) => set(item, { "aria-selected": n === at }));
    set(input, { "aria-activedescendant": list.children[at]?.id || "" });
  }

  function close() {
    clearTimeout(waiting);
    asked?.abort();
    show([]);
  }

  function take(index) {
    const { text, url } = found[index];
    close();
    input.value = text;
    if (url) location.assign(url);
    else form.requestSubmit();
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    const query = new URLSearchParams({ q: input.value });
    try {
      const answer = await fetch(new URL(`suggest/?${query}`, form.action), { signal });
      const proposals = await answer.json();
      if (!signal.aborted) show(proposals);
    } catch { /* given up, or no connection */ }
  }

  function listen(event) {
    if (event.isComposing) return;
    if (!input.value.trim()) return close();
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  }

  input.addEventListener("input", listen);
  input.addEventListener("compositionend", listen);
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.isComposing || list.hidden) return;
    if (key === "ArrowDown") mark(at + 1 < found.length ? at + 1 : -1);
    else if (key === "ArrowUp") mark(at < 0 ? found.length - 1 : at - 1);
    else if (key === "Enter" && at >= 0) take(at);
    else if (key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("form[role=search] input[name=q]").forEach(offer);
