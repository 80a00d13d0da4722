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
const boxesOf = (form) => [...form.elements].filter((e) => e.matches("input[type=checkbox][name=id]"));
const countTicks = (form) => {
  const boxes = boxesOf(form);
  const all = form.querySelector("[data-all]");
  const count = boxes.filter((b) => b.checked).length;
  if (all) {
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  }
  form.querySelectorAll("[data-count]").forEach((e) => (e.textContent = String(count)));
};
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches("input[type=checkbox]") || !box.form?.matches("[data-bulk]")) return;
  if (box.matches("[data-all]")) boxesOf(box.form).forEach((b) => (b.checked = box.checked));
  countTicks(box.form);
});
// Rows that come or leave while a list refreshes change what is ticked of it.
document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("form[data-bulk]").forEach(countTicks));

// Whoever looks at a part that refreshes goes on looking at the same place, and stays on the link that has the focus: links have no
// id by which htmx would find them again.
const linkTo = (href) => [...document.querySelectorAll("main a[href]")].find((a) => a.getAttribute("href") === href);
let place = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  place = null;
  if (!detail.requestConfig.headers.background) return;
  const links = [...detail.target.querySelectorAll("a[href]")];
  const row = document.activeElement?.closest("tr, li");
  const inSight = (a) => a.getBoundingClientRect().bottom > window.innerHeight / 8 && a.getBoundingClientRect().top < window.innerHeight;
  const seen = links.find((a) => row?.contains(a) && inSight(a)) ?? links.find(inSight) ?? detail.target;
  place = {
    y: window.scrollY,
    seen: seen.getAttribute("href"),
    top: seen.getBoundingClientRect().top,
    focus: links.includes(document.activeElement) ? document.activeElement.getAttribute("href") : null,
  };
});
document.addEventListener("htmx:afterSwap", () => {
  if (!place) return;
  window.scrollTo({ top: place.y, behavior: "instant" });
  const seen = place.seen && linkTo(place.seen);
  if (seen) window.scrollBy({ top: seen.getBoundingClientRect().top - place.top, behavior: "instant" });
  if (place.focus && document.activeElement === document.body) linkTo(place.focus)?.focus({ preventScroll: true });
  place = null;
});

// A filter that is chosen is applied at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-apply]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
});

// Tables of many cells are one stop of the Tab key; arrows, Home and End move within.
const cellsOf = (row) => [...row.cells].map((cell) => cell.querySelector("a") || cell);
let left = null;
const enterCells = () => {
  for (const table of document.querySelectorAll("table[data-cells]:not([data-entered])")) {
    table.dataset.entered = "";
    const stops = [...table.rows].flatMap(cellsOf);
    stops.forEach((stop) => (stop.tabIndex = -1));
    const first = table.tBodies[0]?.rows[0];
    const stop = left && cellsOf(table.rows[left.row] || table.rows[0])[left.cell];
    (stop || (first ? cellsOf(first)[0] : stops[0])).tabIndex = 0;
    if (stop) stop.focus();
    left = null;
  }
};
// Whoever is in a table while it refreshes stays there.
document.addEventListener("htmx:beforeSwap", () => {
  const cell = document.activeElement?.closest("table[data-cells] :is(td, th)");
  left = cell ? { row: [...cell.closest("table").rows].indexOf(cell.parentElement), cell: cell.cellIndex } : null;
});
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

// What others do: one stream while the page is looked at. It tells which requests changed; htmx asks again for what shows them.
const live = document.body.dataset.live;
if (live && window.EventSource) {
  let source = null;
  let timer = null;
  let missed = false;
  let changed = new Set();
  const raise = () => {
    timer = null;
    // No id stands for all of them.
    document.body.dispatchEvent(new CustomEvent("tandem:changed", { detail: { ids: changed.has("") ? [] : [...changed] } }));
    changed = new Set();
  };
  // Many changes are one; many browsers do not ask at the same moment.
  const soon = (id) => {
    changed.add(id);
    timer ??= setTimeout(raise, 300 + Math.random() * 400);
  };
  const open = () => {
    if (source) return;
    source = new EventSource(live);
    source.onopen = () => {
      document.body.dataset.listening = "";
      if (missed) soon("");
      missed = true;
    };
    source.addEventListener("changed", (event) => soon(event.data));
    source.addEventListener("resync", () => soon(""));
  };
  const close = () => {
    if (source) source.close();
    source = null;
  };
  // A browser has six connections to a host: pages behind others give theirs back.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", () => document.hidden || open());
}

