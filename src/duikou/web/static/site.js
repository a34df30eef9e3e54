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
