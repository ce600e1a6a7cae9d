// Whoever signed out left no list of names on this device; acts that wait stay until their own author is back.
// An expired session comes here with the page to go back to, and its list is needed there when the line fails again.

const note = /** @type {HTMLElement} */ (document.querySelector("[data-left-here]"));

/** @returns {Promise<number>} how many acts wait on this device */
function waiting() {
  return new Promise((resolve) => {
    const request = indexedDB.open("doithoai-commands");
    request.onupgradeneeded = () => request.transaction?.abort(); // there is none: leave none behind
    request.onerror = () => resolve(0);
    request.onsuccess = () => {
      const { result: db } = request;
      const counted = db.transaction("commands").objectStore("commands").count();
      counted.onsuccess = () => resolve(counted.result);
      counted.onerror = () => resolve(0);
    };
  });
}

async function forget() {
  const isSignedOut = !new URLSearchParams(location.search).has("toi");
  if (isSignedOut && "caches" in window) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  const count = await waiting();
  note.hidden = !count;
  note.textContent = (note.dataset.words || "").replace("{count}", String(count));
}

forget();
