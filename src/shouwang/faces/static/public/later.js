// Forms of people without an account, in a cellar too: what was entered waits in this browser and is sent once there is a network.
(() => {
  const forms = [...document.querySelectorAll("form[data-later]")], note = document.getElementById("later");
  const PREFIX = "later:", LASTS = 14 * 24 * 3600_000;
  if (!forms.length || !note) return;
  const pathOf = (form) => new URL(form.action, location.href).pathname;
  const read = (name) => JSON.parse(localStorage.getItem(name));
  // What was entered at this door. At another its own page sends it; what waited a fortnight names people for nothing.
  const names = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).filter((name) => {
    const item = read(name), old = Date.now() - item.at > LASTS;
    if (old) localStorage.removeItem(name);
    return !old && forms.some((form) => pathOf(form) === item.action);
  });
  let running = null;

  function say(what, n) {
    note.hidden = !what;
    note.textContent = what ? note.dataset[what].replace("{n}", n) : "";
    note.classList.toggle("green", what === "sent");
  }

  function body(fields) {
    const sheet = new FormData();
    for (const [name, value] of fields) sheet.append(name, value);
    sheet.append("csrfmiddlewaretoken", forms[0].elements.csrfmiddlewaretoken.value);
    return sheet;
  }

  // Only what led on to the next page was taken; the key tells the server what it has already.
  async function sent(item) {
    const answer = await fetch(item.action, { method: "POST", body: body(item.fields), cache: "no-store" });
    return { taken: answer.ok && answer.redirected, refused: [409, 422].includes(answer.status), gone: answer.status === 404, page: answer.url };
  }

  // The server's own reasons are read on its own page: it is sent the plain way, under the same key.
  async function submit(event) {
    const form = event.target, fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    event.preventDefault();
    try {
      const said = await sent({ action: pathOf(form), fields });
      if (said.taken) location.assign(said.page); else form.submit();
    } catch {
      keep(form, fields);
    }
  }

  function keep(form, fields) {
    try {
      localStorage.setItem(PREFIX + form.elements.key.value, JSON.stringify({ action: pathOf(form), fields, at: Date.now() }));
    } catch {
      return say("full", 0);
    }
    form.reset();
    form.elements.key.value = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("");
    say("waits", names().length);
    note.scrollIntoView({ block: "nearest" });
  }

  // Not taken: it stands in its form again, to be looked at and sent once more.
  function back(name, item) {
    const form = forms.find((one) => pathOf(one) === item.action);
    if (!form) return false;
    for (const control of form.elements) {
      const values = item.fields.filter(([field]) => field === control.name).map(([, value]) => value);
      if (!values.length || control.name === "key") continue;
      if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
      else control.value = values[0];
    }
    localStorage.removeItem(name);
    return true;
  }

  async function round() {
    let done = 0, refused = 0;
    for (const name of names()) {
      const item = read(name), said = await sent(item).catch(() => null);
      if (!said) break;
      if (said.gone) localStorage.removeItem(name); // This code opens nothing any more.
      if (said.taken) { localStorage.removeItem(name); done += 1; }
      else if (said.refused && back(name, item)) refused += 1;
    }
    if (refused) say("refused", refused);
    else if (names().length) say("waits", names().length);
    else if (done) say("sent", done);
  }

  function flush() {
    running = (running || Promise.resolve()).then(round, round);
  }

  try { names(); } catch { return; } // A browser that keeps nothing: the forms stay plain.
  forms.forEach((form) => form.addEventListener("submit", submit));
  addEventListener("online", flush);
  flush();
})();
