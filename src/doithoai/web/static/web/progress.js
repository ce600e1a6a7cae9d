// What the machine is at, a file, a table or many opinions: the page asks once a second how far it is, and shows itself anew at the end.
// Without this script the same page is reloaded by hand.

const EVERY = 1000; // ms: a file of 50,000 lines takes several seconds

const place = /** @type {HTMLElement} */ (document.querySelector("[data-progress]"));
const bar = /** @type {HTMLProgressElement} */ (place.querySelector("progress"));
const words = /** @type {HTMLElement} */ (place.querySelector("[data-words]"));
const number = new Intl.NumberFormat(document.documentElement.lang || "vi");

/** @param {{busy: boolean, done?: number, total?: number, word?: string}} told */
function show(told) {
  if (told.total) {
    bar.max = told.total;
    bar.value = told.done || 0;
    words.textContent = `${told.word}: ${number.format(told.done || 0)} / ${number.format(told.total)}`;
  } else {
    words.textContent = told.word || "";
  }
}

async function ask() {
  try {
    const answer = await fetch(place.dataset.progress || "", { headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!told.busy) {
      if (location.search) location.replace(location.pathname + location.hash);
      else location.reload();
      return;
    }
    show(told);
  } catch {
    // the line is away for a moment: the next question will tell
  }
  setTimeout(ask, EVERY);
}

setTimeout(ask, EVERY);
