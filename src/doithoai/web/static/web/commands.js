// Acts of somebody on a bad line: kept on this device first, sent in their order until each has been answered.
// Every act is a command under a key made here. The server does a key once and answers it the same every time, so
// sending again after a lost answer, a reload, a second tab or a crash changes nothing. One tab sends for all.

const NAME = "doithoai-commands";
const FIRST_WAIT = 1500; // ms until the line is tried again; doubles each time
const LONGEST_WAIT = 20000;
const PATIENCE = 15000; // ms for one answer
const MOST_FAILURES = 5; // of the server itself at one command, so that it does not block those behind it
const NEVER_TAKEN = [400, 404, 405, 410, 413];

/**
 * @typedef {object} Kept
 * @property {number} seq its place among the acts of this device
 * @property {string} key what the server knows it by
 * @property {string} at when it was done, by this device's clock
 * @property {string} by who did it: only they can send it
 * @property {string} url
 * @property {string} name
 * @property {Record<string, string>} body
 * @property {string} label what people call it
 * @property {"waiting" | "rejected"} standing
 * @property {string} words why it was rejected
 * @property {number} failures
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @returns {Promise<IDBDatabase>} */
function store() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("commands", { keyPath: "seq", autoIncrement: true });
    request.result.createObjectStore("device");
  };
  return result(request);
}

/** A version 4 UUID, also where the page has no secure context. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** One at a time over all tabs; where a browser cannot, the server's keys still keep every act single. */
async function alone(/** @type {() => Promise<void>} */ work) {
  await (navigator.locks ? navigator.locks.request(NAME, work) : work());
}

