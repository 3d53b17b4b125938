// Every form with data-outbox: entered with or without a network, kept first, sent then, brought back when it is refused.
const Entry = (() => {
  const works = !!globalThis.indexedDB, held = new WeakMap();

  // Ids are minted here. Plain HTTP pages have no randomUUID, and a village office may well be one.
  function mint() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function written(form) {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || name === "csrfmiddlewaretoken") continue;
      fields[name] = name in fields ? [fields[name], value].flat() : value;
    }
    return fields;
  }

  function show(form, name, photo) {
    const label = form.querySelector(`input[type=file][name="${name}"]`)?.closest("label");
    if (label?.querySelector("[data-ask]")) Shrink.show(label, photo);
  }

  function take(form, input) {
    const file = input.files[0], name = input.dataset.for || input.name, mine = held.get(form);
    if (!file || !name) return;
    mine.shrinking = mine.shrinking.then(() => Shrink.shrunk(file)).then((photo) => {
      mine.photos[name] = photo;
      show(form, name, photo);
      mine.hooks.label?.();
    });
  }

  function fill(form, item) {
    const mine = held.get(form);
    form.reset();
    for (const control of form.elements) {
      const value = item.fields[control.name];
      if (!control.name || control.name === "csrfmiddlewaretoken" || control.type === "file" || "fresh" in control.dataset) continue;
      if (control.type === "checkbox" || control.type === "radio") control.checked = [value].flat().includes(control.value);
      else if (value !== undefined) control.value = [value].flat()[0];
    }
    mine.photos = { ...item.photos };
    mine.extra = Object.fromEntries(Object.entries(item.fields).filter(([name]) => !form.elements[name]));
    for (const [name, photo] of Object.entries(mine.photos)) show(form, name, photo);
    mine.mending = item.key;
    mine.noted = item.noted || "";
    mine.conflict = !!item.conflict; // Its key stands for other contents on the server already.
    mine.hooks.filled?.(item);
    fault(form, item);
  }

  function clear(form) {
    const mine = held.get(form);
    for (const name of Object.keys(mine.photos)) show(form, name, null);
    Object.assign(mine, { photos: {}, extra: {}, touched: false, mending: "", noted: "", conflict: false });
    form.reset();
    fault(form, null);
    mine.hooks.cleared?.();
  }

  // Which field a reason is about: it stands there too, and what the field asks stands before it above the form.
  function named(form, name, words) {
    const control = form.elements[name], place = (control?.closest ? control : control?.[0])?.closest(".field, fieldset");
    const asks = place?.querySelector("label, legend")?.textContent.trim();
    if (!asks) return words;
    place.classList.add("bad");
    place.append(Object.assign(document.createElement("p"), { className: "fault said", textContent: words }));
    return `${asks}: ${words}`;
  }

  function unmarked(form) {
    form.querySelectorAll(".fault.said").forEach((said) => { said.parentElement.classList.remove("bad"); said.remove(); });
    form.querySelector(":scope > [data-faults]")?.remove();
  }

  // The reasons stand above the form they answer, as they do where the page itself comes back.
  function fault(form, item) {
    unmarked(form);
    if (!item?.faults) return;
    const note = document.getElementById("faults-note").content.cloneNode(true).firstElementChild;
    note.querySelector("[data-why]").textContent = Object.entries(item.faults).filter(([, words]) => words)
      .map(([name, words]) => named(form, name, words)).join(" ");
    form.prepend(note);
    note.scrollIntoView?.({ block: "nearest" });
    note.focus();
    for (const name of Object.keys(item.faults)) form.elements[name]?.closest?.("details")?.setAttribute("open", "");
    held.get(form).hooks.faulted?.(item);
  }

  function busy(form, button) {
    const mine = held.get(form), pressed = mine.busy || button;
    mine.busy = button || null;
    if (!pressed) return;
    if (button) pressed.setAttribute("aria-disabled", "true"); else pressed.removeAttribute("aria-disabled");
    if (button && pressed.dataset.busy) [pressed.dataset.before, pressed.textContent] = [pressed.textContent, pressed.dataset.busy];
    else if (pressed.dataset.before) pressed.textContent = pressed.dataset.before;
    if (!button) mine.hooks.label?.();
  }

  function made(form, button) {
    const mine = held.get(form), key = mine.mending && !mine.conflict ? mine.mending : mint();
    const at = form.elements.at; // What is pressing is told with the moment it is sent anew.
    if (at?.type === "hidden" && (!mine.mending || "fresh" in at.dataset)) at.value = mine.noted = new Date().toISOString();
    const chosen = button?.name ? { [button.name]: button.value } : {};
    const asked = new URL(form.getAttribute("action") || location.href, location.href);
    return {
      key, ...Whose.mark(), at: Date.now(), noted: mine.noted, turn: Outbox.turn(), form: form.dataset.outbox,
      action: asked.pathname + asked.search, page: location.pathname + location.search,
      kind: mine.hooks.words?.() || form.dataset.words || document.title, fields: { ...mine.extra, ...written(form), ...chosen, key }, photos: { ...mine.photos },
    };
  }

  async function submit(form, event) {
    const mine = held.get(form);
    if (event.submitter?.hasAttribute("formaction")) return; // Another way out of the form: the page itself carries it.
    event.preventDefault();
    if (mine.busy || mine.hooks.ready?.() === false) return;
    busy(form, event.submitter);
    await mine.shrinking.catch(() => {});
    mine.hooks.before?.();
    if ("quick" in form.dataset && await reached()) return carried(form, event.submitter);
    const item = made(form, event.submitter);
    try {
      await Outbox.keep(item);
      if (mine.conflict) await Outbox.drop(mine.mending);
    } catch {
      return full(form, event.submitter);
    }
    Object.assign(mine, { mending: item.key, conflict: false });
    const outcome = await Promise.race([Send.flush(), new Promise((done) => setTimeout(done, 20_000, {}))]);
    const receipt = outcome.receipts?.[item.key];
    if (receipt) return location.assign(receipt.next);
    await afterwards(form, item.key);
  }

  const reached = () => fetch(document.body.dataset.desk, { cache: "no-store" }).then((answer) => answer.ok, () => false);

  // No room on this phone: with a network the page itself carries it; without one it stands there as it was typed.
  async function full(form, button) {
    const mine = held.get(form), at = form.elements.at;
    if (await reached()) {
      if (at?.type === "hidden" && at.value === mine.noted && !mine.mending) at.value = ""; // Now, by the server's clock.
      return carried(form, button);
    }
    busy(form, null);
    Strip.say("full");
    document.getElementById("main").scrollTo(0, 0);
    scrollTo(0, 0);
  }

  // Photos that came back from the store, or were made small, lie beside the form: into it with them first.
  function carried(form, button) {
    for (const [name, photo] of Object.entries(held.get(form).photos)) {
      const input = [...form.elements].find((one) => one.type === "file" && one.name === name);
      if (photo && input) Shrink.into(input, photo);
      for (const album of form.querySelectorAll(`input[type=file][data-for="${name}"]`)) album.value = "";
    }
    Shrink.carry(form, button);
  }

  // Not taken yet: either it waits on the phone and the next may be entered, or it came back with a reason.
  async function afterwards(form, key) {
    const item = await Outbox.one(key).catch(() => null), saved = document.getElementById("saved");
    if (item?.faults) {
      held.get(form).conflict = !!item.conflict;
      fault(form, item);
    } else {
      clear(form);
      if (form.dataset.then) return location.assign(form.dataset.then);
      if (saved) saved.hidden = false;
      document.getElementById("main").scrollTo(0, 0);
      scrollTo(0, 0);
    }
    busy(form, null);
  }

  function attach(form, hooks = {}) {
    if (!works || held.has(form)) return;
    held.set(form, { photos: {}, extra: {}, touched: false, shrinking: Promise.resolve(), busy: null, mending: "", noted: "", conflict: false, hooks });
    form.addEventListener("submit", (event) => submit(form, event));
    form.addEventListener("input", () => { held.get(form).touched = true; });
    form.addEventListener("change", ({ target }) => { if (target.type === "file") take(form, target); });
  }

  const touched = () => [...document.querySelectorAll("form[data-outbox]")].some((form) => held.get(form)?.touched);

  // Which form an item belongs to: by its kind, and where there are several of a kind, by where it goes and what it does.
  function formOf(item) {
    const all = [...document.querySelectorAll("form[data-outbox]")].filter((form) => form.dataset.outbox === (item.form || "report"));
    const does = (form) => !form.elements.act || form.elements.act.value === item.fields.act;
    return all.find((form) => (!item.action || new URL(form.action, location.href).pathname === item.action.split("?")[0]) && does(form)) || null;
  }

  function mend(item) {
    const form = formOf(item);
    if (!form || !held.has(form)) return location.assign(`${item.page || document.body.dataset.form}#mend=${item.key}`);
    form.closest("details")?.setAttribute("open", "");
    fill(form, item);
  }

  // On the page it was entered on, its form may be gone: there is nothing more to do of that kind.
  const mendable = (item) => item.page !== location.pathname + location.search || !!formOf(item);

  async function called() {
    const key = /^#mend=(\w+)$/.exec(location.hash)?.[1], item = key && works && (await Outbox.one(key).catch(() => null));
    if (!item || item.who !== Whose.me()) return;
    history.replaceState(null, "", location.pathname + location.search);
    if (formOf(item)) mend(item);
  }

  addEventListener("load", () => {
    document.querySelectorAll("form[data-outbox]").forEach((form) => attach(form));
    called();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  return { attach, mend, mendable, clear, photos: (form) => held.get(form)?.photos || {}, touched, works };
})();
