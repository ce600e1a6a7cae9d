// Opens the page at the door of one venue while the line is away. It keeps that page, with the names of that venue only,
// and the styles and scripts it needs; until the end of the sitting's day, or until somebody signs out.

const KEPT = `diem-danh ${self.registration.scope}`;
const UNTIL = "het-han"; // under this name the instant is kept after which nothing here is used any more
const PATIENCE = 4000; // ms for a slow line before what is kept is shown

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(sweep().then(() => self.clients.claim())));

self.addEventListener("message", (event) => {
  const { keep, forget } = event.data;
  const work = forget ? caches.delete(KEPT) : hold(keep);
  event.waitUntil(Promise.resolve(work).then((isDone) => event.ports[0]?.postMessage(isDone)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isPage = request.mode === "navigate" && request.url.startsWith(self.registration.scope);
  const isOurs = origin === self.location.origin && (isPage || pathname.startsWith("/static/"));
  if (request.method === "GET" && isOurs) event.respondWith(answer(request));
});

/** Fetch a page and its files anew and keep them together. @param {{urls: string[], seconds: number}} what */
async function hold({ urls, seconds }) {
  if (seconds <= 0) return !(await caches.delete(KEPT));
  const answers = await Promise.all(urls.map((url) => fetch(url, { credentials: "same-origin" }).catch(() => null)));
  if (!answers.every((response) => response?.ok && !response.redirected)) return false; // signed out, or no line
  const kept = await caches.open(KEPT);
  await Promise.all(answers.map((response, place) => kept.put(urls[place], response)));
  await kept.put(UNTIL, new Response(String(Date.now() + 1000 * seconds)));
  return true;
}

/** Throw away what is past its time; what is left. @returns {Promise<Cache>} */
async function sweep() {
  const kept = await caches.open(KEPT);
  const until = await kept.match(UNTIL);
  if (until && Number(await until.text()) <= Date.now()) await caches.delete(KEPT);
  return caches.open(KEPT);
}

/** The server's answer; what is kept where it does not come, or not soon enough. @param {Request} request */
async function answer(request) {
  const kept = await (await sweep()).match(request, { ignoreSearch: true });
  if (!kept) return fetch(request);
  const asked = fetch(request).then((response) => (response.status < 500 ? response : kept));
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([asked.catch(() => kept), late]);
}
