// What was entered already and only waits to be sent says so where it was entered: a stop of the route, an act on a case.
(() => {
  const words = document.getElementById("entered-note")?.content.firstElementChild;
  const places = document.querySelectorAll("a[data-entered], form[data-once]");
  if (!words || !places.length) return;
  const pathOf = (place) => new URL(place.href || place.action, location.href).pathname;

  function stop(link, entered) {
    const row = link.closest(".item");
    row.querySelector(".chip.kept")?.remove();
    if (entered) row.append(Object.assign(document.createElement("span"), { className: "chip green kept", textContent: words.textContent }));
  }

  // Nobody enters the same act twice; one that was refused is mended in its form.
  function once(form, entered) {
    if (form.previousElementSibling?.matches(".kept")) form.previousElementSibling.remove();
    form.hidden = entered;
    if (entered) form.before(words.cloneNode(true));
  }

  document.addEventListener("outbox", ({ detail }) => {
    const waits = detail.all.filter((item) => (item.who === Whose.me() || Whose.doubtful(item)) && !item.faults);
    const here = (item, place) => (item.action || "").split("?")[0] === pathOf(place);
    // Several acts may go to one address: each of them once.
    const same = (item, place) => !place.elements?.act || item.fields.act === place.elements.act.value;
    places.forEach((place) => {
      const been = waits.some((item) => here(item, place) && same(item, place));
      (place.matches("form") ? once : stop)(place, been);
    });
  });
})();
