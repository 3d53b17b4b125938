// The outbox: what was entered is kept on this phone until the server has given a receipt for it. Nothing else removes it.
const Outbox = (() => {
  const LAST = "outbox-last";
  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open("shouwang-phone", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("reports", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  async function within(mode, work) {
    const base = await open();
    try {
      return await new Promise((done, fail) => {
        const change = base.transaction("reports", mode, { durability: "strict" });
        const asked = work(change.objectStore("reports"));
        change.oncomplete = () => done(asked.result);
        change.onerror = change.onabort = () => fail(change.error);
      });
    } finally {
      base.close();
    }
  }

  // Items follow each other as they were entered, even where the phone's clock was put back in between.
  function turn() {
    let last = 0;
    try { last = Number(localStorage.getItem(LAST)) || 0; } catch { /* a phone that keeps nothing */ }
    const next = Math.max(Date.now(), last + 1);
    try { localStorage.setItem(LAST, next); } catch { /* the same */ }
    return next;
  }

  // The browser is asked not to clear this away by itself; how little room is left, in MB, null where there is enough.
  let asked = false;
  async function room() {
    if (!asked) navigator.storage?.persist?.().catch(() => {});
    asked = true;
    const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) || {};
    const left = Math.floor((quota - usage) / 2 ** 20);
    return left < 50 ? Math.max(left, 0) : null;
  }

  const amend = (key, more) => within("readwrite", (store) => {
    const asked = store.get(key);
    asked.onsuccess = () => { if (asked.result) store.put({ ...asked.result, ...more }); };
    return asked;
  });

  const byTurn = (one, other) => (one.turn || one.at) - (other.turn || other.at);
  return {
    turn,
    room,
    keep: (item) => within("readwrite", (store) => store.put(item)),
    amend, // What its owner has deleted meanwhile does not come back.
    drop: (key) => within("readwrite", (store) => store.delete(key)),
    one: (key) => within("readonly", (store) => store.get(key)),
    all: async () => (await within("readonly", (store) => store.getAll())).sort(byTurn),
  };
})();
