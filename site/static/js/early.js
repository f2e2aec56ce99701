/* Before the first paint: what the reader chose on an earlier page. Kept here, never sent. */
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  ["text", "contrast", "mode"].forEach(function (name) {
    var value = null;
    try { value = localStorage.getItem("reading-" + name); } catch (error) { /* storage is off */ }
    if (value) root.setAttribute("data-" + name, value);
  });
  if (window.matchMedia && matchMedia("(prefers-contrast: more)").matches) {
    root.setAttribute("data-contrast", "more");
  }
})();
