/**
 * Opens every folded answer at once, for whoever reads them all, and for paper, where nothing can be opened; and the one
 * that an address leads to. Without it each is opened by its own line.
 */

const replies = /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.reply"));
const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-fold]"));
const button = /** @type {HTMLButtonElement | null} */ (bar?.querySelector("button") ?? null);

function isAllOpen() {
  return Array.from(replies).every((reply) => reply.open);
}

function say() {
  if (button) button.textContent = (isAllOpen() ? button.dataset.close : button.dataset.open) ?? "";
}

/** @param {boolean} isOpen */
function setAll(isOpen) {
  for (const reply of replies) reply.open = isOpen;
}

function openTarget() {
  const at = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  const reply = /** @type {HTMLDetailsElement | null} */ (at ? at.querySelector("details.reply") : null);
  if (reply) reply.open = true;
}

if (bar && button && replies.length > 1) {
  bar.hidden = false;
  button.addEventListener("click", () => setAll(!isAllOpen()));
  for (const reply of replies) reply.addEventListener("toggle", say);
  say();
}

/** @type {HTMLDetailsElement[]} */
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = Array.from(replies).filter((reply) => !reply.open);
  setAll(true);
});
window.addEventListener("afterprint", () => {
  for (const reply of opened) reply.open = false;
});
window.addEventListener("hashchange", openTarget);
openTarget();
