// What waits in this browser for a network: one shelf for all pages of the house, and each thing on it in one hand at a time.
const Kept = (() => {
  const LASTS = 14 * 24 * 3600_000, able = !!globalThis.indexedDB; // A browser that keeps nothing: the forms stay plain.

  const opened = able ? new Promise((ok, no) => {
    const asked = indexedDB.open("later", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("items", { keyPath: "key" });
    asked.onsuccess = () => ok(asked.result);
    asked.onerror = () => no(asked.error);
  }) : Promise.reject(new Error("nothing is kept"));
  opened.catch(() => {});

  async function store(mode, act) {
    const work = (await opened).transaction("items", mode), asked = act(work.objectStore("items"));
    return new Promise((ok, no) => {
      work.oncomplete = () => ok(asked.result);
      work.onerror = work.onabort = () => no(work.error);
    });
  }
  const put = (item) => store("readwrite", (items) => items.put(item));
  const drop = (key) => store("readwrite", (items) => items.delete(key));
  const one = (key) => store("readonly", (items) => items.get(key));

  // What waited a fortnight names people for nothing.
  async function all() {
    const found = await store("readonly", (items) => items.getAll()), old = found.filter((item) => Date.now() - item.at > LASTS);
    for (const item of old) await drop(item.key);
    return found.filter((item) => !old.includes(item));
  }

  function mint() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // Two pages at once would only send the same twice: what another has in hand is left alone, or waited for.
  const alone = (key, act, wait = false) => (navigator.locks
    ? navigator.locks.request(`later:${key}`, { ifAvailable: !wait }, (held) => held && act()) : act());

  return { able, put, drop, one, all, mint, alone };
})();
