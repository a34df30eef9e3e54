// Small helps only: every page is whole without this file.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
const current = document.querySelector(".nav [aria-current]");
if (current) current.parentElement.scrollLeft = current.offsetLeft - 16; // on a phone the menu begins at the current page
// A report of progress that waits in this browser for a network is sent from whatever page is opened next.
if (localStorage.getItem("reports") && !document.querySelector("form[data-report]")) {
  document.head.append(Object.assign(document.createElement("script"), { src: new URL("report.js", document.currentScript.src) }));
}

// Keys: to the search, the menu, rows, sources, periods. Single keys rest in fields, while an input method composes, and where the reader turned them off.
const all = (of, within = document) => [...within.querySelectorAll(of)].filter((part) => part.checkVisibility());
const off = () => localStorage.getItem("keys") === "off";
const list = document.querySelector("dialog.keys");
document.querySelectorAll("[data-keys]").forEach((said) => (said.hidden = false)); // true only where this file runs
list.querySelector("[data-close]").addEventListener("click", () => list.close());
document.querySelectorAll("[data-key-list]").forEach((button) => button.addEventListener("click", () => list.showModal()));
document.querySelectorAll("input[data-single-keys]").forEach((box) => {
  box.checked = !off();
  box.addEventListener("change", () => {
    localStorage.setItem("keys", box.checked ? "on" : "off");
    document.querySelectorAll("input[data-single-keys]").forEach((other) => (other.checked = box.checked));
  });
});
const SAME = { "、": "/", "／": "/", "？": "?", "【": "[", "】": "]" }; // what the keys write on a Chinese keyboard
const ROWS = "main tbody tr, main .hits li";
const INSIDE = "a[href], summary";
const row = () => document.activeElement.closest(ROWS);
let before = null; // where one was before a key led to the search
let going = false; // after g the next letter names a page, however long it takes

function search() {
  const box = document.querySelector('[data-key="/"]');
  if (!box) return false;
  if (document.activeElement !== box) before = document.activeElement === document.body ? null : document.activeElement;
  box.focus();
  box.select();
  return true;
}

function step(by) {
  const rows = all(ROWS).filter((one) => all(INSIDE, one).length);
  const at = rows.indexOf(row());
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (!next) return false;
  all(INSIDE, next)[0].focus({ focusVisible: true });
  return true;
}

// The period beside that of the page, of the same length: a year by a year, a quarter by a quarter.
function period(by) {
  for (const chosen of document.querySelectorAll("main [data-periods] [aria-current], .top [data-periods] [aria-current]")) {
    const code = (link) => (link.pathname.match(/\/(\d{4}[^/]*)\//) || [])[1] || "";
    const shape = (link) => code(link).replace(/\d/g, "0");
    const same = [...chosen.closest("[data-periods]").querySelectorAll("a[href]")].filter((link) => shape(link) === shape(chosen));
    same.sort((one, other) => (code(one) < code(other) ? -1 : 1));
    const next = same[same.indexOf(chosen) + by];
    if (next) return follow(next);
  }
  return false;
}

function follow(link) {
  if (!link) return false;
  link.click();
  return true;
}

function unfold(details) {
  if (!details) return false;
  details.open = !details.open;
  return true;
}

const SOURCES = [".doc footer a", ".peek a", 'main a[href*="/d/"]', 'main a[href*="#source"]'];
const source = () => {
  const within = row() || document;
  return follow(SOURCES.map((of) => all(of, within)[0] || (within !== document && within.querySelector(of))).find(Boolean));
};

function copy() {
  const taken = document.querySelector("details.take textarea");
  if (!taken) return false;
  taken.closest("details").open = true;
  taken.focus();
  taken.select();
  if (navigator.clipboard) navigator.clipboard.writeText(taken.value).catch(() => {});
  else document.execCommand("copy"); // without encryption there is no clipboard of the page's own
  return true;
}

function files() {
  const link = document.querySelector('main a[href*=".xlsx"], main a[href*=".csv"]');
  if (!link) return false;
  const folded = link.closest("details");
  if (folded) folded.open = true;
  link.focus({ focusVisible: true });
  return true;
}

function filter() {
  const first = all("main :is(.facets, form.filters, .bar, .head) :is(input:not([type=hidden]), select, summary, dd a)")[0];
  if (first) first.focus({ focusVisible: true });
  return Boolean(first);
}

const KEYS = {
  "?": () => (list.showModal(), true), "/": search, g: () => (going = true), j: () => step(1), k: () => step(-1),
  " ": () => document.activeElement.matches("a") && row() && unfold(row().querySelector("details")),
  o: source, c: copy, e: files, f: filter, "[": () => period(-1), "]": () => period(1),
};

function foldAll(target) {
  if (target.matches("[data-key]")) {
    target.blur();
    if (before && before.isConnected) before.focus();
    before = null;
  }
  all("details.choose[open], main details[open]:has(> .peek), main details.take[open]").forEach((opened) => {
    opened.open = false;
    opened.querySelector("summary").focus();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.defaultPrevented) return; // a page may have keys of its own for its rows
  if (event.key === "Escape") return foldAll(event.target);
  const held = event.ctrlKey || event.metaKey; // Ctrl+K stands for / in fields too
  if (held) return void (event.key === "k" && search() && event.preventDefault());
  if (off() || list.open || event.target.closest("input, select, textarea, [contenteditable]")) return;
  const key = SAME[event.key] || event.key.toLowerCase();
  if (key === "shift") return;
  const goes = going;
  going = false;
  const page = goes && /^[a-z]$/.test(key) && document.querySelector(`.nav [data-go="${key}"]`);
  if (page ? follow(page) : Object.hasOwn(KEYS, key) && KEYS[key]()) event.preventDefault();
});
