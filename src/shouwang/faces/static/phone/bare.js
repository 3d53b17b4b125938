// Where the phone keeps nothing, forms go their plain way: photos are shown and shrunk, and a second tap does nothing.
(() => {
  if (Entry.works) return;

  function plain(form) {
    let ready = Promise.resolve(), sent = false;

    function taken(input) {
      const label = input.closest("label"), shown = label?.querySelector("[data-ask]");
      ready = ready.then(() => Shrink.shrunk(input.files[0])).then((photo) => {
        if (shown) Shrink.show(label, photo);
        if (photo && photo !== input.files[0]) Shrink.into(input, photo);
      }).catch(() => {});
    }

    async function submit(event) {
      event.preventDefault();
      if (sent) return;
      sent = true;
      event.submitter?.setAttribute("aria-disabled", "true");
      await ready;
      Shrink.carry(form, event.submitter);
    }

    form.addEventListener("change", ({ target }) => { if (target.type === "file") taken(target); });
    form.addEventListener("submit", submit);
    addEventListener("pageshow", () => { sent = false; });
  }

  document.querySelectorAll("form[data-outbox]").forEach(plain);
})();
