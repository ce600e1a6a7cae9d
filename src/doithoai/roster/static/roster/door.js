// The page at the door of a venue: every tap is kept on this device before it is sent, so a lost line loses nothing.
// Without this script the forms of the page do the same, as long as there is a line.

import { Queue } from "../web/commands.js";
import { draw, filled } from "../web/line.js";
import { scanner } from "./scan.js";

const OFTEN = 5000; // ms between two looks at what other devices have noted
const KEPT = "diem-danh"; // how the worker's store begins
const SILENCE = 1000; // ms before a sentence is read aloud, so that quick taps are told once

const page = /** @type {HTMLElement} */ (document.querySelector("[data-door]"));
const words = page.dataset;
const search = /** @type {HTMLInputElement} */ (page.querySelector("[data-search]"));
const hits = /** @type {HTMLElement} */ (page.querySelector("[data-hits]"));
const said = /** @type {HTMLElement} */ (page.querySelector("[data-did]"));

/** As the server folds: without marks, đ as d. @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
}

/** @returns {HTMLElement[]} */
const rows = () => Array.from(page.querySelectorAll("[data-standing]"));
/** @param {string} code @returns {HTMLElement | null} */
const row = (code) => page.querySelector(`[data-standing][id="${CSS.escape(code)}"]`);

/** What somebody is called. @param {Element} one */
function nameOf(one) {
  return (one.querySelector("h3 b") || one.querySelector("h3"))?.textContent?.trim() || "";
}

/** The name alone, for “ba” is a name too. @param {Element} one */
function bare(one) {
  return nameOf(one).replace(/^(ông\/bà|ông|bà)\s/iu, "");
}

// ---- finding somebody

function found() {
  const asked = fold(search.value).split(" ").filter(Boolean);
  const fits = (/** @type {HTMLElement} */ one) => asked.every((word) => fold(`${bare(one)} ${one.id}`).includes(word));
  for (const one of rows()) one.hidden = !fits(one);
  const shown = rows().filter((one) => !one.hidden);
  hits.textContent = search.value.trim() ? filled(shown.length ? words.found : words.foundNone, { count: shown.length }) : "";
  for (const list of page.querySelectorAll("[data-list]")) {
    list.classList.toggle("none-fit", !list.querySelector("[data-standing]:not([hidden])"));
  }
  return shown;
}

/** Enter: note the one who fits; where several do, go to the first of them. */
function entered() {
  const shown = found().filter((one) => come(one));
  if (!search.value.trim() || !shown.length) return;
  if (shown.length > 1) {
    hits.textContent = filled(words.several, { count: shown.length });
    come(shown[0])?.focus();
  } else {
    come(shown[0])?.click();
    search.value = "";
    found();
    search.focus();
  }
}

/** The button that notes an arrival, where it may be pressed now. @param {HTMLElement} one */
function come(one) {
  const isAway = ["expected", "declined", "absent"].includes(one.dataset.standing || "");
  return isAway ? /** @type {HTMLButtonElement | null} */ (one.querySelector("button[value=den]")) : null;
}

/** Show one person alone, found by the code on their letter. @param {HTMLElement | undefined} one */
function point(one) {
  if (!one) {
    hits.textContent = words.foreign || "";
    return false;
  }
  search.value = bare(one);
  found();
  for (const other of rows()) other.hidden = other !== one;
  hits.textContent = filled(come(one) ? words.scanned : words.scannedNoted, { name: nameOf(one) });
  come(one)?.focus();
  return true;
}

// ---- noting something

/** Put a row into its list. @param {HTMLElement} one @param {{standing: string, look: string, word: string, note: string}} how */
function stand(one, how) {
  const mark = /** @type {HTMLElement} */ (one.querySelector("[data-mark] .st"));
  const isNoted = ["came", "left", "absent"].includes(how.standing);
  if (one.dataset.standing !== how.standing) one.querySelector("details")?.removeAttribute("open");
  one.dataset.standing = how.standing;
  mark.className = how.look ? `st st-${how.look}` : "st";
  mark.textContent = how.word;
  /** @type {HTMLElement} */ (one.querySelector("[data-note]")).textContent = how.note;
  const list = /** @type {HTMLElement} */ (page.querySelector(`[data-list=${isNoted ? "noted" : "expected"}] .rows`));
  if (one.parentElement !== list) list.prepend(one);
  count();
}

