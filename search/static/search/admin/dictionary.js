// What the form holds, tried out while somebody types. Without this script the page 试一试 does it.
const place = document.querySelector("[data-dictionary-preview]");
const form = place && place.closest("form");

if (form) {
  const result = place.querySelector("[data-dictionary-result]");
  const failed = place.querySelector("[data-dictionary-failed]");
  let waiting;
  let asking;

  async function show() {
    if (asking) asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(place.dataset.dictionaryPreview, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "XMLHttpRequest" },
        signal,
      });
      const html = await answer.text();
      failed.hidden = answer.ok;
      if (answer.ok) result.innerHTML = html;
    } catch {
      failed.hidden = signal.aborted;
    }
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(show, 300);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  show();
}
