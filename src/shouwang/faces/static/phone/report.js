// The report: a photo, a tile, a tap. It goes into the outbox first and leaves it only against a receipt.
(() => {
  const form = document.getElementById("report");
  if (!form || !("indexedDB" in window)) return;
  const by = (id) => document.getElementById(id);
  const send = by("send"), where = by("where"), stored = by("stored"), saved = by("saved");
  const fields = form.elements, words = send.textContent, LAST_GRID = "grid";
  let photos = {}, shrinking = Promise.resolve(), busy = false, mending = "", conflict = false, given = {};

  // Ids are minted here. Plain HTTP pages have no randomUUID, and a village office may well be one.
  function mint() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function take(input, purpose) {
    const file = input.files[0];
    if (!file) return;
    saved.hidden = true;
    if (purpose === "before") moment();
    shrinking = Shrink.shrunk(file).then((photo) => {
      photos[purpose] = photo;
      Shrink.show(by(purpose), photo);
      label();
    });
  }

  function moment() {
    fields.taken.value = new Date().toISOString();
    place();
  }

  // The phone asks once for leave to know the place; without it everything works the same.
  function place() {
    if (!navigator.geolocation || given.forgotten) return;
    const found = ({ coords }) => {
      fields.lon.value = coords.longitude;
      fields.lat.value = coords.latitude;
      fields.accuracy.value = Math.round(coords.accuracy);
      where.textContent = where.dataset.placed.replace("{n}", fields.accuracy.value);
      by("forget").hidden = false;
    };
    const missing = () => { if (!fields.lon.value) where.textContent = where.dataset.unplaced; };
    navigator.geolocation.getCurrentPosition(found, missing, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 });
  }

  function unplace() {
    fields.lon.value = fields.lat.value = fields.accuracy.value = "";
    where.textContent = where.dataset.unplaced;
    by("forget").hidden = true;
  }

  const hasAfter = () => photos.after || fields.held_after;

  function label() {
    send.textContent = hasAfter() ? send.dataset.fixed : words;
  }

  function written() {
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") values[name] = value;
    }
    return values;
  }

  async function submit(event) {
    if (event.submitter?.name === "join") return; // It goes to a case that is known: the page itself carries it.
    if (busy) return event.preventDefault();
    if (!fields.kind.value) {
      event.preventDefault();
      by("kind-fault").hidden = false;
      form.querySelector("[name=kind]").focus();
      return;
    }
    event.preventDefault();
    busy = true;
    send.setAttribute("aria-disabled", "true");
    send.textContent = send.dataset.busy;
    await shrinking;
    if (!mending && !photos.before && !fields.held_before) fields.taken.value = new Date().toISOString();
    const key = mending && !conflict ? mending : mint();
    const report = { key, who: document.body.dataset.who, at: Date.now(), fields: { ...written(), key }, photos, kind: kindWords() };
    try {
      await Outbox.keep(report);
      if (conflict) await Outbox.drop(mending);
    } catch {
      return form.submit(); // No room or no database on this phone: the page itself carries it.
    }
    mending = key;
    conflict = false;
    const outcome = await Promise.race([Send.flush(), new Promise((done) => setTimeout(done, 20_000, {}))]);
    const receipt = outcome.receipts?.[key];
    if (receipt) return location.assign(receipt.next);
    await afterwards(key);
  }

  // Not taken yet: either it waits on the phone and the next may be reported, or it came back with a reason.
  async function afterwards(key) {
    const report = await Outbox.one(key).catch(() => null);
    if (report?.faults) {
      fault(report);
    } else {
      clear();
      saved.hidden = false;
    }
    busy = false;
    send.removeAttribute("aria-disabled");
    label();
    by("main").scrollTo(0, 0);
    scrollTo(0, 0);
  }

  function fault(report) {
    const named = Object.keys(report.faults);
    if (named.some((name) => ["place", "site", "found_at", "note"].includes(name))) form.querySelector(".more").open = true;
  }

  function clear() {
    const grid = fields.region.value;
    form.reset();
    fields.region.value = grid;
    photos = {};
    given = {};
    mending = "";
    conflict = false;
    fields.taken.value = new Date().toISOString();
    form.querySelectorAll("[name^=held_]").forEach((slip) => slip.remove());
    ["before", "after"].forEach((purpose) => Shrink.show(by(purpose), null));
    unplace();
    where.textContent = "";
    by("kind-fault").hidden = true;
  }

  const kindWords = () => form.querySelector("[name=kind]:checked").closest("label").textContent.trim();

  function mend(report) {
    clear();
    for (const [name, value] of Object.entries(report.fields)) {
      if (fields[name]?.type === "checkbox") fields[name].checked = true;
      else if (fields[name]) fields[name].value = value;
    }
    photos = { ...report.photos };
    for (const [purpose, photo] of Object.entries(photos)) Shrink.show(by(purpose), photo);
    mending = report.key;
    conflict = !!report.conflict; // Its key stands for other contents on the server already.
    label();
    fault(report);
    by("before").scrollIntoView();
  }

  function list(all) {
    stored.hidden = !all.length;
    if (!all.length || all.some((report) => report.faults)) saved.hidden = true;
    stored.querySelector("ul").replaceChildren(...all.map((report) => {
      const row = by("stored-row").content.cloneNode(true), part = (name) => row.querySelector(`[data-${name}]`);
      part("kind").textContent = report.kind;
      part("at").textContent = new Date(report.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short", hourCycle: "h23" });
      part("why").hidden = part("mend").hidden = !report.faults;
      part("why").textContent = Object.values(report.faults || {}).join(" ");
      part("mend").onclick = () => mend(report);
      part("drop").onclick = () => Outbox.drop(report.key).then(Send.flush);
      return row;
    }));
  }

  form.addEventListener("submit", submit);
  form.addEventListener("change", ({ target }) => {
    if (target.type === "file") take(target, target.dataset.for || target.name);
    if (target.name === "kind") by("kind-fault").hidden = true;
    if (target.name === "region" && target.options) {
      by("here").textContent = target.selectedOptions[0].textContent;
      try { localStorage.setItem(LAST_GRID, target.value); } catch { /* a phone that keeps nothing */ }
    }
  });
  by("forget").addEventListener("click", () => { given.forgotten = true; unplace(); });
  document.addEventListener("outbox", ({ detail }) => list(detail.all));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  try {
    const last = localStorage.getItem(LAST_GRID), choice = fields.region;
    if (last && choice.options && [...choice.options].some((one) => one.value === last)) {
      choice.value = last;
      by("here").textContent = choice.selectedOptions[0].textContent;
    }
  } catch { /* a phone that keeps nothing */ }
  label();
})();
