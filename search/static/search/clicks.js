/* Counts, for the search statistics, that a result was opened: of which search, not by whom. */

const results = document.querySelector("[data-clicked]");

results?.addEventListener("click", (event) => {
  if (!event.target.closest("a[href]")) return;
  navigator.sendBeacon(results.dataset.clicked, new URLSearchParams({ q: results.dataset.query }));
});