// Sends a form as if a button of it had been pressed.
const sendAs = (form, name, value, action) => {
  const button = document.createElement("button");
  [button.name, button.value] = [name, value];
  if (action) button.setAttribute("formaction", action);
  button.formNoValidate = true;
  button.hidden = true;
  form.append(button);
  form.requestSubmit(button);
};

// Another language or other colours: the form that is being filled in is sent along and comes back with all that was typed.
let filled = document.querySelector("form[data-keeps][data-typed]");
document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[data-keeps]")) filled = target.form;
});
document.addEventListener("click", (event) => {
  const preference = event.target.closest("[data-prefer]");
  if (!preference || !filled?.isConnected || filled === preference.form) return;
  if (!filled.matches("[data-typed]") && ![...filled.elements].some(wasTouched)) return;
  event.preventDefault();
  const { name, value } = preference;
  sendAs(filled, name || preference.dataset.name, value || preference.dataset.value, filled.dataset.keeps);
});

// What was typed before its person had to sign in again.
document.querySelector("form[data-resume]")?.requestSubmit(document.querySelector("form[data-resume] button"));

// The request that is open is exchanged where it changed, but never under somebody's hands.
const wasTouched = (field) => {
  if (field.type === "hidden" || field.tagName === "BUTTON" || field.tagName === "FIELDSET") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const chosen = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(chosen, 0);
};
const isBeingFilledIn = (panel) =>
  panel.matches("[data-typed]") ||
  panel.querySelector("[data-typed]") !== null ||
  (document.activeElement.form && panel.contains(document.activeElement.form)) ||
  [...panel.querySelectorAll("form")].some((form) => [...form.elements].some(wasTouched));
const openActions = (panel) => [...panel.querySelectorAll("details.action")].map((d) => [d.id, d.open]);
let wereOpen = null;
document.addEventListener("htmx:confirm", (event) => {
  const { request } = event.detail.elt.dataset;
  const ids = event.detail.triggeringEvent?.detail?.ids;
  if (request && ids && ids.length > 0 && !ids.includes(request)) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const panel = event.detail.target;
  if (!panel.dataset.request) return;
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").getElementById(panel.id);
  if (answer?.dataset.version === panel.dataset.version) {
    event.detail.shouldSwap = false;
  } else if (!answer || isBeingFilledIn(panel)) {
    // Where there is nothing to show, the link leads to the reason.
    event.detail.shouldSwap = false;
    const notice = panel.querySelector("[data-acted]");
    const latest = answer?.querySelector("[data-latest]");
    notice.querySelector("[data-what]").textContent = latest ? latest.dataset.latest : "";
    notice.hidden = false;
  } else {
    wereOpen = openActions(panel);
  }
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, isOpen] of wereOpen ?? []) {
    const action = document.getElementById(id);
    if (action) action.open = isOpen;
  }
  wereOpen = null;
});

