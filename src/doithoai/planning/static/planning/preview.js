// Shows the paper while it is being written: the form as it stands goes to the preview address and what comes back
// takes the place of what stood there. Nothing is stored; without this file the button “Lưu và xem” does the same.

const PAUSE = 400; // milliseconds of quiet before asking: a person types a word, not letters

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} place
 */
function follow(form, place) {
  const address = form.dataset.preview ?? "";
  /** @type {AbortController | undefined} */
  let asked;
  /** @type {number | undefined} */
  let waiting;

  async function show() {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form), signal: asked.signal });
      if (!answer.ok || answer.redirected) { return; } // signed out, or refused: what stands there stays
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...fresh.body.childNodes);
    } catch {
      // no network, or overtaken by a newer question: what stands there stays
    }
  }

  form.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(show, PAUSE);
  });
}

for (const form of document.querySelectorAll("form[data-preview]")) {
  const place = document.getElementById("ban-xem");
  if (form instanceof HTMLFormElement && place) { follow(form, place); }
}
