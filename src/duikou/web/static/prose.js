// 审读 by keyboard: the address of a row chooses it after every act. Keys work only while a row is chosen, so that none is pressed by
// mistake in a field.
(() => {
  const rows = [...document.querySelectorAll("[data-reading] [data-row]")];
  const choose = (row) => {
    if (!row) return;
    rows.forEach((one) => { one.tabIndex = one === row ? 0 : -1; });
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const DOES = {
    j: (row) => choose(rows[rows.indexOf(row) + 1]),
    k: (row) => choose(rows[rows.indexOf(row) - 1]),
    Enter: (row) => row.querySelector("button.pri, button[value=join]")?.click(),
    e: (row) => row.querySelector("[data-edit]")?.click(),
    x: (row) => { const no = row.querySelector(".no-take"); no.open = true; no.querySelector("select").focus(); },
  };
  const SAME = { ArrowDown: "j", ArrowUp: "k", J: "j", K: "k", E: "e", X: "x" };
  document.querySelectorAll("[data-reading]").forEach((list) => list.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    const does = DOES[SAME[event.key] || event.key];
    if (row !== event.target || !does || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    does(row);
  }));
  const here = location.hash && rows.find((row) => row.id === location.hash.slice(1));
  if (here) choose(here);
})();
