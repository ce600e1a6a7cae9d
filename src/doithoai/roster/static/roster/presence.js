// Keeps the counts of all venues up to date. It changes numbers and bars and nothing that somebody may be writing in.

const OFTEN = 4000; // ms between two questions; an unchanged answer costs the server one row
const SILENCE = 10000; // ms at least between two sentences read aloud

const page = /** @type {HTMLElement} */ (document.querySelector("[data-presence]"));
const summary = /** @type {HTMLElement} */ (page.querySelector("[data-summary]"));
let version = "";
let isAsking = false;
let lost = "";
let told = 0;
let waiting = 0;

/** @param {Element} place @param {string} selector @param {string | number} text */
function put(place, selector, text) {
  const element = place.querySelector(selector);
  if (element && element.textContent !== String(text)) element.textContent = String(text);
}

/** @param {Element} venue @param {any} found */
function fill(venue, found) {
  put(venue, "[data-there]", found.there);
  put(venue, "[data-expected]", found.expected);
  for (const [name, [count, start, width]] of Object.entries(found.parts)) {
    put(venue, `[data-n="${name}"]`, count);
    const bar = venue.querySelector(`[data-bar="${name}"]`);
    bar?.setAttribute("x", String(start));
    bar?.setAttribute("width", String(width));
  }
  for (const [name, count] of Object.entries(found.besides)) put(venue, `[data-besides="${name}"]`, count);
  for (const row of venue.querySelectorAll("[data-missing]")) {
    const isStill = found.missing.includes(row.getAttribute("data-missing"));
    row.toggleAttribute("hidden", !isStill && !row.contains(document.activeElement));
  }
}

/** The one sentence that is read aloud: at once, then at most every ten seconds, the newest. @param {string} sentence */
function say(sentence) {
  clearTimeout(waiting);
  const rest = Math.max(0, told + SILENCE - Date.now());
  waiting = setTimeout(() => {
    told = Date.now();
    if (summary.textContent !== sentence) summary.textContent = sentence;
  }, rest);
}

/** @param {string} name */
function note(name) {
  const words = name === "stale" ? page.dataset.stale : page.dataset.fresh;
  put(page, "[data-fresh-words]", (words || "").replace("{hour}", name === "stale" ? lost : hour()));
}

function hour() {
  return new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false });
}

async function ask() {
  if (isAsking || document.hidden) return;
  isAsking = true;
  try {
    const headers = version ? { "If-None-Match": version } : {};
    const response = await fetch(page.dataset.presence || "", { headers, redirect: "manual", cache: "no-store" });
    if (response.type === "opaqueredirect") return location.reload(); // signed out: the page itself says so
    if (response.status !== 304 && !response.ok) throw new Error(String(response.status));
    lost = "";
    if (response.ok) {
      version = response.headers.get("ETag") || "";
      const state = await response.json();
      for (const [code, found] of Object.entries(state.venues)) {
        const venue = document.querySelector(`[data-venue="${CSS.escape(code)}"]`);
        if (venue) fill(venue, found);
      }
      say(state.summary);
    }
    note("fresh");
  } catch {
    lost ||= hour();
    note("stale");
  } finally {
    isAsking = false;
  }
}

ask();
setInterval(ask, OFTEN);
document.addEventListener("visibilitychange", ask);
