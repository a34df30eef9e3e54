// Small helps only: every page is whole without this file.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
const current = document.querySelector(".nav [aria-current]");
if (current) current.parentElement.scrollLeft = current.offsetLeft - 16; // on a phone the menu begins at the current page
document.querySelectorAll("[data-keys]").forEach((said) => {
  said.hidden = false; // what is said of keys is true only where this file runs
});
const SAME = { "、": "/", "／": "/" }; // what the key of / writes on a Chinese keyboard
let before = null; // where one was before a key led to the search
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (event.target.matches("[data-key]") && !event.isComposing) {
      event.target.blur();
      if (before && before.isConnected) before.focus();
      before = null;
    }
    document.querySelectorAll("details.choose[open]").forEach((open) => {
      open.open = false;
      open.querySelector("summary").focus();
    });
  }
  const held = event.ctrlKey || event.metaKey; // Ctrl+K stands for / in fields too
  const key = held ? { k: "/" }[event.key] : SAME[event.key] || event.key;
  const box = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!box || event.isComposing || event.altKey) return;
  if (!held && event.target.closest("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  if (document.activeElement !== box) before = document.activeElement === document.body ? null : document.activeElement;
  box.focus();
  box.select();
});
// A report of progress that waits in this browser for a network is sent from whatever page is opened next.
if (localStorage.getItem("reports") && !document.querySelector("form[data-report]")) {
  document.head.append(Object.assign(document.createElement("script"), { src: new URL("report.js", document.currentScript.src) }));
}
