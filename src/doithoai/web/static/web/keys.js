// Keys that work on every page of the staff: to the search field, to the main act, to the menu, and the list of keys.
// Without this module everything is reached by Tab, and the button that opens the list is not shown. Single keys
// disturb whoever dictates to the machine, so one switch turns them all off and this device remembers it; pages with
// keys of their own look at the same switch.

const NAME = "doithoai-keys";
const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("[data-all-keys]"));
const opener = /** @type {HTMLElement} */ (document.querySelector("[data-all-keys-open]"));
const isOn = /** @type {HTMLInputElement} */ (dialog.querySelector("[data-all-keys-on]"));
const search = /** @type {HTMLElement | null} */ (
  document.querySelector("main [role=search] input:not([type=hidden]), main form.search input:not([type=hidden])")
);

/** @returns {boolean} what was chosen on this device; on where the browser remembers nothing */
function chosen() {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

function choose() {
  document.documentElement.dataset.keys = isOn.checked ? "on" : "off";
  try {
    localStorage.setItem(NAME, isOn.checked ? "on" : "off");
  } catch {
    // Not remembered: it holds until the page is left.
  }
}

/** The page's own list of keys stands in the dialog too. */
function copyOwn() {
  const lists = document.querySelectorAll("main [data-keys]:not([hidden]) dl");
  const here = /** @type {HTMLElement} */ (dialog.querySelector("[data-all-keys-here]"));
  here.hidden = lists.length === 0;
  here.querySelectorAll("dl").forEach((old) => old.remove());
  lists.forEach((list) => {
    const copy = /** @type {HTMLElement} */ (list.cloneNode(true));
    copy.className = "help-keys";
    here.append(copy);
  });
}

function open() {
  copyOwn();
  dialog.showModal();
}

/** @type {Record<string, () => void>} */
const keys = {
  "/": () => search?.focus(),
  "?": open,
  ".": () => /** @type {HTMLElement | null} */ (document.querySelector("main .btn-main"))?.focus(),
  ",": () => /** @type {HTMLElement | null} */ (document.querySelector(".nav a"))?.focus(),
};

/** @param {KeyboardEvent} event */
function pressed(event) {
  const at = /** @type {HTMLElement} */ (event.target);
  const act = keys[event.key];
  if (!act || !isOn.checked || dialog.open || event.defaultPrevented) return;
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (at.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  act();
}

isOn.checked = chosen();
document.documentElement.dataset.keys = isOn.checked ? "on" : "off";
isOn.addEventListener("change", choose);
opener.hidden = false;
opener.addEventListener("click", open);
search?.setAttribute("aria-keyshortcuts", "/");
document.addEventListener("keydown", pressed);
