// Forms of people without an account, in a cellar too: what was entered, photos with it, waits in this browser and is sent once
// there is a network. A report waits for any page of the house, what belongs to a door for the page of that door.
(() => {
  const forms = [...document.querySelectorAll("form[data-later]")], note = document.getElementById("later");
  if (!note || !Kept.able) return;
  // How long an answer is waited for, and after how long it is tried again while the page is open.
  const WORDS = 60_000, PHOTOS = 300_000, SOON = 30_000, SELDOM = 600_000;
  const pathOf = (form) => new URL(form.action, location.href).pathname;
  const formOf = (item) => forms.find((form) => pathOf(form) === item.action);
  const isReport = (item) => item.action === note.dataset.report;
  const here = (item) => formOf(item) || isReport(item) || (location.pathname !== "/" && item.action.startsWith(location.pathname));
  const inHand = new Set(), photos = (item) => item.fields.some(([, value]) => value instanceof Blob);
  let running = null, pause = SOON, timer = 0, token = forms[0]?.elements.csrfmiddlewaretoken.value;

  // What may be sent from here, words before photos.
  const mine = async () => (await Kept.all()).filter(here).sort((one, other) => photos(one) - photos(other) || one.at - other.at);

  // A form that comes from the browser's own store was made for nobody yet.
  function renew(form) {
    if (form.dataset.later === "fresh") form.elements.key.value = Kept.mint();
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
    shown.querySelector("button").addEventListener("click", () => Kept.drop(item.key).then(() => shown.remove()));
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

  // A network that swallows what is sent and never answers is none.
  async function ask(address, told, limit) {
    const stop = new AbortController(), end = setTimeout(() => stop.abort(), limit);
    try {
      const answer = await fetch(address, { ...told, cache: "no-store", signal: stop.signal });
      return { answer, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
    } finally {
      clearTimeout(end);
    }
  }

  function reasons({ answer, page }) {
    if ([404, 410].includes(answer.status)) return note.dataset.gone;
    const said = [...page.querySelectorAll("main .fault, main p[role=alert], main [role=alert] :is(p, li):not([data-general], .row)")];
    const words = [...new Set(said.map((one) => one.textContent.trim()))].filter(Boolean).join(" ");
    return words || note.dataset.no.replace("{n}", answer.status);
  }

  async function fresh() {
    const { page } = await ask(note.dataset.form, {}, WORDS);
    token = page.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  // Taken is what led on to the next page or brought a code; the key tells the server what it has already. What is refused will
  // never be taken as it is; what came too often, or to a server in trouble, is tried later.
  async function sent(item, again = false) {
    if (!token) await fresh();
    const heard = await ask(item.action, { method: "POST", body: body(item.fields) }, photos(item) ? PHOTOS : WORDS);
    const { answer, page } = heard, { status } = answer;
    if (status === 403 && !again) return fresh().then(() => sent(item, true));
    const made = status === 201 ? page : null, read = (what) => made?.querySelector(`[data-${what}]`)?.textContent;
    const told = made && { claim: read("claim"), code: read("code") }, taken = !!told || (answer.ok && answer.redirected);
    const busy = status >= 500 || [408, 425, 429].includes(status);
    return { taken, refused: !taken && !busy, often: status === 429, why: taken ? "" : reasons(heard), page: answer.url, told, made };
  }

  // It is kept before it is sent: a page that is closed meanwhile takes nothing with it.
  async function submit(event) {
    const form = event.target;
    if (event.submitter?.name) return; // Back, or another way out of the form.
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const moment = form.elements.opened || form.elements.at; // When it was told or done, by the clock of the phone.
    if (form.dataset.later === "fresh" && moment) moment.value = new Date().toISOString();
    const item = { key: form.elements.key.value, action: pathOf(form), fields: await written(form), at: Date.now() };
    inHand.add(item.key);
    say("sending", 0);
    try {
      await Kept.alone(item.key, () => handIn(form, item), true);
    } finally {
      inHand.delete(item.key);
      delete form.dataset.busy;
    }
  }

  async function handIn(form, item) {
    const kept = await Kept.put(item).then(() => true, () => false), said = await sent(item).catch(() => null);
    if (!said || (!said.taken && !said.refused && !said.often)) return keep(form, { ...item, why: said?.why }, kept);
    // A photo is chosen once: the page that says why shows it in its form again.
    if (said.refused && photos(item) && !isReport(item)) await Kept.put({ ...item, refused: true, why: said.why }).catch(() => {});
    else await Kept.drop(item.key).catch(() => {});
    if (!said.often) await mended(form);
    if (said.made) return shown(said.made);
    if (said.taken) return location.assign(said.page);
    // The server's own reasons are read on its own page: it is sent the plain way, under the same key.
    form.elements.csrfmiddlewaretoken.value = token;
    form.submit();
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
    if (mending) await Kept.drop(mending).catch(() => {});
  }

  async function keep(form, item, kept) {
    if (!complete(form)) {
      say("", 0);
      return Kept.drop(item.key).catch(() => {});
    }
    if (!kept) return say("full", 0);
    if (item.why) await Kept.put(item);
    await mended(form);
    form.reset();
    form.elements.key.value = Kept.mint();
    waits((await mine()).filter((one) => !one.told && !one.refused));
    note.scrollIntoView({ block: "nearest" });
    later(1);
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
    shown.querySelector("button").addEventListener("click", () => Kept.drop(item.key).then(() => shown.remove()));
    document.getElementById("later-back").before(shown);
  }

  // Not taken: it stands in its form again with the reason; where its form is not, it says so and leads there.
  function back(stuck) {
    document.querySelectorAll("[data-stuck]").forEach((shown) => shown.remove());
    const why = [];
    for (const item of stuck) {
      if (!photos(item) && forms.some((form) => form.elements.key.value === item.key)) continue; // The server has put it there.
      const form = mender(item);
      if (!form) { card(item); continue; }
      if (!form.dataset.mending) fill(form, item.fields);
      form.dataset.mending = item.key;
      why.push(item.why || "");
    }
    return why;
  }

  // What came of one thing that waited; nothing, where another page has dealt with it.
  async function tried(key) {
    const item = await Kept.one(key);
    if (!item || item.told || item.refused) return {};
    const said = await sent(item);
    if (said.told) {
      const told = { key, action: item.action, fields: [], at: item.at, told: said.told };
      await Kept.put(told);
      code(told);
    } else if (said.taken) await Kept.drop(key);
    else await Kept.put({ ...item, refused: said.refused, why: said.why });
    return said;
  }

  async function round() {
    let done = 0;
    for (const item of (await mine()).filter((one) => !one.told && !one.refused && !inHand.has(one.key))) {
      const said = await Kept.alone(item.key, () => tried(item.key)).catch(() => ({ away: true }));
      if (said?.away) break;
      if (said?.taken) done += 1;
    }
    const all = (await mine()).filter((one) => !one.told && !inHand.has(one.key));
    const stuck = all.filter((one) => one.refused), left = all.filter((one) => !one.refused), why = back(stuck);
    if (why.length) tell("refused", why);
    else if (left.length) waits(left);
    else if (done) say("sent", done);
    else if (stuck.length) say("", 0);
    later(left.length + inHand.size);
  }

  function waits(left) {
    const why = left.map((one) => one.why).filter(Boolean);
    tell(why.length ? "again" : "waits", why, left.length);
  }

  function tell(what, why, n = why.length) {
    say(what, n);
    note.append(` ${[...new Set(why)].join(" ")}`);
  }

  // A network comes without a word where it was there all the time and led nowhere.
  function later(left) {
    clearTimeout(timer);
    if (!left) pause = SOON;
    else [timer, pause] = [setTimeout(flush, pause), Math.min(2 * pause, SELDOM)];
  }

  function flush() {
    running = (running || Promise.resolve()).then(round, round);
  }

  async function begin() {
    (await mine()).filter((item) => item.told).forEach(code);
    forms.forEach((form) => { renew(form); form.addEventListener("submit", submit); form.addEventListener("input", () => { form.dataset.touched = "1"; }); });
    document.querySelectorAll("form[data-step]").forEach((form) => form.addEventListener("submit", carry));
    carried();
    addEventListener("online", () => { pause = SOON; flush(); });
    flush();
  }

  begin().catch(() => {});
  // After the page itself has come: nobody waits for what is for later.
  addEventListener("load", () => {
    navigator.serviceWorker?.register(note.dataset.worker).then(() => navigator.serviceWorker.ready)
      .then(({ active }) => active?.postMessage({ lang: document.documentElement.lang })).catch(() => {});
  });
})();
