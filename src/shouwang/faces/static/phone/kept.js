// What of the grid is kept on this phone to be read without a network: fetched as it changes, dated, wiped on signing out.
const Kept = (() => {
  const page = document.body.dataset, EVERY = 600_000, MOST = 40, CALM = 1500;
  const words = { dateStyle: "short", timeStyle: "short", hourCycle: "h23" };
  const said = (moment) => new Date(moment).toLocaleString(document.documentElement.lang, words);
  const store = () => caches.open(`pages-${page.who}`);
  const able = !!(page.who && globalThis.caches);

  async function read() {
    const found = able && (await (await store()).match(page.package));
    return found ? found.json() : null;
  }

  // Whole parts replace what was kept, others only what changed since.
  function merged(old, told) {
    const before = Object.fromEntries((old?.parts || []).map((part) => [part.name, part.rows]));
    const parts = told.parts.map((part) => {
      const changed = new Set([...part.gone, ...part.rows.map((row) => row.id)]);
      const left = part.whole ? [] : (before[part.name] || []).filter((row) => !changed.has(row.id));
      return { ...part, rows: [...left, ...part.rows].sort((one, other) => (one.rank < other.rank ? -1 : 1)) };
    });
    return { ...told, parts };
  }

  async function fetched() {
    const old = await read();
    if (old && !page.kept && Date.now() - old.fetched < EVERY) return old;
    const since = old ? `?since=${encodeURIComponent(old.since)}` : "";
    const answer = await fetch(page.package + since, { cache: "no-store", redirect: "manual", headers: { Accept: "application/json" } });
    if (!answer.ok) return old;
    const told = await answer.json();
    if (told.who !== page.who) return foreign();
    const now = { ...merged(old, told), fetched: Date.now() };
    await (await store()).put(page.package, Response.json(now));
    const pages = await wanted(old, now);
    if (!old || pages.length) navigator.serviceWorker?.controller?.postMessage({ renew: [...told.lists, ...pages] });
    return now;
  }

  // Pages of what changed, then those that found no room last time; forms that are the same at every door are in the lists.
  async function wanted(old, now) {
    const had = new Set((old?.parts || []).flatMap((part) => part.rows).map((row) => JSON.stringify(row)));
    const kept = new Set((await (await store()).keys()).map((one) => new URL(one.url).pathname));
    const rows = now.parts.filter((part) => !part.stencil).flatMap((part) => part.rows).filter((row) => row.page);
    const changed = rows.filter((row) => !had.has(JSON.stringify(row))), missing = rows.filter((row) => !kept.has(row.page));
    return [...new Set([...changed, ...missing].map((row) => row.page))].slice(0, MOST);
  }

  // Somebody else is signed in by now: what was kept for the person before goes, and the page that came from it.
  async function foreign() {
    await Leave.wiped();
    if (page.kept && !Entry.touched()) location.reload(); // What somebody is writing stays; it is theirs who are known now.
    return null;
  }

  function list(told) {
    const place = document.getElementById("package");
    if (!place || !told) return;
    const section = document.getElementById("package-part").content, model = document.getElementById("package-row").content;
    place.querySelector("p[data-since]").textContent = place.dataset.since.replace("{at}", said(told.at));
    place.querySelector("[data-parts]").replaceChildren(...told.parts.filter((part) => part.rows.length).map((part) => {
      const made = section.cloneNode(true);
      made.querySelector("h3").textContent = part.label;
      made.querySelector("ul").replaceChildren(...part.rows.map((row) => {
        const one = model.cloneNode(true), link = one.querySelector("a");
        link.textContent = row.words;
        if (row.page) link.href = row.page;
        one.querySelector("[data-more]").textContent = row.more;
        return one;
      }));
      return made;
    }));
    place.hidden = false;
  }

  // A page as it was: it says since when, and what needs the network is not offered.
  function dated() {
    const note = document.getElementById("since");
    if (!page.kept || !note || document.getElementById("report")) return;
    note.textContent = note.dataset.since.replace("{at}", said(page.kept));
    note.hidden = false;
    for (const form of document.querySelectorAll("main form:not([data-outbox])")) (form.closest("details") || form).hidden = true;
    document.querySelectorAll("main .photos").forEach((photos) => { photos.hidden = true; });
    addEventListener("online", () => setTimeout(again, CALM));
  }

  // A network that only flickers must not take the page from under a person who is leaving it, nor what they are writing. What
  // waits is handed in first: whoever was signed out meanwhile is told so here, not led away without a word.
  async function again() {
    if (!navigator.onLine || Entry.touched()) return;
    const outcome = await Send.flush();
    if (navigator.onLine && !outcome.signedOut && !Entry.touched()) location.reload();
  }

  async function refresh() {
    list(await read().catch(() => null));
    if (!able || !navigator.onLine) return;
    list(await fetched().catch(() => null));
  }

  // Says what this browser or the app around it does not offer.
  async function offers() {
    const place = document.getElementById("offers");
    if (!place) return;
    const asked = await navigator.serviceWorker?.getRegistration(page.form).catch(() => null);
    const works = asked || (await Promise.race([navigator.serviceWorker?.ready.catch(() => null), new Promise((done) => setTimeout(done, 3000))]));
    const lacks = { pages: !works, outbox: !Entry.works, place: !navigator.geolocation || !isSecureContext };
    for (const line of place.querySelectorAll("[data-lacks]")) line.hidden = !lacks[line.dataset.lacks];
    place.hidden = !Object.values(lacks).some(Boolean);
  }

  navigator.serviceWorker?.register(page.worker, { scope: page.form }).catch(() => {});
  dated();
  addEventListener("load", () => { setTimeout(refresh, document.getElementById("package") ? 0 : CALM); offers(); });
  return { read, refresh };
})();