function count() {
  for (const list of page.querySelectorAll("[data-list]")) {
    const number = list.querySelectorAll("[data-standing]").length;
    /** @type {HTMLElement} */ (list.querySelector("[data-count]")).textContent = String(number);
    list.classList.toggle("is-empty", !number);
  }
}

const BECOMES = { den: "came", "den-thay": "came", vang: "absent", rut: "expected", "ve-truoc": "left", "tro-lai": "came" };

/** What a row looks like while its act waits. @param {string} act @param {string} at */
function waiting(act, at) {
  const hour = new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false });
  return { standing: BECOMES[act], look: "now", word: words[`waits${cased(act)}`] || "", note: filled(words.waits, { hour }) };
}

/** den-thay → DenThay, as a dataset spells it. @param {string} act */
function cased(act) {
  return act.replace(/(^|-)(\w)/g, (_whole, _dash, letter) => letter.toUpperCase());
}

let spoken = 0;

/** @param {string} sentence @param {HTMLElement | null} about */
function say(sentence, about) {
  const link = /** @type {HTMLAnchorElement} */ (said.querySelector("a"));
  /** @type {HTMLElement} */ (said.querySelector("[data-did-words]")).textContent = sentence;
  link.hidden = !about || about.dataset.standing !== "came";
  if (about) link.href = `#${about.id}`;
  said.hidden = false;
  clearTimeout(spoken);
  const aloud = /** @type {HTMLElement} */ (page.querySelector("[data-aloud]"));
  spoken = setTimeout(() => (aloud.textContent = sentence), SILENCE);
}

/** @param {Queue} queue */
function taps(queue) {
  page.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method !== "post" || !form.matches("[data-note-form]")) return;
    event.preventDefault();
    const act = /** @type {HTMLButtonElement} */ (event.submitter).value;
    const { csrfmiddlewaretoken: _token, ...body } = Object.fromEntries(new FormData(form));
    const one = form.closest("[data-standing]");
    const name = one ? nameOf(one) : body.name;
    const sentence = filled(words[`say${cased(act)}`], { name });
    await queue.add({ url: words.commands || "", name: act, body, label: sentence });
    if (one) stand(one, waiting(act, new Date().toISOString()));
    form.reset();
    search.value = "";
    found();
    if (document.activeElement === document.body || !document.activeElement?.getClientRects().length) said.focus({ preventScroll: true });
    say(sentence, one);
  });
  said.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    const one = link && row(decodeURIComponent(link.hash.slice(1)));
    if (!one) return;
    event.preventDefault(); // following the link would take the focus along
    reveal(one);
  });
}

/** Open what else may be done about somebody. @param {HTMLElement} one */
function reveal(one) {
  search.value = "";
  found();
  one.querySelector("details")?.setAttribute("open", "");
  const reason = /** @type {HTMLElement | null} */ (one.querySelector("[data-reason]"));
  reason?.focus({ preventScroll: true });
  one.scrollIntoView({ block: "center" });
}

// ---- what others have noted

let version = "";
let isLooking = false;
/** @type {any} the newest answer */
let latest = null;

/** @param {Queue} queue */
async function look(queue) {
  if (isLooking || document.hidden) return;
  isLooking = true;
  try {
    const headers = version ? { "If-None-Match": version } : {};
    const response = await fetch(words.state || "", { headers, redirect: "manual", cache: "no-store" });
    queue.noticed(response);
    if (response.ok) {
      version = response.headers.get("ETag") || "";
      latest = await response.json();
      await show(queue, latest);
      await remember();
    }
  } catch {
    queue.noticed(null);
    if (!version) await recall(queue);
  } finally {
    isLooking = false;
  }
}

