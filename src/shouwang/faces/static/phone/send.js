// Sends the outbox: on load, when the network comes back, and every half minute while something waits; one by one.
const Send = (() => {
  const page = document.body.dataset, WAIT = 30_000, PATIENCE = 60_000;
  let running = null, timer = 0;

  const ask = (address, options = {}) => fetch(address, {
    cache: "no-store", redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE), ...options,
  });

  // Who is signed in, and the token of a form: never the one stored long ago with a report.
  async function desk() {
    const answer = await ask(page.desk, { headers: { Accept: "application/json" } });
    if (answer.status === 401) return null;
    if (!answer.ok) throw new Error("busy");
    return answer.json();
  }

  // A phone whose clock runs ahead must not have a report refused for it; settled once, before the first try.
  async function settled(report, now) {
    if (report.tried) return report;
    report.tried = true;
    if (!(new Date(report.fields.taken) <= new Date(now))) report.fields.taken = now;
    await Outbox.keep(report);
    return report;
  }

  async function hand(report, token) {
    const form = new FormData();
    for (const [name, value] of Object.entries(report.fields)) form.append(name, value);
    for (const [name, photo] of Object.entries(report.photos)) if (photo) form.append(name, photo, `${name}.jpg`);
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const answer = await ask(page.form, { method: "POST", body: form, headers });
    const told = await answer.json().catch(() => ({}));
    const named = told.key === report.key;
    if ((answer.ok || answer.status === 409) && named && told.id) return { receipt: told };
    if ((answer.status === 422 || answer.status === 409) && named) return { faults: told.faults, conflict: answer.status === 409 };
    throw new Error("busy");
  }

  async function round() {
    const all = await Outbox.all();
    const waiting = all.filter((report) => !report.faults);
    if (!waiting.length) return { sent: 0, receipts: {} };
    const here = await desk();
    if (!here) return { sent: 0, receipts: {}, signedOut: true };
    const receipts = {};
    let left = waiting.filter((report) => report.who === here.who).length, busy = false;
    for (const report of waiting.filter((one) => one.who === here.who)) {
      Strip.say("sending", left);
      try {
        const said = await hand(await settled(report, here.now), here.token);
        if (said.receipt) {
          await Outbox.drop(report.key);
          receipts[report.key] = said.receipt;
        } else {
          await Outbox.keep({ ...report, ...said, tried: false });
        }
      } catch (why) {
        if (why.message !== "busy") throw why;
        busy = true;
      }
      left -= 1;
    }
    return { sent: Object.keys(receipts).length, receipts, busy, who: here.who };
  }

  async function tell(outcome) {
    const all = await Outbox.all();
    const refused = all.filter((report) => report.faults).length;
    const waiting = all.length - refused;
    const others = outcome.who ? all.filter((report) => !report.faults && report.who !== outcome.who).length : 0;
    clearTimeout(timer);
    if (waiting) timer = setTimeout(flush, WAIT);
    if (outcome.offline) Strip.say(waiting ? "offline" : "alone", waiting);
    else if (outcome.signedOut) Strip.say("signin", waiting);
    else if (refused) Strip.say("refused", refused);
    else if (outcome.busy) Strip.say("later", waiting);
    else if (others) Strip.say("others", others);
    else Strip.say(outcome.sent ? "sent" : "");
    document.dispatchEvent(new CustomEvent("outbox", { detail: { all, ...outcome } }));
  }

  async function once() {
    let outcome;
    try {
      outcome = await round();
      if (!navigator.onLine) outcome.offline = true;
    } catch {
      outcome = { sent: 0, receipts: {}, offline: true };
    }
    await tell(outcome);
    return outcome;
  }

  // One round at a time, over all open pages of this phone; the server counts a report sent twice once.
  function flush() {
    const locked = () => navigator.locks ? navigator.locks.request("outbox", once) : once();
    running = (running || Promise.resolve()).then(locked, locked);
    return running;
  }

  if ("indexedDB" in window) {
    addEventListener("online", flush);
    addEventListener("offline", flush);
    addEventListener("load", flush);
    document.addEventListener("visibilitychange", () => document.hidden || flush());
  }
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(page.worker, { scope: page.form }).catch(() => {});
  return { flush };
})();