// What was typed last stands. An answer may be late: where another choice was made since it was asked for, it is asked for again; what
// was typed is put back into what it brings, and where it was asked for without the form, whatever was typed or chosen.
const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const fieldsOf = (root) => [...root.querySelectorAll("input, select, textarea")].filter((f) => f.name && !/hidden|file/.test(f.type));
const stateOf = (field) => (isTick(field) ? field.checked : field.value);
const fieldKey = ({ id, name, type, value, form }) => ({ id, name, type, value, form: form?.id });
const fieldAt = (root, key) => {
  if (key.id) return root.querySelector(`#${CSS.escape(key.id)}`);
  const same = (f) => f.type === key.type && f.form?.id === key.form && (!isTick(f) || f.value === key.value);
  return [...root.querySelectorAll(`[name="${CSS.escape(key.name)}"]`)].find(same);
};
const canHold = (field, state) => field && (field.tagName !== "SELECT" || [...field.options].some((o) => o.value === state));
const sentWith = new WeakMap();
let typed = [];
let hand = null;
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  sentWith.set(detail.xhr, new Map(fieldsOf(document).map((field) => [field, stateOf(field)])));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  const { elt, verb, path } = detail.requestConfig;
  [typed, hand] = [[], null];
  // What it was asked for has been exchanged meanwhile.
  if (!elt.isConnected) detail.shouldSwap = false;
  if (!detail.shouldSwap) return;
  const besides = elt.closest("[hx-select-oob]")?.getAttribute("hx-select-oob");
  const parts = [detail.target, ...(besides ? document.querySelectorAll(besides) : [])];
  const sent = sentWith.get(detail.xhr);
  const form = verb !== "get" || elt.tagName === "FORM" ? elt.closest("form") : null;
  const isNewer = (field) => (sent?.has(field) && sent.get(field) !== stateOf(field)) || (field.form !== form && wasTouched(field));
  const newer = parts.flatMap(fieldsOf).filter(isNewer);
  const answer = newer.length > 0 && new DOMParser().parseFromString(detail.xhr.responseText, "text/html");
  const isOld = form && newer.some((field) => field.form === form && (isTick(field) || field.tagName === "SELECT"));
  const isLost = (field) => stateOf(field) && !canHold(fieldAt(answer, fieldKey(field)), stateOf(field));
  // A row that leaves a list takes its tick along.
  if (isOld || newer.some((field) => isLost(field) && !(isTick(field) && field.closest("[hx-preserve]")))) {
    detail.shouldSwap = false;
    if (form) htmx.ajax(verb, path, { source: elt });
    return;
  }
  typed = newer.map((field) => ({ field, key: fieldKey(field), state: stateOf(field) }));
  const now = document.activeElement;
  if (!parts.some((part) => part.contains(now)) || !fieldsOf(document).includes(now)) return;
  // Of numbers and dates browsers do not tell what is selected.
  const [start, end] = isTick(now) || now.tagName === "SELECT" ? [null, null] : [now.selectionStart, now.selectionEnd];
  const whole = start === null ? !wasTouched(now) : start === 0 && end === now.value.length;
  hand = { field: now, key: fieldKey(now), start, end, whole };
});
document.addEventListener("htmx:afterSwap", () => {
  for (const { field, key, state } of typed) {
    const twin = field.isConnected ? null : fieldAt(document, key);
    if (!twin) continue;
    if (isTick(twin)) twin.checked = state;
    else twin.value = state;
    // The browser tells of a change only where it saw one.
    if (!isTick(twin)) twin.addEventListener("blur", () => twin.dispatchEvent(new Event("change", { bubbles: true })), { once: true });
  }
  const twin = hand && !hand.field.isConnected && fieldAt(document, hand.key);
  if (twin) {
    twin.focus({ preventScroll: true });
    const { value } = twin;
    // Typing goes on where it was, or over what has come, not beside it.
    if (hand.whole && !isTick(twin) && twin.tagName !== "SELECT") twin.select();
    else if (hand.start !== null) twin.setSelectionRange(hand.start, hand.end);
    else if (twin.type === "number") [twin.value, twin.value] = ["", value];
  }
  [typed, hand] = [[], null];
});

// A page that could not be exchanged is asked for as a whole, so that people read why.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    if (navigator.onLine && detail.boosted && detail.requestConfig.verb === "get") location.assign(detail.pathInfo.finalRequestPath);
  });
}

// Where nobody is signed in any more, a form of which a part was asked for is sent as a whole: it is kept while its person signs in.
// What refreshes itself takes nobody away from what they are writing.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status !== 401) return;
  const form = requestConfig.elt.closest("form[data-keeps]");
  const isWrittenIn = (f) => f.matches("[data-typed]") || [...f.elements].some(wasTouched);
  if (form && !requestConfig.headers.background) {
    event.preventDefault();
    sendAs(form, "step", "look");
  } else if ([...document.querySelectorAll("form[data-keeps]")].some(isWrittenIn)) {
    event.preventDefault();
  }
});

// Without a network nothing is sent, and nothing that was typed is given up for it.
const sayOffline = () => (document.getElementById("offline").hidden = navigator.onLine);
document.addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  sayOffline();
});
document.addEventListener("htmx:sendError", ({ detail }) => detail.requestConfig.headers.background || sayOffline());
window.addEventListener("online", sayOffline);

// On narrow screens the rooms are beside each other in a row that can be moved: the present one is in sight.
const rooms = document.querySelector("nav.rooms");
const room = rooms?.querySelector("[aria-current]");
if (room) rooms.scrollLeft = room.offsetLeft - rooms.offsetLeft - (rooms.clientWidth - room.offsetWidth) / 2;
