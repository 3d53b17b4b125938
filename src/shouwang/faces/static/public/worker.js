// Whoever was on a page of the house once can report from a cellar: any door's code then opens the form kept here. Nothing else is
// kept, and no page of anybody.
const SHELL = `public-${PUBLIC.version}`, PARTS = new Set(PUBLIC.shell.map((address) => address.split("?")[0]));
const OURS = new RegExp(PUBLIC.pages);
let lang = "", renewed = 0;

const fresh = (address) => new Request(address, { cache: "reload" });

self.addEventListener("install", (event) => {
  const kept = caches.open(SHELL).then((store) => store.addAll([...PUBLIC.shell, PUBLIC.form].map(fresh)));
  event.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const begin = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("public-") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(begin());
});

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await (await caches.open(SHELL)).match(PUBLIC.form)) || Response.error();
  }
}

async function part(request) {
  return fetch(request).catch(async () => (await caches.match(request, { ignoreSearch: true, cacheName: SHELL })) || Response.error());
}

self.addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && OURS.test(address.pathname)) event.respondWith(page(request));
  else if (PARTS.has(address.pathname)) event.respondWith(part(request));
});

// In the language last read.
self.addEventListener("message", (event) => {
  if (!event.data?.lang || (event.data.lang === lang && Date.now() - renewed < 3600_000)) return;
  [lang, renewed] = [event.data.lang, Date.now()];
  event.waitUntil(caches.open(SHELL).then((store) => store.add(fresh(PUBLIC.form))).catch(() => { renewed = 0; }));
});