/** @param {Queue} queue @param {any} told */
async function show(queue, told) {
  const known = await overlaid(queue);
  for (const [code, how] of Object.entries(told.people)) {
    const one = row(code);
    if (one && !known.has(code)) stand(one, how);
  }
  for (const one of rows()) if (!told.people[one.id] && one.id) one.remove();
  if (Object.keys(told.people).some((code) => !row(code))) await fetchRows().then(() => keep(), () => null);
  figures(told.figures);
  count();
  if (search.value.trim()) found();
  if (words.keep !== "0" && !told.keep) keep(0);
  words.keep = String(told.keep);
}

/** @param {string[][]} told */
function figures(told) {
  const places = page.querySelectorAll(".figs dd");
  told.forEach(([value, of], place) => {
    const small = document.createElement("small");
    small.textContent = of ? `/${of}` : "";
    places[place]?.replaceChildren(value, small);
  });
}

/** Somebody new is on the list: take their row from the page as the server shows it now. */
async function fetchRows() {
  const response = await fetch(location.pathname, { redirect: "manual", cache: "no-store" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const one of fresh.querySelectorAll("[data-standing]")) {
    if (row(one.id)) continue;
    const list = one.closest("[data-list]")?.getAttribute("data-list");
    page.querySelector(`[data-list=${list}] .rows`)?.prepend(document.adoptNode(one));
  }
}

/** Show acts that wait over what the server said; the codes of whom they are about. @param {Queue} queue */
async function overlaid(queue) {
  const mine = (await queue.kept()).filter((one) => one.standing === "waiting" && one.url === words.commands);
  const about = new Set();
  for (const one of mine) {
    const there = row(one.body.invitation || "");
    if (there) stand(there, waiting(one.name, one.at));
    about.add(one.body.invitation);
  }
  return about;
}

// ---- without a line

/** The worker opens this page while the line is away. */
async function worker() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(words.worker || "").catch(() => null);
  await keep();
}

/** Let the worker keep a copy of the page as it is now, for so many seconds; with none left it forgets the list. */
async function keep(seconds = Number(words.keep)) {
  if (!navigator.serviceWorker) return;
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const files = loaded.filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"));
  const urls = [...new Set([location.pathname, ...files.map((url) => url.pathname)])];
  const answer = new MessageChannel();
  answer.port1.onmessage = ({ data }) => {
    if (!data) return;
    /** @type {HTMLElement} */ (page.querySelector("[data-kept]")).hidden = false;
    remember();
  };
  active?.postMessage({ keep: { urls, seconds } }, [answer.port2]);
}

/** The worker's store, where it has one. @returns {Promise<Cache | null>} */
async function kept() {
  if (!("caches" in window)) return null;
  const name = `${KEPT} ${new URL(".", new URL(words.worker || "", location.href)).href}`;
  return (await caches.has(name)) ? caches.open(name) : null;
}

/** Keep how everybody stands beside the page: its copy may be older. */
async function remember() {
  const store = latest?.keep ? await kept() : null;
  await store?.put(words.state || "", new Response(JSON.stringify(latest)));
}

/** @param {Queue} queue */
async function recall(queue) {
  const known = await (await kept())?.match(words.state || "");
  if (known) await show(queue, await known.json());
}

async function begin() {
  search.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    found();
  });
  search.addEventListener("input", found);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return; // the input method has an Enter of its own
    event.preventDefault();
    entered();
  });
  scanner(page, (text) => identify(text).then(point));
  const queue = await Queue.open(words.entrance || "", words.by || "");
  taps(queue);
  queue.addEventListener("answered", () => look(queue));
  await draw(/** @type {HTMLElement} */ (page.querySelector("[data-line]")), queue);
  await overlaid(queue);
  worker();
  queue.flush();
  await look(queue);
  setInterval(() => look(queue), OFTEN);
  page.dataset.ready = "";
}

/** Whose letter a code belongs to: its address hashes to what the list knows, and opens nothing here.
 * @param {string} text */
async function identify(text) {
  const token = /\/moi\/([0-9a-f]{32})\//.exec(text)?.[1];
  if (!token) return rows().find((one) => one.id && text.trim().toUpperCase().endsWith(one.id));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return rows().find((one) => one.dataset.pass && hex.startsWith(one.dataset.pass));
}

begin();
