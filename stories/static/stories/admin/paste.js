// A table that is pasted into a text. The editor knows no tables and would make one run of
// characters of it: each row becomes a line, with a bar between its cells.
const BLOCKS = "address,blockquote,br,dd,div,dl,dt,h1,h2,h3,h4,h5,h6,li,ol,p,pre,ul";
const BETWEEN_CELLS = " ｜ ";
const told = document.currentScript.dataset.told;

function oneLine(cell) {
  for (const block of [...cell.querySelectorAll(BLOCKS)].reverse()) {
    block.replaceWith(" ", ...block.childNodes, " ");
  }
  cell.normalize();
  const texts = cell.ownerDocument.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(/\s+/g, " ");
  }
  const { firstChild, lastChild } = cell;
  if (firstChild instanceof Text) firstChild.data = firstChild.data.trimStart();
  if (lastChild instanceof Text) lastChild.data = lastChild.data.trimEnd();
  return cell.childNodes;
}

function rowAsLine(row) {
  const line = row.ownerDocument.createElement("p");
  [...row.cells].forEach((cell, place) => {
    if (place) line.append(BETWEEN_CELLS);
    line.append(...oneLine(cell));
  });
  return line;
}

function withoutTables(html) {
  const pasted = new DOMParser().parseFromString(html, "text/html");
  for (const table of [...pasted.querySelectorAll("table")].reverse()) {
    const rows = [...table.rows].filter((row) => row.textContent.trim());
    const caption = pasted.createElement("p");
    if (table.caption) caption.append(...oneLine(table.caption));
    table.replaceWith(...(table.caption ? [caption] : []), ...rows.map(rowAsLine));
  }
  return pasted.body.innerHTML;
}

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!/<table[\s>]/i.test(html) || !event.target.closest?.(".Draftail-Editor")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", withoutTables(html));
    clipboardData.setData("text/plain", event.clipboardData.getData("text/plain"));
    const again = { clipboardData, bubbles: true, cancelable: true };
    event.target.dispatchEvent(new ClipboardEvent("paste", again));
    const detail = { text: told, type: "warning", clear: true };
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
  },
  true,
);
