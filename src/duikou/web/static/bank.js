// 对账 by keyboard: the address of the first row (#todo) chooses it after every act. Keys work only while a row of the list is chosen, so that
// none is pressed by mistake elsewhere.
(() => {
  const list = document.querySelector("[data-matching]");
  const rows = list ? [...list.querySelectorAll("[data-row]")] : [];
  const choose = (row) => {
    if (!row) return;
    rows.forEach((one) => { one.tabIndex = one === row ? 0 : -1; });
    row.focus();
  };
  const DOES = {
    j: (row) => choose(rows[rows.indexOf(row) + 1]),
    k: (row) => choose(rows[rows.indexOf(row) - 1]),
    Enter: (row) => row.querySelector("button[value=confirm]")?.click(),
    x: (row) => row.querySelector("[data-no]")?.click(),
    u: () => document.querySelector("[data-back] input[name=reason]")?.select(),
  };
  const SAME = { ArrowDown: "j", ArrowUp: "k", J: "j", K: "k", X: "x", U: "u" };
  list?.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    const does = DOES[SAME[event.key] || event.key];
    if (row !== event.target || !does || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    does(row);
  });
})();
