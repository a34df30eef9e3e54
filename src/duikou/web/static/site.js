// Small helps only: every page is whole without this file.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
const current = document.querySelector(".nav [aria-current]");
if (current) current.parentElement.scrollLeft = current.offsetLeft - 16; // on a phone the menu begins at the current page
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll("details.choose[open]").forEach((open) => {
      open.open = false;
      open.querySelector("summary").focus();
    });
  }
  const box = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!box || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  box.focus();
  box.select();
});
// A report of progress that waits in this browser for a network is sent from whatever page is opened next.
if (localStorage.getItem("reports") && !document.querySelector("form[data-report]")) {
  document.head.append(Object.assign(document.createElement("script"), { src: new URL("report.js", document.currentScript.src) }));
}
