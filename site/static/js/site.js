/* What makes the pages handier. Every page reads, and every address is reached, without it. */

const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/* Chinese titles break between phrases, where the browser can tell words. Its dictionary cuts
   finely, so a line ends only after punctuation, after a particle, or between two long words. */

const ENDS = /[，。！？；：、·…—”」》）)]$/;
const PARTICLES = /[的了着里上下中后前时和与]$/;
const NEVER_FIRST = /^[的了着过吗呢吧们，。！？；：、·…—”」》）)]/;
const NEVER_LAST = /[“‘「《（(]$/;

const LONG = 6;

function words(text, segmenter) {
  return text.split(/(红十字会?)/).flatMap((part, n) => (
    n % 2 ? [part] : [...segmenter.segment(part)].map((word) => word.segment)
  ));
}

function join(list, mayPart) {
  const parts = [[]];
  list.forEach((word, n) => {
    const before = list[n - 1] || "";
    const fits = before && !NEVER_FIRST.test(word) && !NEVER_LAST.test(before);
    if (fits && mayPart(before, word)) parts.push([word]);
    else parts[parts.length - 1].push(word);
  });
  return parts;
}

function phrases(text, segmenter) {
  const apart = (a, b) => ENDS.test(a) || PARTICLES.test(a) || (a.length > 1 && b.length > 1);
  const loose = (a, b) => b.length > 1;
  return join(words(text, segmenter), apart)
    .flatMap((part) => (part.join("").length > LONG ? join(part, loose) : [part]))
    .map((part) => part.join(""));
}

if (root.lang.startsWith("zh") && Intl.Segmenter) {
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  for (const title of all("main :is(h1, h2, h3, dt), .speaker-name")) {
    const place = title.querySelector("a") || title;
    if (place.querySelector("mark")) continue;
    const parts = phrases(place.textContent.trim(), segmenter);
    place.replaceChildren(...parts.flatMap((part, n) => (n ? [document.createElement("wbr"), part] : [part])));
    title.classList.add("phrased");
  }
}

/* Text size, contrast, elder mode: buttons with data-set="name:value", no value for the default. */

function remember(name, value) {
  if (value) root.setAttribute(`data-${name}`, value);
  else root.removeAttribute(`data-${name}`);
  try {
    if (value) localStorage.setItem(`reading-${name}`, value);
    else localStorage.removeItem(`reading-${name}`);
  } catch { /* storage is off: the choice holds for this page */ }
}

function showChoices() {
  for (const button of all("[data-set][aria-pressed]")) {
    const [name, value] = button.dataset.set.split(":");
    button.setAttribute("aria-pressed", String((root.getAttribute(`data-${name}`) || "") === value));
  }
}

for (const button of all("[data-set]")) {
  button.addEventListener("click", () => {
    remember(...button.dataset.set.split(":"));
    showChoices();
    if (!button.getClientRects().length) document.querySelector(".display summary").focus();
  });
}
showChoices();

/* Panels that open over the page close by Escape, and by a click elsewhere. */

const panels = all(".display, .filters details");

function closePanels(except) {
  for (const panel of panels) if (panel !== except) panel.open = false;
}

document.addEventListener("click", (event) => closePanels(event.target.closest("details")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = panels.find((panel) => panel.open);
  closePanels();
  open?.querySelector("summary").focus();
});

/* Branch finder: by name or pinyin, while typing. */

function watchFinder(finder) {
  const input = finder.querySelector("input[type=search]");
  const stems = all(".stem", finder);
  const none = finder.querySelector(".finder-none");
  const wide = matchMedia("(min-width: 48em)");
  const plain = (text) => text.toLowerCase().replace(/[\s'’·-]/g, "");
  const matches = (link, words) => plain(link.dataset.keys + link.textContent).includes(words);

  function show(words) {
    let found = 0;
    for (const stem of stems) {
      let here = 0;
      for (const link of all("[data-keys]", stem)) {
        const fits = !words || matches(link, words);
        (link.closest("li") || link).hidden = !fits;
        here += fits;
      }
      stem.hidden = !here;
      stem.open = Boolean(words) || wide.matches;
      found += here;
    }
    none.hidden = found > 0;
  }

  const showTyped = () => show(plain(input.value));
  input.addEventListener("input", showTyped);
  wide.addEventListener("change", showTyped);
  show("");
}
all(".finder").forEach(watchFinder);

/* A video on somebody else's site: its player comes only when asked for. */

for (const link of all("[data-player]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const player = document.createElement("iframe");
    player.src = link.dataset.player;
    player.title = link.dataset.title;
    player.allowFullscreen = true;
    link.closest(".video-frame").replaceChildren(player);
    player.focus();
  });
}

/* Pass on: the phone's own share sheet, else the address into the clipboard. */

for (const button of all("[data-share]")) {
  const label = button.querySelector("[data-label]");
  const words = label.textContent;
  button.addEventListener("click", async () => {
    const url = button.dataset.share;
    try {
      if (navigator.share && matchMedia("(pointer: coarse)").matches) {
        await navigator.share({ title: document.title, url });
        return;
      }
      await navigator.clipboard.writeText(url);
      label.textContent = button.dataset.done;
    } catch (error) {
      if (error.name === "AbortError") return;
      label.textContent = url;
    }
    setTimeout(() => { label.textContent = words; }, 4000);
  });
}

/* Read aloud, by the browser's own voice, one paragraph after the other. */

function readAloud(button) {
  const label = button.querySelector("[data-label]");
  const words = label.textContent;
  let reading = false;

  function stop() {
    reading = false;
    speechSynthesis.cancel();
    all(".is-read").forEach((part) => part.classList.remove("is-read"));
    label.textContent = words;
    button.setAttribute("aria-pressed", "false");
  }

  function say(parts) {
    all(".is-read").forEach((part) => part.classList.remove("is-read"));
    const [part, ...rest] = parts;
    if (!part) return stop();
    part.classList.add("is-read");
    const speech = new SpeechSynthesisUtterance(part.textContent);
    speech.lang = root.lang === "zh-hans" ? "zh-CN" : root.lang;
    speech.rate = 0.9;
    speech.onend = () => { if (reading) say(rest); };
    speechSynthesis.speak(speech);
  }

  button.addEventListener("click", () => {
    if (reading) return stop();
    reading = true;
    label.textContent = button.dataset.done;
    button.setAttribute("aria-pressed", "true");
    say(all("h1, .summary, .answer p, .body :is(p, h2, dt, li)"));
  });
  addEventListener("pagehide", stop);
}
if ("speechSynthesis" in window) all(".read-aloud").forEach(readAloud);
else all(".read-aloud").forEach((button) => { button.hidden = true; });
