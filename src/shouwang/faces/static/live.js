// A page that renews itself when there is news. Without this script, or without a stream, it is reloaded by hand.
// [data-live] names the stream; every [data-live-part] with an id is fetched anew; the first [data-live-count] stands in
// the title; [data-live-rings] names what must sound. What somebody is typing is never replaced.
(() => {
  const strip = document.querySelector("[data-live]");
  if (!strip || !window.EventSource) return;
  const state = strip.querySelector("[data-live-state]");
  const sound = strip.querySelector("[data-live-sound]");
  const title = document.title;
  const SOONEST = 1000, SILENT = 40_000, LOOKING = 30_000, TRYING = 5000, REMEMBERED = 500;
  // `live`: the stream speaks. `stale`: what is shown may be old, whatever the stream says. `crowded`: the stream went to a
  // page opened later; this one looks by itself until somebody looks at it.
  let live = false, stale = false, failed = false, crowded = false;
  let source, heard = Date.now(), fetched = 0, spent = 0, waiting = null, renewing = false, ended = false, ringing = false;
  strip.hidden = false;

  const say = (word, tone) => {
    if (state.dataset.word === word) return;
    state.dataset.word = word;
    state.textContent = strip.dataset[word];
    state.className = `chip ${tone}`;
  };

  const count = () => {
    const found = document.querySelector("[data-live-count]");
    const number = found ? Number(found.dataset.liveCount) : 0;
    document.title = (state.dataset.word === "on" ? "" : "⚠ ") + (number ? `(${number}) ` : "") + title;
  };

  const typing = (part) => {
    const here = document.activeElement;
    return part.contains(here) && here.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")
      || [...part.querySelectorAll("input, textarea")].some((field) => field.type !== "hidden" && field.value !== field.defaultValue);
  };

  const put = (fresh) => {
    for (const part of document.querySelectorAll("[data-live-part]")) {
      const come = fresh.getElementById(part.id);
      if (!come || typing(part) || come.outerHTML === part.outerHTML) continue;
      const held = part.contains(document.activeElement) ? document.activeElement : null;
      const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
      part.replaceWith(come);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      if (held) (document.getElementById(held.id) || [...come.querySelectorAll("a[href]")].find((one) => one.href === held.href))?.focus({ preventScroll: true });
      window.htmx?.process(come);
    }
    count();
    sounds(fresh);
  };

  const doubt = (word) => { live = false; stale = true; say(word, "red"); count(); };

  // Whether there is nothing more to try.
  const fetchAnew = async () => {
    const answer = await fetch(location.href, { headers: { "X-Live": "yes" }, credentials: "same-origin" });
    if (answer.redirected && new URL(answer.url).pathname !== location.pathname) { over(); return true; }
    if (!answer.ok) return false;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (live) { stale = false; say("on", "green"); }
    else if (crowded) { stale = false; say("crowded", ""); }
    put(fresh);
    return true;
  };

  // At most once a second, and no more often than the server has shown that it can bear.
  const renew = () => {
    if (waiting || ended) return;
    const pause = Math.max(0, fetched + Math.max(failed ? TRYING : SOONEST, spent * 4) - Date.now());
    waiting = setTimeout(async () => {
      waiting = null;
      if (renewing) return renew();
      renewing = true;
      const begun = Date.now();
      try { failed = !await fetchAnew(); } catch { failed = true; }
      fetched = Date.now();
      spent = fetched - begun;
      renewing = false;
      if (!failed || ended) return;
      stale = true;
      if (["on", "crowded"].includes(state.dataset.word)) { say("lost", "red"); count(); }
      renew();
    }, pause);
  };

  // Two tones, until somebody presses a key or the switch; no file is played.
  let air = null;
  const watching = () => sound && localStorage.getItem("watching") === "yes";
  const tone = (at, pitch) => {
    const wave = air.createOscillator(), loud = air.createGain();
    wave.frequency.value = pitch;
    loud.gain.setValueAtTime(0.3, at);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
    wave.connect(loud).connect(air.destination);
    wave.start(at);
    wave.stop(at + 0.36);
  };
  const ring = async () => {
    if (!watching()) return;
    air = air || new AudioContext();
    if (air.state === "suspended") await Promise.race([air.resume(), new Promise((on) => setTimeout(on, 200))]);
    if (air.state === "suspended") { strip.dataset.rang = "held"; state.textContent = strip.dataset.hush; return; }
    strip.dataset.rang = String((Number(strip.dataset.rang) || 0) + 1);
    for (let time = 0; time < 3; time += 1) { tone(air.currentTime + time * 0.8, 880); tone(air.currentTime + time * 0.8 + 0.4, 660); }
  };
  const alarm = () => {
    if (ringing || !watching()) return;
    ring();
    ringing = setInterval(ring, 5000);
  };
  // What sounded once; what somebody silenced stays silent when the page is opened again.
  const sounded = new Set(JSON.parse(sessionStorage.getItem("silenced") || "[]"));
  const sounds = (page) => {
    if (!watching()) return;
    const named = page.querySelector("[data-live-rings]")?.dataset.liveRings.split(" ") || [];
    const fresh = named.filter((id) => id && !sounded.has(id));
    for (const id of fresh) sounded.add(id);
    if (fresh.length) alarm();
  };
  const quiet = () => {
    if (!ringing) return;
    clearInterval(ringing);
    ringing = false;
    sessionStorage.setItem("silenced", JSON.stringify([...sounded].slice(-REMEMBERED)));
  };
  // The first key lets a browser sound that was not allowed to; only the next one silences it.
  const touched = () => {
    if (strip.dataset.rang !== "held") return quiet();
    strip.dataset.rang = "0";
    state.textContent = strip.dataset[state.dataset.word];
    ring();
  };

  const over = () => {
    ended = true;
    source?.close();
    say("ended", "red");
    count();
    alarm();
  };

  const listen = () => {
    source?.close();
    crowded = false;
    const watch = strip.hasAttribute("data-watching") && watching() ? "&watching=yes" : "";
    source = new EventSource(strip.dataset.live + watch, { withCredentials: true });
    const on = (event, act) => source.addEventListener(event, (told) => { heard = Date.now(); act(told); });
    on("begun", () => { live = true; if (!stale) say("on", "green"); count(); renew(); sounds(document); });
    on("beat", () => {
      if (state.dataset.word !== "lost") return;
      live = true;
      if (!stale) say("on", "green");
      count();
    });
    on("blind", () => doubt("blind"));
    on("news", (told) => { renew(); if (JSON.parse(told.data).rings) alarm(); });
    on("ended", over);
    on("crowded", () => {
      source.close();
      live = false;
      crowded = true;
      say("crowded", "");
      count();
      renew();
    });
    source.onerror = () => {
      if (ended) return;
      doubt("lost");
      // Refused: signed out, or no stream is offered here; the page itself says which.
      if (source.readyState === EventSource.CLOSED) renew();
    };
  };

  if (sound) {
    const show = () => sound.setAttribute("aria-pressed", watching() ? "true" : "false");
    show();
    sound.addEventListener("click", () => {
      localStorage.setItem("watching", watching() ? "no" : "yes");
      show();
      if (watching()) { air = air || new AudioContext(); air.resume(); }
      else quiet();
      listen();
    });
    document.addEventListener("keydown", touched);
    document.addEventListener("pointerdown", touched);
  }

  // A stream that went without a word, or that is not offered here: the page looks by itself.
  setInterval(() => {
    if (ended) return;
    if (crowded) return renew();
    if (Date.now() - heard > SILENT || source.readyState === EventSource.CLOSED) {
      doubt("lost");
      renew();
      listen();
    }
  }, LOOKING);
  addEventListener("pageshow", (event) => { if (event.persisted) { listen(); renew(); } });
  document.addEventListener("visibilitychange", () => { if (crowded && !document.hidden) listen(); });
  addEventListener("focus", () => { if (crowded) listen(); });
  addEventListener("pagehide", () => source?.close());
  say("lost", "");
  listen();
})();
