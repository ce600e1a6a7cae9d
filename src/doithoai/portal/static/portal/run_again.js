// Runs a draw again on the visitor's own machine and shows each step. Without it the page tells how to do it with a file.
import { runAgain } from "./draw.js";

const LARGEST = 20_000_000;

/** @param {Element} within @param {string} what @returns {HTMLElement} */
function part(within, what) {
  return /** @type {HTMLElement} */ (within.querySelector(`[data-${what}]`));
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2).replace(".", ",")} %`;
}

/** As people read it: long codes in eights, numbers with dots. @param {string} name @param {any} value */
function words(name, value) {
  if (value === null || value === undefined) return "";
  if (name === "least" || name === "bound") return percent(value);
  if (typeof value === "number") return value.toLocaleString("de-DE");
  return /^[0-9a-f]{64}$/.test(value) ? value.match(/.{8}/g).join(" ") : value;
}

/** Words with {name} filled in. @param {string} pattern @param {Record<string, any>} told */
function filled(pattern, told) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => words(name, told[name]));
}

/** @param {HTMLElement} section */
function tend(section) {
  const verdict = part(section, "verdict"), list = part(section, "steps"), own = part(section, "own");
  const said = verdict.dataset;
  /** @type {ReturnType<typeof runAgain>|null} */
  let result = null;

  /** @param {string} look @param {string} text */
  function say(look, text) {
    verdict.className = `note ${look}`;
    verdict.textContent = text;
    verdict.hidden = false;
  }

  /** @param {ReturnType<typeof runAgain>} run */
  function show(run) {
    list.hidden = false;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-step]"))) {
      const step = run.steps.find((one) => one.name === item.dataset.step);
      const state = part(item, "state"), look = !step ? "" : step.difference ? "st-late" : "st-done";
      state.className = `st ${look}`;
      state.textContent = (!step ? list.dataset.skipped : step.difference ? list.dataset.no : list.dataset.yes) || "";
      for (const slot of /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll("[data-slot]"))) {
        slot.textContent = step ? words(slot.dataset.slot || "", step.told[slot.dataset.slot || ""]) : "…";
      }
    }
    const wrong = run.steps.find((step) => step.difference)?.difference;
    if (wrong) say("note-late", filled(said.bad || "", wrong));
    else if (!run.drawn) say("note-done", said.undrawn || "");
    else say("note-done", filled(said.good || "", run.steps[run.steps.length - 1].told));
    own.hidden = Boolean(wrong);
  }

  /** @param {string} text */
  function run(text) {
    try {
      result = runAgain(JSON.parse(text), section.dataset.notice || "");
      show(result);
    } catch (broken) {
      list.hidden = own.hidden = true;
      say("note-late", said.broken || "");
    }
  }

  part(section, "run").addEventListener("click", async () => {
    say("", said.busy || "");
    try {
      const answer = await fetch(section.dataset.draw || "");
      if (!answer.ok) throw new Error(String(answer.status));
      run(await answer.text());
    } catch (lost) {
      say("note-due", said.lost || "");
    }
  });

  const file = /** @type {HTMLInputElement} */ (part(section, "file"));
  file.addEventListener("change", async () => {
    const chosen = file.files && file.files[0];
    if (!chosen) return;
    if (chosen.size > LARGEST) say("note-late", said.broken || "");
    else run(await chosen.text());
    file.value = "";
  });

  own.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = part(own, "answer"), typed = /** @type {HTMLInputElement} */ (part(own, "code")).value.trim().toUpperCase();
    if (result && typed) answer.textContent = whereabouts(result, typed, answer.dataset);
  });

  section.hidden = false;
}

/** Where a code stands, and what its chance was. @param {ReturnType<typeof runAgain>} run @param {string} code @param {DOMStringMap} said */
function whereabouts(run, code, said) {
  const row = run.draw.pool.find((one) => one[0].toUpperCase() === code);
  if (!row) return filled(said.none || "", { code });
  const chance = run.draw.chance(row[0]), group = row[1].replaceAll("|", ", ");
  const before = chance === null ? "" : ` ${filled(said.chance || "", { chance: percent(chance) })}`;
  if (!run.mine) return filled(said.waits || "", { code, group }) + before;
  const places = { chosen: run.mine.chosen[row[1]].indexOf(row[0]) + 1, reserve: run.mine.reserves[row[1]].indexOf(row[0]) + 1 };
  const told = { code, group, place: places.chosen || places.reserve };
  return filled((places.chosen ? said.chosen : places.reserve ? said.reserve : said.passed) || "", told) + before;
}

document.querySelectorAll("[data-draw]").forEach((section) => tend(/** @type {HTMLElement} */ (section)));
