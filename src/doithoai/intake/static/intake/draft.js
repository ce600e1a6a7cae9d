/**
 * Keeps what is being written on this device until it has been sent, and says so; and looks whether the page can be
 * reached before it lets go of it, so that neither a lost line nor an expired link or login takes words or photographs
 * away. The page works without it.
 */

import { PREFIX, say, storage } from "../web/drafts.js";

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} what else is typed beside the words */
function lines(form) {
  const fields = Array.from(form.querySelectorAll("input.input[name]"));
  return /** @type {HTMLInputElement[]} */ (fields).filter((field) => field.type === "text" && field.name !== "tim");
}

/** @param {HTMLFormElement} form @param {Storage} store */
function tend(form, store) {
  const key = PREFIX + form.dataset.keep;
  const box = form.querySelector("textarea");
  const note = /** @type {HTMLElement | null} */ (form.querySelector("[data-kept]"));
  const forget = /** @type {HTMLElement | null} */ (form.querySelector("[data-forget]"));
  if (!box || !note) return;

  function keep() {
    const others = Object.fromEntries(lines(form).map((field) => [field.name, field.value]));
    try {
      if (box.value.trim()) {
        store.setItem(key, JSON.stringify({ words: box.value, others }));
        say(note, forget, note.dataset.words);
      } else {
        store.removeItem(key);
        say(note, forget, "");
      }
    } catch {
      say(note, forget, ""); // full: nothing is promised
    }
  }

  const kept = read(store, key);
  if (kept && !box.value) {
    box.value = kept.words;
    for (const field of lines(form)) field.value = field.value || kept.others[field.name] || "";
    say(note, forget, note.dataset.back);
  } else if (box.value) {
    keep(); // typed before this script came, on a slow line
  }
  form.addEventListener("input", keep);
  forget?.addEventListener("click", () => {
    box.value = "";
    keep();
    box.focus();
  });
}

/** @param {Storage} store @param {string} key @returns {{words: string, others: Record<string, string>} | null} */
function read(store, key) {
  const kept = store.getItem(key);
  if (!kept) return null;
  try {
    const { words, others } = JSON.parse(kept);
    return { words: String(words), others: others ?? {} };
  } catch {
    return { words: kept, others: {} };
  }
}

/** Whoever signed in again meanwhile has a new mark against forged forms: the old page takes it over.
 * @param {Response} answer */
async function fresh(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return /** @type {HTMLInputElement | null} */ (page.querySelector("form[data-keep] [name=csrfmiddlewaretoken]"))?.value;
}

/** Lets a form go only once its page answers: a browser throws photographs away with a page that could not be sent.
 * @param {HTMLFormElement} form */
function mind(form) {
  const stopped = /** @type {HTMLElement | null} */ (form.querySelector("[data-stopped]"));
  const button = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-send]"));
  if (!stopped || !button) return;
  const label = button.textContent;
  let isReached = false;

  /** @param {string | undefined} words */
  function stop(words) {
    stopped.textContent = words ?? "";
    stopped.hidden = false;
    button.textContent = label;
    button.disabled = false;
  }

  form.addEventListener("submit", (event) => {
    if (isReached || event.submitter !== button) return;
    event.preventDefault();
    button.textContent = form.dataset.sending ?? label;
    button.disabled = true;
    const mark = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=csrfmiddlewaretoken]"));
    fetch(form.action, { method: mark ? "GET" : "HEAD", cache: "no-store", redirect: "manual" }).then(
      async (answer) => {
        if (!answer.ok) return stop(form.dataset.over);
        if (mark) mark.value = (await fresh(answer)) || mark.value;
        isReached = true;
        button.disabled = false;
        form.requestSubmit(button);
        button.disabled = true;
      },
      () => stop(form.dataset.offline),
    );
  });
  window.addEventListener("pageshow", () => {
    isReached = false;
    button.textContent = label;
    button.disabled = false;
  });
}

/** A device may be lent: only what was written by this very link is shown.
 * @param {HTMLElement} place where an expired page shows what was not sent @param {Storage} store */
function show(place, store) {
  const kept = read(store, PREFIX + place.dataset.unsent);
  const box = place.querySelector("textarea");
  if (!box || !kept?.words) return;
  box.value = kept.words;
  place.hidden = false;
}

const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-keep]"));
const store = storage();
if (store) {
  for (const mark of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-sent]"))) {
    store.removeItem(PREFIX + mark.dataset.sent);
  }
  for (const form of forms) tend(form, store);
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-unsent]"))) {
    show(place, store);
  }
}
for (const form of forms) mind(form);
