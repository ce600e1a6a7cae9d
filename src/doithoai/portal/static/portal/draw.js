// The arithmetic of a published draw, so that a visitor's own machine can repeat it: nothing here trusts the server.
// SHA-256 is written out because browsers lend theirs to https pages only, and offices also serve plain http at home.
// Each step is the same as in draw_verifier.py; the sentences of differences are too.

/** @typedef {[string, string, string|null]} Row code, group, household */
/** @typedef {{what: string, written: string, computed: string}} Difference */
/** @typedef {Record<string, string[]>} Lots */

const ROUNDS = constants();

/** The fractional parts of the cube roots of the first 64 primes. */
function constants() {
  const found = [];
  for (let n = 2; found.length < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (prime) found.push(fraction(BigInt(n), 3n));
  }
  return Uint32Array.from(found);
}

/** The first 32 bits of the fractional part of a root, found in whole numbers. @param {bigint} n @param {bigint} power */
function fraction(n, power) {
  const target = n << (32n * power);
  let low = 0n, high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** power <= target) low = middle; else high = middle;
  }
  return Number(low & 0xffffffffn);
}

const START = Uint32Array.from([2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n].map((n) => fraction(n, 2n)));

/** SHA-256 of lines joined by one line feed, in hex. @param {...string} lines */
export function sha256(...lines) {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const blocks = (bytes.length + 9 + 63) >> 6;
  const padded = new DataView(new ArrayBuffer(blocks * 64));
  bytes.forEach((byte, at) => padded.setUint8(at, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(blocks * 64 - 8, Math.floor(bytes.length / 0x20000000));
  padded.setUint32(blocks * 64 - 4, bytes.length << 3);
  const state = Uint32Array.from(START), words = new Uint32Array(64);
  for (let block = 0; block < blocks; block++) {
    for (let at = 0; at < 16; at++) words[at] = padded.getUint32(block * 64 + at * 4);
    compress(state, words);
  }
  return [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** @param {Uint32Array} state @param {Uint32Array} w */
function compress(state, w) {
  const turn = (/** @type {number} */ x, /** @type {number} */ n) => (x >>> n) | (x << (32 - n));
  for (let t = 16; t < 64; t++) {
    const a = w[t - 15], b = w[t - 2];
    const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3), large = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[t] = w[t - 16] + small + w[t - 7] + large;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[t] + w[t]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, at) => { state[at] += value; });
}

/** In the order of code points, as Python sorts. @param {string} a @param {string} b */
export function byPoints(a, b) {
  const left = [...a], right = [...b];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const gap = /** @type {number} */ (left[at].codePointAt(0)) - /** @type {number} */ (right[at].codePointAt(0));
    if (gap) return gap;
  }
  return left.length - right.length;
}

/** One text for one value: keys sorted, no blanks. Throws for what no draw contains. @param {any} value @returns {string} */
export function canonical(value) {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object") throw new TypeError("not part of a draw");
  const keys = Object.keys(value).sort(byPoints);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** Places by largest remainder. @param {number} total @param {Record<string, number>} people @returns {Record<string, number>} */
export function shares(total, people) {
  const all = Object.values(people).reduce((sum, n) => sum + n, 0);
  const groups = Object.keys(people).sort(byPoints);
  const rest = (/** @type {string} */ s) => (total * people[s]) % all;
  const whole = Object.fromEntries(groups.map((s) => [s, Math.floor((total * people[s]) / all)]));
  const left = total - Object.values(whole).reduce((sum, n) => sum + n, 0);
  const first = [...groups].sort((a, b) => rest(b) - rest(a) || people[b] - people[a] || byPoints(a, b));
  first.slice(0, left).forEach((s) => { whole[s] += 1; });
  return whole;
}

/** The frozen list under its rules. */
class Draw {
  /** @param {Row[]} pool @param {any} rules */
  constructor(pool, rules) {
    this.pool = pool;
    this.rules = rules;
    /** @type {Map<string, string>} */
    this.homes = new Map(pool.map(([code, , home]) => [code, (rules.one_per_household && home) || `\n${code}`]));
    this.groups = [...new Set(pool.map((row) => row[1]))].sort(byPoints);
  }

  /** @returns {[string, any, any][]} */
  facts() {
    const homes = this.pool.filter((row) => row[2]);
    return [
      ["Số mã", this.pool.length, this.homes.size],
      ["Cách bốc", this.rules.method, "doithoai-draw-1"],
      ["Số hộ", new Set(homes.map((row) => row[2])).size, new Set(homes.map((row) => JSON.stringify([row[1], row[2]]))).size],
    ];
  }

  /** @param {string} seed @returns {Row[]} */
  ordered(seed) {
    const lots = new Map(this.pool.map(([code, group]) => [code, sha256(seed, group, code)]));
    const lot = (/** @type {Row} */ row) => /** @type {string} */ (lots.get(row[0]));
    return [...this.pool].sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
  }

  seats() {
    if (this.rules.quotas) return Object.fromEntries(this.rules.quotas);
    const people = Object.fromEntries(this.groups.map((s) => [s, this.pool.filter((row) => row[1] === s).length]));
    return shares(this.rules.total, people);
  }

  /** @param {string} seed @returns {{ticket?: number, panel?: number, chosen: Lots, reserves: Lots}} */
  outcome(seed) {
    const seats = this.seats(), names = Object.keys(seats).sort(byPoints), first = new Map();
    /** @type {Lots} */
    const lots = Object.fromEntries(names.map((s) => [s, []]));
    for (const [code, s] of this.ordered(seed)) {
      const home = this.homes.get(code);
      if (first.has(home)) continue;
      first.set(home, code);
      lots[s].push(code);
    }
    return {
      chosen: Object.fromEntries(names.map((s) => [s, lots[s].slice(0, seats[s])])),
      reserves: Object.fromEntries(names.map((s) => [s, lots[s].slice(seats[s])])),
    };
  }

  /** The chance of a code; null where it depends on the households of its group. @param {string} code @returns {number|null} */
  chance(code) {
    const row = this.pool.find((one) => one[0] === code);
    const group = this.pool.filter((one) => row && one[1] === row[1]);
    if (!row || new Set(group.map((one) => this.homes.get(one[0]))).size < group.length) return null;
    return this.seats()[row[1]] / group.length;
  }

  /** @returns {{least: number, bound: number|null}|null} */
  fairness() { return null; }
}

/** Several quotas at once: a table of panels, each with its tickets. */
class Lottery extends Draw {
  /** @param {Row[]} pool @param {any} rules */
  constructor(pool, rules) {
    super(pool, rules);
    this.table = rules.lottery;
    const members = new Map();
    for (const [code, s] of pool) members.set(this.homes.get(code), [...(members.get(this.homes.get(code)) || []), s]);
    const madeUp = new Map([...members].map(([home, strata]) => [home, strata.sort(byPoints).join("+")]));
    const inside = (/** @type {string} */ code) => madeUp.get(this.homes.get(code));
    /** @type {Map<string, string>} */
    this.kind = new Map(pool.map(([code, s]) => [code, inside(code) === s ? s : `${s} @ ${inside(code)}`]));
    this.kinds = [...new Set(this.kind.values())].sort(byPoints);
    const counted = new Map();
    this.kind.forEach((kind) => counted.set(kind, (counted.get(kind) || 0) + 1));
    this.people = this.kinds.map((kind) => counted.get(kind));
    this.limits = this.allLimits([...madeUp.values()]);
  }

  /** @param {string[]} homes @returns {{name: string, least: number, most: number, kinds: number[]}[]} */
  allLimits(homes) {
    const every = this.kinds.map((_, at) => at);
    const values = this.kinds.map((kind) => kind.split(" @ ")[0].split("|"));
    const found = [{ name: "Tổng số người", least: this.rules.total, most: this.rules.total, kinds: every }];
    this.rules.features.forEach((/** @type {[string, [string, number, number][]]} */ [name, bounds], /** @type {number} */ at) => {
      for (const [value, least, most] of bounds) {
        found.push({ name: `${name} ${value}`, least, most, kinds: every.filter((kind) => values[kind][at] === value) });
      }
    });
    for (const home of [...new Set(homes)].sort(byPoints)) {
      const kinds = every.filter((kind) => this.kinds[kind] === home || this.kinds[kind].endsWith(` @ ${home}`));
      found.push({ name: `Hộ ${home}`, least: 0, most: homes.filter((one) => one === home).length, kinds });
    }
    return found;
  }

  facts() {
    /** @type {[string, any, any][]} */
    const found = [["Số mã", this.pool.length, this.homes.size], ["Loại người", this.table.kinds, this.kinds]];
    const known = this.rules.features.map((/** @type {any} */ [, bounds]) => new Set(bounds.map((/** @type {any} */ row) => row[0])));
    for (const [, stratum] of this.pool) {
      const values = stratum.split("|");
      if (/[+@]/.test(stratum)) found.push(["Nhóm", stratum, "tên nhóm không có dấu + hay @"]);
      if (values.length !== known.length) throw new TypeError("a group of another width");
      values.forEach((value, at) => { if (!known[at].has(value)) found.push(["Nhóm", value, "một nhóm có hạn ngạch"]); });
    }
    this.table.panels.forEach((/** @type {any} */ panel, /** @type {number} */ at) => {
      found.push([`Phương án ${at + 1}`, this.broken(panel) || "đủ hạn ngạch", "đủ hạn ngạch"]);
    });
    const tickets = this.table.panels.reduce((/** @type {number} */ sum, /** @type {any} */ panel) => sum + panel[0], 0);
    return [...found, /** @type {[string, any, any]} */ (["Số vé", tickets, this.table.tickets])];
  }

  /** @param {[number, [number, number][]]} panel */
  broken([tickets, counts]) {
    const panel = new Map(counts);
    const wrong = this.limits
      .map((limit) => ({ limit, n: limit.kinds.reduce((sum, kind) => sum + (panel.get(kind) || 0), 0) }))
      .filter(({ limit, n }) => n < limit.least || n > limit.most)
      .map(({ limit, n }) => `${limit.name} ${n} (từ ${limit.least} đến ${limit.most})`);
    const odd = panel.size < counts.length || [...panel].some(([kind, n]) => n < 0 || !(kind in this.kinds));
    return [...wrong, ...(tickets <= 0 || odd ? ["số không hợp lệ"] : [])].join("; ");
  }

  /** @param {string} seed */
  outcome(seed) {
    const ticket = Number(BigInt(`0x${sha256(seed, "vé")}`) % BigInt(this.table.tickets));
    let place = 0, passed = this.table.panels[0][0];
    while (ticket >= passed) passed += this.table.panels[++place][0];
    const wanted = new Map(this.table.panels[place][1].map((/** @type {number[]} */ [kind, n]) => [this.kinds[kind], n]));
    const empty = () => Object.fromEntries(this.groups.map((s) => [s, /** @type {string[]} */ ([])]));
    const chosen = empty(), reserves = empty(), taken = new Set(), left = [];
    for (const row of this.ordered(seed)) {
      const kind = this.kind.get(row[0]), home = this.homes.get(row[0]);
      if (wanted.get(kind) > 0 && !taken.has(home)) {
        wanted.set(kind, wanted.get(kind) - 1);
        taken.add(home);
        chosen[row[1]].push(row[0]);
      } else left.push(row);
    }
    for (const [code, s] of left) {
      const home = this.homes.get(code);
      if (!taken.has(home)) reserves[s].push(code);
      taken.add(home);
    }
    return { ticket, panel: place + 1, chosen, reserves };
  }

  kindChances() {
    const places = this.kinds.map(() => 0);
    for (const [tickets, counts] of this.table.panels) for (const [kind, n] of counts) places[kind] += tickets * n;
    return places.map((n, at) => n / (this.table.tickets * this.people[at]));
  }

  /** @param {string} code */
  chance(code) {
    const kind = this.kind.get(code);
    return kind === undefined ? null : this.kindChances()[this.kinds.indexOf(kind)];
  }

  fairness() {
    const weights = this.kinds.map(() => 0);
    let most = 0;
    for (const [at, times] of this.table.bound) {
      const limit = this.limits[at];
      most += times * (times > 0 ? limit.most : limit.least);
      for (const kind of limit.kinds) weights[kind] += times;
    }
    const people = weights.reduce((sum, weight, at) => sum + weight * this.people[at], 0);
    const least = Math.min(...this.kindChances());
    return { least, bound: people > 0 && Math.min(...weights) >= 0 ? most / people : null };
  }
}

/** What told and computed differ in first; null where they agree. @param {[string, any, any][]} facts @returns {Difference|null} */
function firstDifference(facts) {
  const same = (/** @type {any} */ a, /** @type {any} */ b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  const found = facts.find(([, written, computed]) => !same(written, computed));
  return found ? { what: found[0], written: String(found[1]), computed: String(found[2]) } : null;
}

/** @param {any} told @param {any} mine @returns {[string, any, any][]} */
function compared(told, mine) {
  const groups = Object.keys(mine.chosen).sort(byPoints);
  /** @type {[string, any, any][]} */
  const facts = [["Nhóm", Object.keys(told.chosen).sort(byPoints), groups]];
  if (firstDifference(facts)) return facts;
  for (const s of groups) {
    const theirs = [...told.chosen[s], ...told.reserves[s]], own = [...mine.chosen[s], ...mine.reserves[s]];
    facts.push([`Được chọn, ${s}`, told.chosen[s].length, mine.chosen[s].length], [`Lá thăm, ${s}`, theirs.length, own.length]);
    own.forEach((code, at) => facts.push([`${s}, thứ ${at + 1}`, theirs[at], code]));
  }
  return facts;
}

/**
 * Run a published draw again, step by step. Stops at the first step that does not agree. Throws where the document
 * is none. `notice` is the code that was made public before the event.
 * @param {any} doc
 * @param {string} notice
 */
export function runAgain(doc, notice) {
  const pool = [...doc.pool].sort((a, b) => byPoints(a[0], b[0]));
  const commitment = sha256(canonical([pool, doc.rules]));
  /** @type {{name: string, difference: Difference|null, told: Record<string, any>}[]} */
  const steps = [];
  const step = (/** @type {string} */ name, /** @type {[string, any, any][]} */ facts, /** @type {Record<string, any>} */ told) => {
    const difference = firstDifference(facts);
    steps.push({ name, difference, told });
    return difference === null;
  };
  const draw = new (doc.rules.method === "doithoai-draw-2" ? Lottery : Draw)(pool, doc.rules);
  const done = (/** @type {any} */ mine) => ({ steps, draw, mine, drawn: "result" in doc });
  step("read", [], { people: pool.length, groups: draw.groups.length });
  if (!step("commitment", [["Mã đối chiếu", doc.commitment, commitment], ["Mã trong thông báo", notice, commitment]], { commitment })) return done(null);
  const table = draw instanceof Lottery ? { panels: draw.table.panels.length, tickets: draw.table.tickets, ...draw.fairness() } : {};
  if (!step("rules", draw.facts(), table) || !("result" in doc)) return done(null);
  const seed = sha256(commitment, doc.event.value);
  if (!step("seed", [["Hạt giống", doc.seed, seed], ["Sự kiện", doc.event.name, doc.rules.event]], { value: doc.event.value, seed })) return done(null);
  const mine = draw.outcome(seed);
  const same = step("ticket", [["Vé trúng", doc.result.ticket, mine.ticket], ["Phương án", doc.result.panel, mine.panel]], { ticket: mine.ticket, panel: mine.panel });
  const chosen = Object.values(mine.chosen).reduce((sum, codes) => sum + codes.length, 0);
  const reserves = Object.values(mine.reserves).reduce((sum, codes) => sum + codes.length, 0);
  if (same) step("people", compared(doc.result, mine), { chosen, reserves });
  return done(mine);
}
