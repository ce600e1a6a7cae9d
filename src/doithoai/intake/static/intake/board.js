/**
 * The board by keyboard: from row to row and one letter for each act, so that forty opinions are sorted without a mouse.
 * Every act is a button of the row; without this they are pressed by hand. Whoever has turned single keys off is let be.
 */

const RISKY = new Set(["complaint", "denunciation"]); // a letter only leads to these: they leave the agenda

const rows = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll("[data-row]")));
const legend = /** @type {HTMLElement | null} */ (document.querySelector("[data-keys]"));

/** @returns {HTMLElement | undefined} the row that somebody is at */
function current() {
  return rows.find((row) => row.contains(document.activeElement));
}

/** @param {number} step */
function go(step) {
  const at = rows.indexOf(/** @type {HTMLElement} */ (current()));
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)];
  next?.focus();
}

/** @param {HTMLElement} place @param {string} key */
function press(place, key) {
  const button = /** @type {HTMLButtonElement | null} */ (place.querySelector(`[data-key="${key}"]`));
  if (!button) return false;
  const folded = button.closest("details");
  if (RISKY.has(button.value)) {
    if (folded) folded.open = true;
    button.focus();
  } else {
    button.click();
  }
  return true;
}

/** @param {HTMLElement} row */
function openNear(row) {
  const near = /** @type {HTMLDetailsElement | null} */ (row.querySelector("[data-near]"));
  if (!near) return;
  near.open = true;
  near.querySelector("button")?.focus();
}

/** @param {KeyboardEvent} event @returns {boolean} whether the key was meant for the board */
function act(event) {
  const key = event.key;
  if (key === "j" || key === "ArrowDown") go(1);
  else if (key === "k" || key === "ArrowUp") go(-1);
  else if (key === "u") return press(document.body, "u");
  else {
    const row = current();
    if (!row || !/^[a-z]$/.test(key)) return false;
    if (key !== "g") return press(row, key);
    openNear(row);
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  const at = /** @type {HTMLElement} */ (event.target);
  const isTyping = at.matches("input, textarea, select");
  if (isTyping || document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.documentElement.dataset.keys === "off") return; // the switch for every page: web/keys.js
  if (act(event)) event.preventDefault();
});

if (legend && rows.length) legend.hidden = false;
const came = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
if (came) came.focus();
