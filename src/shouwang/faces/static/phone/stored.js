// What is kept on this phone, one row an item: what it is, since when, what stands against it, and what can be done.
(() => {
  const stored = document.getElementById("stored"), model = document.getElementById("stored-row"), saved = document.getElementById("saved");
  if (!stored || !model) return;
  const MOST = 30, when = { dateStyle: "short", timeStyle: "short", hourCycle: "h23" };

  function row(item) {
    const made = model.content.cloneNode(true), part = (name) => made.querySelector(`[data-${name}]`), me = Whose.me();
    const asked = Whose.asks(item, me), own = item.who === me && !asked;
    const state = asked ? "asked" : !own ? "others" : item.conflict ? "conflict" : item.faults ? "refused" : "waits";
    made.firstElementChild.dataset.how = state;
    part("kind").textContent = item.kind;
    part("at").textContent = new Date(item.at).toLocaleString(document.documentElement.lang, when);
    part("state").textContent = stored.dataset[state];
    part("why").hidden = !item.faults || !own;
    part("mend").hidden = !item.faults || !own || !Entry.mendable(item);
    part("why").textContent = own ? Object.values(item.faults || {}).filter(Boolean).join(" ") : "";
    part("mend").onclick = () => Entry.mend(item);
    part("whose").hidden = !asked;
    part("claim").onclick = () => Whose.claim(item, me).then(Send.flush);
    part("refuse").onclick = () => Whose.refuse(item, me).then(Send.flush);
    part("delete").hidden = !own; // What another person entered is theirs to delete.
    part("drop").onclick = () => Outbox.drop(item.key).then(Send.flush);
    return made;
  }

  // Beside a form only what needs a person; the rest would push the form away, and the strip leads to it.
  function list(whole) {
    const always = "always" in stored.dataset, all = always ? whole : whole.filter((item) => item.faults || Whose.asks(item, Whose.me()));
    stored.hidden = !all.length && !always;
    if (saved && (!whole.length || whole.some((item) => item.faults))) saved.hidden = true;
    const first = [...all.filter((item) => item.faults), ...all.filter((item) => !item.faults)];
    stored.querySelector("ul").replaceChildren(...first.slice(0, MOST).map(row));
    stored.querySelector("[data-none]")?.toggleAttribute("hidden", !!all.length);
    const more = stored.querySelector("[data-more]");
    more.hidden = all.length <= MOST;
    more.textContent = more.dataset.more.replace("{n}", all.length - MOST);
  }

  document.addEventListener("outbox", ({ detail }) => list(detail.all));
})();
