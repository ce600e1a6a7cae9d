// Keeps an answer that is being written on this device until it is saved (a lost network or an expired sign-in loses
// nothing), saves with Ctrl+S, and inserts a block of words at the cursor. The page works without it.

import { PREFIX, say, storage } from "../web/drafts.js";

const FIELDS = ["text", "basis", "next_step", "uptake", "uptake_reason", "revision"];

/**
 * What stands in the form now.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
function typed(form) {
  const data = new FormData(form);
  return Object.fromEntries(FIELDS.map((name) => [name, String(data.get(name) ?? "")]));
}

/**
 * Put kept words back, with the revision they were written from: a newer one is then seen as a conflict.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} words
 */
function fill(form, words) {
  for (const name of FIELDS) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      field.value = words[name] ?? "";
    }
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {Storage} store
 */
function keep(form, store) {
  const key = PREFIX + form.dataset.keep;
  const note = /** @type {HTMLElement} */ (form.querySelector("[data-kept]"));
  const forget = /** @type {HTMLElement} */ (form.querySelector("[data-forget]"));
  const first = JSON.stringify(typed(form));
  const changed = () => {
    const now = JSON.stringify(typed(form));
    try {
      if (now === first) store.removeItem(key);
      else store.setItem(key, now);
      say(note, forget, now === first ? "" : note.dataset.words);
    } catch {
      say(note, forget, "");
    }
  };
  const kept = store.getItem(key);
  if (kept && kept !== first && form.dataset.typed === undefined) {
    fill(form, JSON.parse(kept));
    say(note, forget, note.dataset.back);
  }
  form.addEventListener("input", changed);
  form.addEventListener("inserted", changed);
  forget.addEventListener("click", () => {
    store.removeItem(key);
    fill(form, JSON.parse(first));
    say(note, forget, "");
    form.querySelector("textarea")?.focus();
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    changed();
    say(note, forget, note.dataset.offline);
  });
}

/** @param {HTMLFormElement} form */
function saveByKey(form) {
  const save = /** @type {HTMLButtonElement} */ (form.querySelector("[data-save]"));
  const told = /** @type {HTMLElement | null} */ (form.querySelector("[data-save-key]"));
  if (told) told.hidden = false;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(save);
    }
  });
}

/**
 * A block of words goes in at the cursor, with its rule where none stands yet; without this the server puts it last.
 * @param {HTMLFormElement} form
 */
function insertAtCursor(form) {
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const basis = /** @type {HTMLInputElement} */ (form.elements.namedItem("basis"));
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll("[data-insert]"))) {
    button.addEventListener("click", (event) => {
      const source = /** @type {HTMLElement | null} */ (form.querySelector(`[data-words-of="${button.dataset.insert}"]`));
      if (!source) return;
      event.preventDefault();
      text.setRangeText(source.innerText, text.selectionStart, text.selectionEnd, "end");
      if (!basis.value) basis.value = button.dataset.basis ?? "";
      text.focus();
      form.dispatchEvent(new Event("inserted"));
    });
  }
}

const store = storage();
for (const mark of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-saved]"))) {
  store?.removeItem(PREFIX + mark.dataset.saved);
}
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-keep]"));
if (form) {
  if (store) keep(form, store);
  saveByKey(form);
  insertAtCursor(form);
}
