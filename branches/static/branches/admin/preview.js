// The preview of a piece in the width of a phone or of a desktop computer, scaled to fit.
const frame = document.querySelector(".desk-frame iframe");
const box = document.querySelector(".desk-frame");
const buttons = document.querySelectorAll("[data-desk-width]");

function show(width) {
  box.style.maxWidth = width < 600 ? `${width + 2}px` : "none";
  const scale = Math.min(1, box.clientWidth / width);
  frame.width = width;
  frame.style.transform = `scale(${scale})`;
  frame.height = 760 / scale;
  for (const button of buttons) {
    const chosen = Number(button.dataset.deskWidth) === width;
    button.setAttribute("aria-pressed", String(chosen));
    button.classList.toggle("button-secondary", !chosen);
  }
}

for (const button of buttons) {
  button.addEventListener("click", () => show(Number(button.dataset.deskWidth)));
}
if (frame) show(390);
