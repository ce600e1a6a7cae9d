/**
 * Lets somebody say what they would have to type, where the browser can write Vietnamese down by itself. Where it cannot
 * the button never appears. What is heard is added to the words, to be read and mended before it is sent.
 */

const Recognition = /** @type {any} */ (window).SpeechRecognition ?? /** @type {any} */ (window).webkitSpeechRecognition;

/** @param {HTMLElement} place */
function offer(place) {
  const box = place.closest("form")?.querySelector("textarea");
  const button = place.querySelector("button");
  const note = /** @type {HTMLElement | null} */ (place.querySelector("[role=status]"));
  const interim = /** @type {HTMLElement | null} */ (place.querySelector("[data-interim]"));
  if (!box || !button || !note || !interim) return;
  const ear = new Recognition();
  ear.lang = "vi-VN";
  ear.continuous = true;
  ear.interimResults = true;
  let isListening = false;
  let hasHeard = false;

  /** @param {boolean} on @param {string | undefined} words */
  function turn(on, words) {
    isListening = on;
    button.textContent = (on ? place.dataset.stop : place.dataset.start) ?? "";
    button.setAttribute("aria-pressed", String(on));
    note.textContent = words ?? "";
    note.hidden = !words;
    interim.hidden = true;
  }

  button.addEventListener("click", () => {
    if (isListening) return ear.stop();
    hasHeard = false;
    try {
      ear.start();
      turn(true, place.dataset.listening);
    } catch {
      turn(false, place.dataset.refused);
    }
  });
  ear.addEventListener("result", (/** @type {any} */ event) => {
    let coming = "";
    for (let at = event.resultIndex; at < event.results.length; at += 1) {
      const words = event.results[at][0].transcript.trim();
      if (event.results[at].isFinal) write(words);
      else coming = `${coming} ${words}`.trim();
    }
    interim.textContent = coming;
    interim.hidden = !coming;
  });
  ear.addEventListener("error", (/** @type {any} */ event) => {
    const isSilent = event.error === "no-speech" || event.error === "aborted";
    turn(false, isSilent ? place.dataset.nothing : place.dataset.refused);
  });
  ear.addEventListener("end", () => {
    if (isListening) turn(false, hasHeard ? "" : place.dataset.nothing);
  });

  /** @param {string} words */
  function write(words) {
    if (!words) return;
    hasHeard = true;
    const gap = box.value && !/\s$/.test(box.value) ? " " : "";
    box.value = (box.value + gap + words).slice(0, box.maxLength > 0 ? box.maxLength : undefined);
    box.dispatchEvent(new Event("input", { bubbles: true })); // the draft is kept as if it had been typed
  }

  place.hidden = false;
}

if (Recognition) {
  for (const place of document.querySelectorAll("[data-dictate]")) offer(/** @type {HTMLElement} */ (place));
}
