// What is wrong with a form is read first, and each item leads to its field, wherever it hides.
const FIELDS = "input:not([type=hidden]), select, textarea, [contenteditable=true]";

const isShown = (element) => element.getClientRects().length > 0;

// The field itself, or the first part of a block that has no field of its own.
const find = (id) =>
  document.getElementById(id) ?? document.querySelector(`[id^="${CSS.escape(id)}-"]`);

const openPanelsAround = (element) => {
  for (let panel = element.closest("[data-panel]"); panel; ) {
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    panel = panel.parentElement?.closest("[data-panel]");
  }
};

const lead = (id) => {
  const field = find(id);
  if (!field) return false;
  openPanelsAround(field);
  const place = isShown(field) ? field : (field.closest(".w-field, [data-panel]") ?? field);
  const inside = [FIELDS, "button"].flatMap((kind) => [...place.querySelectorAll(kind)]);
  const target = [place, ...inside].find(
    (element) => element.matches(`${FIELDS}, button`) && isShown(element),
  );
  place.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
  return true;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-error-summary] a");
  if (link && lead(decodeURIComponent(link.hash.slice(1)))) event.preventDefault();
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-error-summary]")?.focus();
});
