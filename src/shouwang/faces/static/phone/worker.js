// Opens the report form without a network. Pages come from the network first; what people enter never passes here.
const STORE = `phone-${PHONE.version}`, PATIENCE = 5000;

self.addEventListener("install", (event) => {
  const fresh = (address) => new Request(address, { cache: "reload" });
  const kept = caches.open(STORE).then((store) => store.addAll([...PHONE.shell, PHONE.away].map(fresh)));
  event.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = async () => {
    // The form last seen moves on to the new store, so that an update in a dead spot takes nothing away.
    const store = await caches.open(STORE);
    const form = (await store.match(PHONE.form)) || (await caches.match(PHONE.form));
    if (form) await store.put(PHONE.form, form);
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("phone-") && name !== STORE).map((name) => caches.delete(name)));
    await self.clients.claim();
    if (!form) await keepForm(store);
  };
  event.waitUntil(old());
});

async function keepForm(store) {
  const answer = await fetch(PHONE.form, { cache: "no-store", redirect: "manual" }).catch(() => null);
  if (answer?.ok) await store.put(PHONE.form, answer);
}

const late = (ms) => new Promise((done, fail) => setTimeout(fail, ms, new Error("late")));

async function page(event) {
  const store = await caches.open(STORE), path = new URL(event.request.url).pathname;
  try {
    const asked = fetch(event.request);
    const kept = path === PHONE.form && (await store.match(PHONE.form));
    const answer = await (kept ? Promise.race([asked, late(PATIENCE)]) : asked);
    if (kept && answer.status >= 500) return kept; // The house is being mended; reporting goes on.
    if (path === PHONE.form && answer.ok) await store.put(PHONE.form, answer.clone());
    return answer;
  } catch {
    return (await store.match(path === PHONE.form ? PHONE.form : PHONE.away)) || Response.error();
  }
}

async function part(event) {
  const store = await caches.open(STORE), kept = await store.match(event.request);
  const asked = fetch(event.request).then((answer) => {
    if (answer.ok) store.put(event.request, answer.clone());
    return answer;
  });
  if (!kept) return asked;
  event.waitUntil(asked.catch(() => {}));
  return kept;
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (PHONE.shell.includes(address.pathname + address.search)) event.respondWith(part(event));
});
