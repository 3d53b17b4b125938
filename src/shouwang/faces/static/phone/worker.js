// Opens pages without a network. Pages come from the network first; what people enter never passes here.
const SHELL = `phone-${PHONE.version}`, PAGES = "pages-", WHOSE = "whose", PATIENCE = 5000, MOST = 400, AGE = 72 * 3600_000;
// When the person at this phone last changed, and when somebody last signed out or in: what was asked for before counts no more.
let since = 0, left = 0;
const PARTS = new Set(PHONE.shell.map((address) => address.split("?")[0]));

self.addEventListener("install", (event) => {
  const fresh = (address) => new Request(address, { cache: "reload" });
  const kept = caches.open(SHELL).then((store) => store.addAll([...PHONE.shell, PHONE.away].map(fresh)));
  event.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const begin = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("phone-") && name !== SHELL).map((name) => caches.delete(name)));
    await self.clients.claim();
    await renew([PHONE.form, PHONE.kept]);
  };
  event.waitUntil(begin());
});

// One page under one name: what only says that something was just done is left out.
function nameOf(address) {
  const found = new URL(address, location.origin);
  found.searchParams.delete("done");
  return found.pathname + found.search;
}

// For whom the network last answered: what was kept for anybody else is not shown any more.
const whose = async () => (await (await caches.open(WHOSE)).match(PHONE.form))?.text();

// Only what the server marks may be kept, under the person it was made for; what another person left goes.
async function keep(address, answer, began) {
  if (!answer.ok || answer.headers.get("Offline") !== "keep") return;
  const text = await answer.text(), who = /<body[^>]* data-who="([^"]+)"/.exec(text)?.[1];
  if (!who || began <= left) return;
  if (who !== (await whose())) {
    if (began < since) return; // Asked for before the next person was known.
    since = Date.now();
  }
  await (await caches.open(WHOSE)).put(PHONE.form, new Response(who));
  const mine = PAGES + who, names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PAGES) && name !== mine).map((name) => caches.delete(name)));
  const store = await caches.open(mine), headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.set("Kept", new Date().toISOString());
  await store.put(nameOf(address), new Response(text, { headers }));
  const pages = (await store.keys()).filter((one) => ![PHONE.form, PHONE.kept].includes(new URL(one.url).pathname));
  await Promise.all(pages.slice(0, Math.max(pages.length - MOST, 0)).map((one) => store.delete(one)));
  if (began <= left) await caches.delete(mine);
}

// A page as it was seen; it says itself since when. The forms to begin with never age, the rest does.
async function kept(address) {
  const name = nameOf(address), who = await whose();
  const own = (await caches.keys()).filter((one) => (who ? one === PAGES + who : one.startsWith(PAGES)));
  for (const store of own) {
    const found = await (await caches.open(store)).match(name);
    if (!found) continue;
    const since = found.headers.get("Kept"), old = Date.now() - new Date(since) > AGE;
    if (old && ![PHONE.form, PHONE.kept].includes(name.split("?")[0])) continue;
    const text = (await found.text()).replace("<body", `<body data-kept="${since}"`);
    return new Response(text, { headers: found.headers });
  }
  return stencilled(name.split("?")[0], own);
}

// A form that is the same at every door is kept once; which door it is, and its mark, the package knows.
async function stencilled(path, own) {
  const [id, page] = PHONE.stencils.map(([pattern, form]) => [new RegExp(pattern).exec(path)?.[1], form]).find(([found]) => found) || [];
  for (const name of id ? own : []) {
    const store = await caches.open(name), form = await store.match(page), told = await (await store.match(PHONE.package))?.json();
    const row = told?.parts.filter((part) => part.stencil).flatMap((part) => part.rows).find((one) => one.id === id);
    if (!form || !row) continue;
    const mark = row.words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const text = (await form.text()).replace("<body", `<body data-kept="${form.headers.get("Kept")}"`).replaceAll("{mark}", () => mark).replaceAll(PHONE.any, id);
    return new Response(text, { headers: form.headers });
  }
  return null;
}

// All of it was asked for when it was asked for: whoever leaves in the middle leaves nothing of the rest behind.
async function renew(addresses) {
  const began = Date.now();
  for (const address of addresses) {
    if (began <= left) return;
    const answer = await fetch(address, { cache: "no-store", redirect: "manual", headers: { Offline: "keep" } }).catch(() => null);
    if (!answer) return;
    await keep(address, answer, began);
  }
}

const late = (ms) => new Promise((done, fail) => setTimeout(fail, ms, new Error("late")));

async function page(event) {
  const address = event.request.url, before = await kept(address), began = Date.now(), asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => keep(address, answer.clone(), began)).catch(() => {})); // However late it comes.
  try {
    const answer = await (before ? Promise.race([asked, late(PATIENCE)]) : asked);
    if (before && answer.status >= 500) return before; // The house is being mended; work goes on.
    return answer;
  } catch {
    return before || (await caches.match(PHONE.away)) || Response.error();
  }
}

// A page kept under an older version asks for older parts: the newer ones serve it.
async function part(event) {
  const store = await caches.open(SHELL), found = await store.match(event.request);
  if (found) return found;
  return fetch(event.request).catch(async () => (await store.match(event.request, { ignoreSearch: true })) || Response.error());
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (PARTS.has(address.pathname)) event.respondWith(part(event));
});

self.addEventListener("message", (event) => {
  if (event.data?.left) {
    left = Date.now();
    event.ports[0]?.postMessage(true);
  }
  if (Array.isArray(event.data?.renew)) event.waitUntil(renew(event.data.renew));
});
