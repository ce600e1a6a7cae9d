// Keys for whoever calls thirty people with a receiver in one hand: up and down choose a person, 1 to 3 press a button.
// Without this module every button is reached by Tab. Keys are read by their place (event.code), so a Vietnamese input
// method does not matter; they rest while a field has the focus and obey the switch that all keys share (web/keys.js).

const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-call]")]);
const keys = /** @type {HTMLElement | null} */ (document.querySelector("[data-keys]"));

/** The row that has the focus, or the one it is inside of; -1 for none. */
const here = () => rows.findIndex((row) => row.contains(document.activeElement));

/** @param {number} at */
function choose(at) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, at))];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (document.documentElement.dataset.keys === "off") return; // the switch for every page: web/keys.js
  if (document.documentElement.dataset.keys === "off" || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (target.closest("input, textarea, select, summary")) return;
  const digit = /^(?:Digit|Numpad)([1-3])$/.exec(event.code);
  if (event.code === "ArrowDown" || event.code === "ArrowUp") {
    const at = here();
    choose(at < 0 ? 0 : at + (event.code === "ArrowDown" ? 1 : -1));
  } else if (digit && here() >= 0) {
    /** @type {HTMLElement | null} */ (rows[here()].querySelector(`[data-key="${digit[1]}"]`))?.click();
  } else if (event.code === "Enter" && rows.includes(target)) {
    /** @type {HTMLElement | null} */ (target.querySelector(".row-name a"))?.click();
  } else return;
  event.preventDefault();
}

if (keys && rows.length > 0) {
  keys.hidden = false;
  document.addEventListener("keydown", pressed);
}
