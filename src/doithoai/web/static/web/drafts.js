// Words that are kept on this device until they have been sent: where they are kept, and what is said beside them.

export const PREFIX = "doithoai-draft:";

/** @returns {Storage | null} the store of this device; null in private browsing, or where it is full */
export function storage() {
  try {
    window.localStorage.setItem(`${PREFIX}probe`, "1");
    window.localStorage.removeItem(`${PREFIX}probe`);
    return window.localStorage;
  } catch {
    return null;
  }
}

/**
 * Says beside a form what is kept of it, and offers to forget that; nothing once nothing is kept.
 * @param {HTMLElement} note
 * @param {HTMLElement | null} forget
 * @param {string | undefined} words
 */
export function say(note, forget, words) {
  note.textContent = words ?? "";
  note.hidden = !words;
  if (forget) forget.hidden = !words;
}
