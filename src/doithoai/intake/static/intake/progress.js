/** Shows how far the worker is, second by second, and opens the result by itself; without it one reloads the page. */

const EVERY = 1000; // milliseconds

/** @param {HTMLElement} place */
function watch(place) {
  const bar = place.querySelector("progress");
  const compared = place.querySelector("[data-compared]");
  const total = place.querySelector("[data-total]");

  async function ask() {
    const answer = await fetch(place.dataset.progress ?? "", { cache: "no-store" }).catch(() => null);
    if (answer?.ok) {
      const told = await answer.json();
      if (told.done) return window.location.reload();
      if (bar) Object.assign(bar, { max: told.total, value: told.compared });
      if (compared) compared.textContent = told.compared.toLocaleString("vi-VN");
      if (total) total.textContent = told.total.toLocaleString("vi-VN");
    }
    window.setTimeout(ask, EVERY);
  }

  window.setTimeout(ask, EVERY);
}

for (const place of document.querySelectorAll("[data-progress]")) watch(/** @type {HTMLElement} */ (place));
