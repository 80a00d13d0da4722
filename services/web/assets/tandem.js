// Comforts for pages that work without this file.
"use strict";

// Menus close when one clicks elsewhere or presses Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What was done can be dismissed.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (button) button.closest(".toast").remove();
});

// The box in a table's head ticks all rows; the bar below says how many are ticked.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches("input[type=checkbox]")) return;
  const form = box.form;
  if (!form || !form.matches("[data-bulk]")) return;
  const boxes = [...form.elements].filter((e) => e.matches("input[type=checkbox][name=id]"));
  const all = form.querySelector("[data-all]");
  if (box === all) boxes.forEach((b) => (b.checked = all.checked));
  const count = boxes.filter((b) => b.checked).length;
  if (all) {
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  }
  form.querySelectorAll("[data-count]").forEach((e) => (e.textContent = String(count)));
});

// A filter that is chosen is applied at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-apply]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
});

// Tables of many cells are one stop of the Tab key; arrows, Home and End move within.
const cellsOf = (row) => [...row.cells].map((cell) => cell.querySelector("a") || cell);
const enterCells = () => {
  for (const table of document.querySelectorAll("table[data-cells]:not([data-entered])")) {
    table.dataset.entered = "";
    const stops = [...table.rows].flatMap(cellsOf);
    stops.forEach((stop) => (stop.tabIndex = -1));
    const first = table.tBodies[0]?.rows[0];
    (first ? cellsOf(first)[0] : stops[0]).tabIndex = 0;
  }
};
document.addEventListener("DOMContentLoaded", enterCells);
document.addEventListener("htmx:load", enterCells);
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest("table[data-cells] :is(td, th)");
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -999], End: [0, 999] };
  const step = steps[event.key];
  if (!cell || !step || event.ctrlKey || event.altKey || event.metaKey) return;
  const rows = [...cell.closest("table").rows];
  const within = (at, list) => Math.min(Math.max(at, 0), list.length - 1);
  const cells = cellsOf(rows[within(rows.indexOf(cell.parentElement) + step[0], rows)]);
  const stop = cells[within(cell.cellIndex + step[1], cells)];
  event.preventDefault();
  (cell.querySelector("a") || cell).tabIndex = -1;
  stop.tabIndex = 0;
  stop.focus();
});
