/** Finds procedures while somebody types; the button beside the field does the same without it. */

const PAUSE = 250; // milliseconds without a letter until it asks

/** @param {HTMLElement} place */
function tend(place) {
  const field = /** @type {HTMLInputElement | null} */ (place.querySelector("input[name=tim]"));
  const button = /** @type {HTMLElement | null} */ (place.querySelector("button[name=viec]"));
  const found = place.querySelector("[data-found]");
  const count = /** @type {HTMLElement | null} */ (place.querySelector("[data-count]"));
  if (!field || !button || !found || !count) return;
  let asked = 0;
  let waits = 0;

  async function ask() {
    const mine = (asked += 1);
    const answer = await fetch(`${place.dataset.procedures}?tim=${encodeURIComponent(field.value)}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return; // no line, or a later letter has asked already
    show((await answer.json()).found);
  }

  /** @param {{value: string, name: string, sector: string}[]} rows */
  function show(rows) {
    const chosen = /** @type {HTMLInputElement | null} */ (place.querySelector("input[name=procedure]:checked"));
    const kept = chosen?.value ? chosen.closest("label") : null;
    const others = rows.filter((row) => row.value !== chosen?.value).map(line);
    found.replaceChildren(...(kept ? [kept, ...others] : others));
    count.hidden = rows.length > 0;
    count.textContent = rows.length ? "" : place.dataset.none ?? "";
  }

  /** @param {{value: string, name: string, sector: string}} row */
  function line(row) {
    const label = document.createElement("label");
    label.className = "pick";
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: "procedure", value: row.value });
    const words = document.createElement("span");
    const sector = document.createElement("span");
    sector.className = "meta";
    sector.textContent = row.sector;
    words.append(row.name, sector);
    label.append(radio, words);
    return label;
  }

  field.addEventListener("input", () => {
    window.clearTimeout(waits);
    waits = window.setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    window.clearTimeout(waits);
    void ask();
  });
  button.hidden = true;
}

for (const place of document.querySelectorAll("[data-procedures]")) tend(/** @type {HTMLElement} */ (place));
