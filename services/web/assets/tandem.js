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
