// Small helps only: every page is whole without this file.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.choose[open]").forEach((open) => {
    open.open = false;
    open.querySelector("summary").focus();
  });
});
