// What this phone keeps to be read goes when somebody signs out or signs in; what was entered stays until it is sent.
const Leave = (() => {
  const WHILE = 3000;
  let passing = null, busy = false;

  // The worker may be fetching just now: what it asked for before this moment it keeps for nobody.
  const told = () => new Promise((done) => {
    const worker = navigator.serviceWorker?.controller;
    if (!worker) return done();
    const pipe = new MessageChannel();
    pipe.port1.onmessage = done;
    worker.postMessage({ left: true }, [pipe.port2]);
    setTimeout(done, 500);
  });

  async function wiped() {
    await told();
    const names = (await globalThis.caches?.keys()) || [];
    await Promise.all(names.filter((name) => name.startsWith("pages-")).map((name) => caches.delete(name)));
  }

  // A store that does not answer must not keep anybody from signing in.
  const soon = () => Promise.race([wiped().catch(() => {}), new Promise((done) => setTimeout(done, WHILE))]);

  async function held(event, go) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    await soon();
    busy = false;
    go();
  }

  addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (!form.matches("[data-leave]")) return;
    if (passing === form) { passing = null; return; }
    held(event, () => {
      passing = form;
      if (form.requestSubmit) form.requestSubmit(button); else form.submit();
    });
  });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-leave]");
    if (link) held(event, () => location.assign(link.href));
  });
  return { wiped };
})();
