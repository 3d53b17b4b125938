// The report: a photo, a tile, a tap. What is its own beside any form of the outbox: place, time and tiles.
(() => {
  const form = document.getElementById("report");
  if (!form || !Entry.works) return;
  const by = (id) => document.getElementById(id);
  const send = by("send"), where = by("where"), saved = by("saved"), fields = form.elements, words = send.textContent, LAST_GRID = "grid";
  let forgotten = false, mending = false;

  // The phone asks once for leave to know the place; without it everything works the same.
  function place() {
    if (!navigator.geolocation || forgotten) return;
    const found = ({ coords }) => {
      fields.lon.value = coords.longitude;
      fields.lat.value = coords.latitude;
      fields.accuracy.value = Math.round(coords.accuracy);
      where.textContent = where.dataset.placed.replace("{n}", fields.accuracy.value);
      by("forget").hidden = false;
    };
    const missing = () => { if (!fields.lon.value) where.textContent = where.dataset.unplaced; };
    navigator.geolocation.getCurrentPosition(found, missing, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 });
  }

  function unplace() {
    fields.lon.value = fields.lat.value = fields.accuracy.value = "";
    where.textContent = where.dataset.unplaced;
    by("forget").hidden = true;
  }

  const moment = () => { fields.taken.value = new Date().toISOString(); };
  const label = () => { send.textContent = Entry.photos(form).after || fields.held_after ? send.dataset.fixed : words; };

  function ready() {
    if (fields.kind.value) return true;
    by("kind-fault").hidden = false;
    form.querySelector("[name=kind]").focus();
    return false;
  }

  let grid = fields.region.value;
  function cleared() {
    form.querySelectorAll("[name^=held_]").forEach((slip) => slip.remove());
    fields.region.value = grid;
    forgotten = mending = false;
    moment();
    unplace();
    where.textContent = "";
    by("kind-fault").hidden = true;
    label();
  }

  function filled() {
    mending = true;
    saved.hidden = by("kind-fault").hidden = true;
    label();
    by("before").scrollIntoView();
  }

  function chosen(region) {
    grid = region.value;
    by("here").textContent = region.selectedOptions[0].textContent;
    try { localStorage.setItem(LAST_GRID, grid); } catch { /* a phone that keeps nothing */ }
  }

  Entry.attach(form, {
    ready, label, cleared, filled,
    words: () => form.querySelector("[name=kind]:checked").closest("label").textContent.trim(),
    before: () => { if (!mending && !Entry.photos(form).before && !fields.held_before) moment(); },
    faulted: () => { mending = true; },
  });
  form.addEventListener("change", ({ target }) => {
    if (target.type === "file") saved.hidden = true;
    if (target.type === "file" && (target.dataset.for || target.name) === "before") { moment(); place(); }
    if (target.name === "kind") by("kind-fault").hidden = true;
    if (target.name === "region" && target.options) chosen(target);
  });
  by("forget").addEventListener("click", () => { forgotten = true; unplace(); });

  try {
    const last = localStorage.getItem(LAST_GRID), choice = fields.region;
    if (last && choice.options && [...choice.options].some((one) => one.value === last)) {
      choice.value = last;
      chosen(choice);
    }
  } catch { /* a phone that keeps nothing */ }
  label();
})();
