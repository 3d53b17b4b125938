// Sends the outbox: on load, when the network comes back, and now and then while something waits; one by one, in order.
const Send = (() => {
  const page = document.body.dataset, WAIT = 30_000, LONGEST = 600_000, PATIENCE = 60_000, PHOTOS = 300_000;
  const LOST = new Set(["NotReadableError", "NotFoundError"]);
  let running = null, timer = 0, failed = 0;

  const ask = (address, options = {}) => fetch(address, {
    cache: "no-store", redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE), ...options,
  });

  // Who is signed in, and the token of a form: never one stored long ago with an item.
  async function desk() {
    const answer = await ask(page.desk, { headers: { Accept: "application/json" } });
    if (answer.status === 401) return null;
    if (!answer.ok) throw new Error("busy");
    const here = await answer.json();
    Whose.known(here.who);
    return { ...here, ahead: Date.parse(here.now) - Date.now() };
  }

  // A phone's clock may be hours wrong: the moment it noted is told by the server's, and none lies ahead. Settled once,
  // before the first try, so that every further one says the same.
  async function settled(item, { ahead }) {
    if (item.tried) return item;
    const fields = { ...item.fields }, now = new Date(Date.now() + ahead).toISOString();
    if (item.noted && fields.at === item.noted) fields.at = new Date(Date.parse(item.noted) + ahead).toISOString();
    for (const name of ["taken", "at"]) {
      if (name in fields && !(new Date(fields[name]) <= new Date(now))) fields[name] = now;
    }
    await Outbox.amend(item.key, { tried: true, fields });
    return { ...item, tried: true, fields };
  }

  // Over and over the same thing: the server acts once. Photos may take their time on a weak network.
  async function hand(item, here) {
    const form = new FormData();
    for (const [name, value] of Object.entries(item.fields)) for (const one of [value].flat()) form.append(name, one);
    for (const [name, photo] of Object.entries(item.photos)) if (photo) form.append(name, photo, `${name}.jpg`);
    const digest = await Digest.item(item);
    const headers = { Accept: "application/json", "X-CSRFToken": here.token, "Outbox-Who": item.who, "Outbox-Digest": digest };
    const slow = Object.values(item.photos).some(Boolean) ? { signal: AbortSignal.timeout?.(PHOTOS) } : {};
    const answer = await ask(item.action || page.form, { method: "POST", body: form, headers, ...slow });
    const told = await answer.json().catch(() => ({})), named = told.key === item.key;
    if (answer.ok && named && told.digest === digest) return { receipt: told };
    if ((answer.status === 422 || answer.status === 409) && named && told.faults) return { faults: told.faults, conflict: answer.status === 409 };
    if (answer.status === 413) return { faults: { "": page.large } };
    if (answer.status === 401 || answer.status === 403) throw new Error("who");
    throw new Error(answer.status === 503 || answer.status === 429 ? "crowd" : "busy");
  }

  // Signed out, or another person, or a token that has aged: asked once more, then it goes on or waits.
  async function handed(item, round) {
    try {
      return await hand(item, round.here);
    } catch (why) {
      if (why.message !== "who") throw why;
      round.here = await desk();
      if (round.here?.who !== item.who) throw new Error("left");
      return hand(item, round.here);
    }
  }

  // Of this item alone, what this phone cannot write of it too; all else is the network's.
  const own = (why) => ["busy", "crowd", "who"].includes(why.message) || (why instanceof DOMException && why.name !== "TimeoutError");

  // A failure of this item alone does not hold up the others. A photo that is lost is no reason to drop what was written.
  async function tried(item, round) {
    try {
      return await handed(await settled(item, round.here), round);
    } catch (why) {
      if (LOST.has(why.name)) return { faults: { "": page.unread || page.large } };
      if (why.name !== "TimeoutError") throw why;
      round.here = await desk(); // Raises where it was the network.
      throw new Error(round.here?.who === item.who ? "busy" : "left");
    }
  }

  async function round() {
    const waiting = (await Outbox.all()).filter((item) => !item.faults);
    if (!waiting.length) return { sent: 0, receipts: {} };
    const going = { here: await desk() };
    if (!going.here) return { sent: 0, receipts: {}, signedOut: true };
    await Whose.doubted(waiting, going.here.who);
    const receipts = {}, mine = waiting.filter((one) => one.who === going.here.who && !Whose.doubtful(one));
    let busy = false, left = mine.length;
    for (const { key } of mine) {
      Strip.say("sending", left);
      try {
        const item = await Outbox.one(key); // As it is now: its owner may have deleted or opened it meanwhile.
        const said = item && !item.faults ? await tried(item, going) : {};
        if (said.receipt) {
          await Outbox.drop(key);
          receipts[key] = said.receipt;
        } else if (said.faults) {
          await Outbox.amend(key, { ...said, tried: false });
        }
      } catch (why) {
        if (why.message === "left") break;
        if (!own(why)) throw why;
        busy = true;
        if (why.message === "crowd") break;
      }
      left -= 1;
    }
    return { sent: Object.keys(receipts).length, receipts, busy, signedOut: !going.here, who: going.here?.who };
  }

  // Later and later, and not all phones in the same second.
  function again(waiting, outcome) {
    clearTimeout(timer);
    failed = outcome.busy || outcome.offline ? failed + 1 : 0;
    if (waiting) timer = setTimeout(flush, Math.min(WAIT * 2 ** Math.max(failed - 1, 0), LONGEST) * (0.7 + Math.random() * 0.6));
  }

  async function tell(outcome) {
    const all = await Outbox.all(), refused = all.filter((item) => item.faults).length, waiting = all.length - refused;
    const others = outcome.who ? all.filter((item) => !item.faults && item.who !== outcome.who).length : 0;
    const asks = outcome.who ? all.filter((item) => Whose.asks(item, outcome.who)).length : 0;
    Strip.room(all.length ? await Outbox.room() : null);
    again(waiting, outcome);
    if (outcome.offline) Strip.say(waiting ? "offline" : "alone", waiting);
    else if (outcome.signedOut) Strip.say("signin", waiting);
    else if (refused) Strip.say("refused", refused);
    else if (asks) Strip.say("asks", asks);
    else if (outcome.busy) Strip.say("later", waiting);
    else if (others) Strip.say("others", others);
    else Strip.say(outcome.sent ? "sent" : "", outcome.sent);
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
    // A phone that keeps nothing at all says so as long as there is no network.
    await tell(outcome).catch(() => Strip.say(navigator.onLine ? "" : "bare"));
    return outcome;
  }

  // One round at a time, over all open pages of this phone; the server counts an item sent twice once.
  function flush() {
    const locked = () => navigator.locks ? navigator.locks.request("outbox", once) : once();
    running = (running || Promise.resolve()).then(locked, locked);
    return running;
  }

  if (globalThis.indexedDB) {
    addEventListener("online", flush);
    addEventListener("offline", flush);
    addEventListener("load", flush);
    document.addEventListener("visibilitychange", () => document.hidden || flush());
  } else {
    const bare = () => Strip.say(navigator.onLine ? "" : "bare");
    ["online", "offline", "load"].forEach((name) => addEventListener(name, bare));
  }
  return { flush };
})();
