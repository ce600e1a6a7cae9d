// Says in words how the line is and what waits on this device. The sentences come with the page, in its language.

import { Queue } from "./commands.js";

const NOTICEABLE = 60000; // ms between this clock and the server's

/** @param {number} instant */
function hour(instant) {
  return new Date(instant).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** @param {number} instant */
function moment(instant) {
  const day = new Date(instant).toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });
  return `${hour(instant)} ${day}`;
}

/** Put values into the places of a sentence. @param {string | undefined} sentence @param {Record<string, any>} values */
export function filled(sentence, values) {
  return (sentence || "").replace(/\{(\w+)\}/g, (_whole, name) => String(values[name]));
}

/** One element with a text. @param {string} tag @param {string} text @param {string} look */
function made(tag, text, look = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = look;
  return element;
}

/** Keep a page's line up to date. @param {HTMLElement} box @param {Queue} queue */
export function draw(box, queue) {
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (box.querySelector(`[data-line-${name}]`));
  const words = box.dataset;
  let before = "";
  let isDrawing = false;
  let isStale = false;

  /** Draw what is kept now; changes that come meanwhile are drawn together once this is done. */
  async function show() {
    isStale = true;
    if (isDrawing) return;
    isDrawing = true;
    try {
      while (isStale) {
        isStale = false;
        await drawn();
      }
    } finally {
      isDrawing = false;
    }
  }

  async function drawn() {
    const kept = await queue.kept();
    const waiting = kept.filter((one) => one.standing === "waiting");
    const others = waiting.filter((one) => one.by !== queue.signedIn);
    const [standing, sentence] = told(waiting.length, others.length);
    box.className = `line line-${standing}`;
    part("words").textContent = sentence;
    if (standing !== before && before) part("told").textContent = sentence; // a change of the line, never a count
    before = standing;
    part("enter").hidden = standing !== "signed-out";
    clock();
    list(part("waiting"), waiting, (one) => made("li", `${one.label} (${hour(Date.parse(one.at))})`));
    list(part("rejected"), kept.filter((one) => one.standing === "rejected"), rejected);
    box.hidden = false;
  }

  /** @param {number} count @param {number} others @returns {[string, string]} */
  function told(count, others) {
    const { lost, isBack, isSignedOut, sent } = queue.line;
    const values = { count, others, sent, since: hour(lost) };
    if (isSignedOut) return ["signed-out", filled(count ? words.signedOut : words.signedOutNone, values)];
    if (lost) return ["lost", filled(count ? words.lost : words.lostNone, values)];
    if (others && others === count) return ["others", filled(words.others, values)];
    if (count) return ["sending", filled(words.sending, values)];
    return isBack && sent ? ["back", filled(words.back, values)] : ["well", words.well || ""];
  }

  function clock() {
    const { skew } = queue.line;
    part("clock").hidden = Math.abs(skew) < NOTICEABLE;
    part("clock").textContent = filled(words.clock, { device: moment(Date.now()), server: moment(Date.now() - skew) });
  }

  /** @param {import("./commands.js").Kept} one */
  function rejected(one) {
    const row = made("li", "");
    const put = made("button", words.dismiss || "", "btn");
    put.addEventListener("click", () => queue.dismiss(one.seq));
    row.append(made("b", `${one.label} (${hour(Date.parse(one.at))})`), made("span", one.words || words.noReason || ""), put);
    return row;
  }

  /** @param {HTMLElement} place @param {import("./commands.js").Kept[]} rows @param {(one: any) => HTMLElement} row */
  function list(place, rows, row) {
    place.hidden = !rows.length;
    place.querySelector("ol, ul")?.replaceChildren(...rows.map(row));
  }

  queue.addEventListener("change", show);
  return show();
}
