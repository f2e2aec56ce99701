/* Counts, for the search statistics, that a result was opened: of which search, not by whom. */

const results = document.querySelector("[data-clicked]");

function count({ button, target }) {
  const isOpened = button < 2; /* with the left button or the middle one, or by a key */
  if (!isOpened || !target.closest(".result a")) return;
  navigator.sendBeacon(results.dataset.clicked, new URLSearchParams({ q: results.dataset.query }));
}

results?.addEventListener("click", count);
results?.addEventListener("auxclick", count);
