// The outbox: reports kept on this phone until the server has given a receipt for them. Nothing else removes one.
const Outbox = (() => {
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

  const byAge = (one, other) => one.at - other.at;
  return {
    keep: (report) => within("readwrite", (store) => store.put(report)),
    drop: (key) => within("readwrite", (store) => store.delete(key)),
    one: (key) => within("readonly", (store) => store.get(key)),
    all: async () => (await within("readonly", (store) => store.getAll())).sort(byAge),
  };
})();