/** Tells its listeners: "change" when what is kept or the line changed, "answered" (detail: command, answer). */
export class Queue extends EventTarget {
  /** @param {IDBDatabase} db @param {string} device @param {string} entrance @param {string} by */
  constructor(db, device, entrance, by) {
    super();
    this.db = db;
    this.device = device;
    this.entrance = entrance;
    this.by = by;
    this.token = "";
    this.signedIn = by;
    this.line = { lost: 0, isBack: false, isSignedOut: false, sent: 0, skew: 0 };
    this.wait = FIRST_WAIT;
    this.timer = 0;
    this.isAsked = false;
    this.tabs = new BroadcastChannel(NAME);
    this.tabs.onmessage = (event) => this.hear(event.data);
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden || this.flush());
  }

  /**
   * `entrance` answers who is signed in and with which token; `by` is whom the page was made for.
   * @param {string} entrance @param {string} by @returns {Promise<Queue>}
   */
  static async open(entrance, by) {
    const db = await store();
    const stored = db.transaction("device", "readwrite").objectStore("device");
    const device = (await result(stored.get("id"))) || uuid();
    await result(stored.put(device, "id"));
    return new Queue(db, device, entrance, by);
  }

  /** @param {IDBTransactionMode} mode */
  commands(mode) {
    return this.db.transaction("commands", mode, { durability: "strict" }).objectStore("commands");
  }

  /** @returns {Promise<Kept[]>} everything kept, in its order */
  async kept() {
    return result(this.commands("readonly").getAll());
  }

  /** Keep an act, and send it as soon as there is a line. Kept for good once this resolves.
   * @param {{url: string, name: string, body: Record<string, string>, label: string}} act */
  async add(act) {
    const at = new Date().toISOString();
    this.line.isBack &&= Boolean(this.line.lost);
    const kept = { ...act, key: uuid(), at, by: this.by, standing: "waiting", words: "", failures: 0 };
    const writing = this.commands("readwrite");
    const stored = new Promise((resolve, reject) => {
      writing.transaction.oncomplete = resolve;
      writing.transaction.onerror = writing.transaction.onabort = () => reject(writing.transaction.error);
    });
    writing.add(kept);
    await stored;
    this.changed();
    this.flush();
  }

  /** Put away a rejected act that somebody has read. @param {number} seq */
  async dismiss(seq) {
    await result(this.commands("readwrite").delete(seq));
    this.changed();
  }

  /** The page has asked the server for something else: what came of it tells how the line is.
   * @param {Response | null} response null when nothing has come */
  noticed(response) {
    if (!response || response.status >= 500) return this.line.lost || this.lose();
    if (response.type === "opaqueredirect" || response.status === 401) return this.line.isSignedOut || this.signOut();
    if (!this.line.lost && !this.line.isSignedOut) return true;
    this.line.isSignedOut = false;
    this.find();
    return this.flush();
  }

  /** Send what waits. Safe to call at any time, from any tab. */
  async flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.isAsked) return;
    this.isAsked = true;
    await alone(async () => {
      this.isAsked = false;
      while (await this.step());
    });
  }

  /** Send the first act that is this person's; false when there is none, or none can be sent now. */
  async step() {
    const waiting = (await this.kept()).filter((one) => one.standing === "waiting");
    if (!waiting.length) return false;
    const isFresh = !this.token;
    if (isFresh && !(await this.enter())) return false;
    const next = waiting.find((one) => one.by === this.signedIn);
    return next ? this.settle(next, await this.send(next), isFresh) : false;
  }

  /** Ask who is signed in. */
  async enter() {
    const answer = await this.ask(this.entrance, {});
    if (answer.status === 401) return this.signOut();
    if (answer.status !== 200 || !answer.told.token) return this.lose();
    this.token = answer.told.token;
    this.signedIn = answer.told.by;
    this.line.isSignedOut = false;
    this.find();
    return true;
  }

  /** @param {Kept} one */
  send(one) {
    const { key, seq, at, name, by, body } = one;
    const told = { key, device: this.device, seq, at, sent: new Date().toISOString(), name, by, body };
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    return this.ask(one.url, { method: "POST", headers, body: JSON.stringify(told) });
  }

  /** What an answer means for its command; true when the next one may be tried.
   * @param {Kept} one @param {{status: number, told: any}} answer @param {boolean} isFresh */
  async settle(one, answer, isFresh) {
    const { status, told } = answer;
    if (status === 200 && told.key === one.key) return this.answered(one, told);
    if (status === 401) return this.signOut();
    if (status === 403 || (status === 409 && told.outcome === "other")) {
      this.token = ""; // signed in anew, or somebody else is: ask who
      return isFresh ? (status === 409 ? this.reject(one, "") : this.signOut()) : true;
    }
    if (NEVER_TAKEN.includes(status)) return this.reject(one, told.words || "");
    if (status === 500 && one.failures + 1 >= MOST_FAILURES) return this.reject(one, "");
    if (status === 500) await this.write({ ...one, failures: one.failures + 1 });
    return this.lose();
  }

  /** @param {Kept} one @param {any} told */
  async answered(one, told) {
    if (told.outcome === "refused") await this.write({ ...one, standing: "rejected", words: told.words });
    else await result(this.commands("readwrite").delete(one.seq));
    this.line.sent += 1;
    this.find();
    this.say({ answered: { one, told } });
    return true;
  }

  /** @param {Kept} one @param {string} words */
  async reject(one, words) {
    await this.write({ ...one, standing: "rejected", words });
    this.changed();
    return true;
  }

  /** @param {Kept | object} one */
  write(one) {
    return result(this.commands("readwrite").put(one));
  }

  /** Ask the server; status 0 when nothing that it said has come. @param {string} url @param {RequestInit} how */
  async ask(url, how) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const began = Date.now();
    try {
      const same = { credentials: "same-origin", redirect: "manual", cache: "no-store" };
      const response = await fetch(url, { ...how, ...same, signal: patience.signal });
      const isTold = (response.headers.get("Content-Type") || "").startsWith("application/json");
      const told = isTold ? await response.json() : {};
      if (told.now) this.line.skew = (began + Date.now()) / 2 - Date.parse(told.now);
      return { status: response.status, told };
    } catch {
      return { status: 0, told: {} };
    } finally {
      clearTimeout(timer);
    }
  }

  lose() {
    if (!this.line.lost) Object.assign(this.line, { lost: Date.now(), isBack: true, sent: 0 });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.wait);
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
    this.changed();
    return false;
  }

  find() {
    this.line.lost = 0;
    this.wait = FIRST_WAIT;
    this.changed();
  }

  signOut() {
    this.token = "";
    this.line.isSignedOut = true;
    this.find();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), LONGEST_WAIT); // somebody may sign in, in another tab
    return false;
  }

  changed() {
    this.say({});
  }

  /** Tell this tab and the others. @param {object} more */
  say(more) {
    const said = { line: { ...this.line }, ...more };
    this.tabs.postMessage(said);
    this.hear(said);
  }

  /** @param {any} said */
  hear(said) {
    this.line = { ...said.line };
    if (said.answered) this.dispatchEvent(new CustomEvent("answered", { detail: said.answered }));
    this.dispatchEvent(new Event("change"));
  }
}
