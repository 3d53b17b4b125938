// Forms of people without an account, in a cellar too: what was entered, photos with it, waits in this browser and is sent once
// there is a network. A report waits for any page of the house, what belongs to a door for the page of that door.
(() => {
  const forms = [...document.querySelectorAll("form[data-later]")], note = document.getElementById("later");
  const LASTS = 14 * 24 * 3600_000;
  if (!note || !globalThis.indexedDB) return; // A browser that keeps nothing: the forms stay plain.
  const pathOf = (form) => new URL(form.action, location.href).pathname;
  const formOf = (item) => forms.find((form) => pathOf(form) === item.action);
  const isReport = (item) => item.action === note.dataset.report;
  const here = (item) => formOf(item) || isReport(item) || (location.pathname !== "/" && item.action.startsWith(location.pathname));
  let running = null, token = forms[0]?.elements.csrfmiddlewaretoken.value;

  const opened = new Promise((ok, no) => {
    const asked = indexedDB.open("later", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("items", { keyPath: "key" });
    asked.onsuccess = () => ok(asked.result);
    asked.onerror = () => no(asked.error);
  });
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

  // What may be sent from here; what waited a fortnight names people for nothing.
  async function mine() {
    const all = await store("readonly", (items) => items.getAll()), old = all.filter((item) => Date.now() - item.at > LASTS);
    for (const item of old) await drop(item.key);
    return all.filter((item) => !old.includes(item) && here(item));
  }

  function mint() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // A form that comes from the browser's own store was made for nobody yet.
  function renew(form) {
    if (form.dataset.later === "fresh") form.elements.key.value = mint();
  }

  function say(what, n) {
    note.hidden = !what;
    note.textContent = what ? note.dataset[what].replace("{n}", n) : "";
    note.classList.toggle("green", what === "sent");
  }

  function code(item) {
    const shown = document.getElementById("later-code").content.cloneNode(true).firstElementChild;
    shown.querySelector("[data-claim]").textContent = item.told.claim;
    shown.querySelector("[data-code]").textContent = item.told.code;
    shown.querySelector("button").addEventListener("click", () => drop(item.key).then(() => shown.remove()));
    document.getElementById("later-code").before(shown);
  }

  async function written(form) {
    const fields = [];
    for (const [name, value] of new FormData(form)) {
      if (name === "csrfmiddlewaretoken" || (value instanceof File && !value.size)) continue;
      fields.push([name, value instanceof File ? await Shrink.shrunk(value) : value]);
    }
    return fields;
  }

  function body(fields) {
    const sheet = new FormData();
    for (const [name, value] of fields) value instanceof Blob ? sheet.append(name, value, "photo.jpg") : sheet.append(name, value);
    sheet.append("csrfmiddlewaretoken", token);
    return sheet;
  }

  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  function reasons(page) {
    const said = [...page.querySelectorAll("main .fault, main [role=alert] p:not([data-general])")].map((one) => one.textContent.trim());
    return [...new Set(said)].filter(Boolean).join(" ");
  }

  async function fresh() {
    const page = await parsed(await fetch(note.dataset.form, { cache: "no-store" }));
    token = page.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  // Taken is what led on to the next page or brought a code; the key tells the server what it has already.
  async function sent(item, again = false) {
    if (!token) await fresh();
    const answer = await fetch(item.action, { method: "POST", body: body(item.fields), cache: "no-store" });
    if (answer.status === 403 && !again) return fresh().then(() => sent(item, true));
    const made = answer.status === 201 ? await parsed(answer) : null, read = (what) => made?.querySelector(`[data-${what}]`)?.textContent;
    const told = made && { claim: read("claim"), code: read("code") }, refused = [409, 422].includes(answer.status);
    return {
      taken: !!told || (answer.ok && answer.redirected), refused, why: refused ? reasons(await parsed(answer)) : "",
      gone: [404, 410].includes(answer.status), page: answer.url, told, made,
    };
  }

  // The server's own reasons are read on its own page: it is sent the plain way, under the same key.
  async function submit(event) {
    const form = event.target;
    if (event.submitter?.name) return; // Back, or another way out of the form.
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const moment = form.elements.opened || form.elements.at; // When it was told or done, by the clock of the phone.
    if (form.dataset.later === "fresh" && moment) moment.value = new Date().toISOString();
    const item = { key: form.elements.key.value, action: pathOf(form), fields: await written(form), at: Date.now() };
    try {
      const said = await sent(item);
      if (said.taken || said.refused) await mended(form);
      if (said.made) shown(said.made); else if (said.taken) location.assign(said.page); else form.submit();
    } catch {
      await keep(form, item);
    }
    delete form.dataset.busy;
  }

  function shown(page) {
    document.getElementById("main").replaceWith(document.adoptNode(page.getElementById("main")));
    document.title = page.title;
    scrollTo(0, 0);
  }

  // What the server would only say once there is a network is said at its field now.
  function complete(form) {
    form.querySelectorAll(".fault.said").forEach((said) => { said.parentElement.classList.remove("bad"); said.remove(); });
    const asked = [...form.querySelectorAll("[data-missing]")].filter((one) => !one.dataset.when || form.querySelector(one.dataset.when));
    const missing = asked.filter((one) => !(one.matches("fieldset") ? one.querySelector(":checked") : one.value.trim()));
    for (const one of missing) {
      const place = one.closest(".field, fieldset"), said = { className: "fault said", role: "alert", textContent: one.dataset.missing };
      place.classList.add("bad");
      place.append(Object.assign(document.createElement("p"), said));
    }
    const [first] = missing;
    first?.scrollIntoView({ block: "center" });
    (first?.matches("fieldset") ? first.querySelector("input") : first)?.focus({ preventScroll: true });
    return !first;
  }

  // What came back is in the form no more than in the store once it is on its way again.
  async function mended(form) {
    const { mending } = form.dataset;
    delete form.dataset.mending;
    delete form.dataset.touched;
    if (mending) await drop(mending).catch(() => {});
  }

  async function keep(form, item) {
    if (!complete(form)) return;
    try {
      await put(item);
    } catch {
      return say("full", 0);
    }
    await mended(form);
    form.reset();
    form.elements.key.value = mint();
    say("waits", (await mine()).filter((one) => !one.told).length);
    note.scrollIntoView({ block: "nearest" });
  }

  function fill(form, fields) {
    for (const control of form.elements) {
      const values = fields.filter(([field]) => field === control.name).map(([, value]) => value);
      if (!values.length || ["key", "opened", "step", "csrfmiddlewaretoken"].includes(control.name)) continue;
      if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
      else if (control.type === "file") Shrink.into(control, values[0]);
      else control.value = values[0];
    }
  }

  // The network went between two questions: the form of one page goes on with what was answered.
  function carry(event) {
    if (navigator.onLine) return;
    event.preventDefault();
    sessionStorage.setItem("carried", JSON.stringify([...new FormData(event.target)]));
    location.assign(note.dataset.form);
  }

  function carried() {
    const form = forms.find((one) => pathOf(one) === note.dataset.report), fields = sessionStorage.getItem("carried");
    if (!form || !fields) return;
    sessionStorage.removeItem("carried");
    fill(form, JSON.parse(fields));
    form.dataset.touched = "1";
  }

  // A form in which somebody is writing is left alone; a report is mended where all its questions stand on one page.
  function mender(item) {
    const fits = (form) => pathOf(form) === item.action && (!isReport(item) || form.dataset.later === "fresh");
    return forms.find((form) => form.dataset.mending === item.key || (fits(form) && !form.dataset.touched && !form.dataset.mending));
  }

  function card(item) {
    const shown = document.getElementById("later-back").content.cloneNode(true).firstElementChild;
    const told = (name) => item.fields.find(([field]) => field === name)?.[1] || "";
    shown.dataset.stuck = item.key;
    shown.querySelector("[data-why]").textContent = item.why || "";
    shown.querySelector("[data-what]").textContent = [told("place"), told("note")].filter(Boolean).join(" · ");
    if (!isReport(item)) shown.querySelector("a").remove();
    shown.querySelector("button").addEventListener("click", () => drop(item.key).then(() => shown.remove()));
    document.getElementById("later-back").before(shown);
  }

  // Not taken: it stands in its form again with the reason; where its form is not, it says so and leads there.
  function back(stuck) {
    document.querySelectorAll("[data-stuck]").forEach((shown) => shown.remove());
    const why = [];
    for (const item of stuck) {
      const form = mender(item);
      if (!form) { card(item); continue; }
      if (!form.dataset.mending) fill(form, item.fields);
      form.dataset.mending = item.key;
      why.push(item.why || "");
    }
    return why;
  }

  async function round() {
    let done = 0;
    for (const item of (await mine()).filter((one) => !one.told && !one.refused)) {
      const said = await sent(item).catch(() => null);
      if (!said) break;
      if (said.gone) await drop(item.key); // This code opens nothing any more.
      if (said.refused) await put({ ...item, refused: true, why: said.why });
      if (!said.taken) continue;
      done += 1;
      const told = { key: item.key, action: item.action, fields: [], at: item.at, told: said.told };
      if (said.told) { await put(told); code(told); } else await drop(item.key);
    }
    const all = (await mine()).filter((one) => !one.told), stuck = all.filter((one) => one.refused), left = all.length - stuck.length;
    const why = back(stuck);
    if (why.length) { say("refused", why.length); note.append(` ${why.join(" ")}`); }
    else if (left) say("waits", left);
    else if (done) say("sent", done);
    else if (stuck.length) say("", 0);
  }

  // Two pages of the house at once would only send the same twice.
  function flush() {
    const once = () => (navigator.locks ? navigator.locks.request("later", round) : round());
    running = (running || Promise.resolve()).then(once, once);
  }

  async function begin() {
    (await mine()).filter((item) => item.told).forEach(code);
    forms.forEach((form) => { renew(form); form.addEventListener("submit", submit); form.addEventListener("input", () => { form.dataset.touched = "1"; }); });
    document.querySelectorAll("form[data-step]").forEach((form) => form.addEventListener("submit", carry));
    carried();
    addEventListener("online", flush);
    flush();
  }

  begin().catch(() => {});
  // After the page itself has come: nobody waits for what is for later.
  addEventListener("load", () => {
    navigator.serviceWorker?.register(note.dataset.worker).then(() => navigator.serviceWorker.ready)
      .then(({ active }) => active?.postMessage({ lang: document.documentElement.lang })).catch(() => {});
  });
})();
