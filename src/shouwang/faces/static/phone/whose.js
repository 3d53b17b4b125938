// Whose an entry is: certain once the network has said who is signed in. A page kept from before knows only who it was made
// for: what is entered there is marked, and where somebody else signs in first, it is asked about before it is sent.
const Whose = (() => {
  const page = document.body.dataset, note = document.getElementById("as"), OTHER = "somebody-else";
  let told = "";

  function other(set) {
    try {
      if (set === undefined) return sessionStorage.getItem(OTHER) === "1";
      if (set) sessionStorage.setItem(OTHER, "1"); else sessionStorage.removeItem(OTHER);
    } catch { /* a phone that keeps nothing */ }
    return !!set;
  }

  function say() {
    if (!note || !page.who) return;
    note.hidden = !page.kept || !!told || !document.querySelector("form[data-outbox]");
    note.querySelector("[data-words]").textContent = other() ? note.dataset.nobody : note.dataset.as.replace("{name}", page.name);
    note.querySelector("button").hidden = other();
  }

  function known(who) {
    told = who;
    other(false);
    say();
  }

  function mark() {
    if (told || !page.kept) return { who: told || page.who };
    return { who: other() ? "" : page.who, unsure: true };
  }

  // Not to be sent without being asked about: made before it was known by whom, and somebody else was there since.
  const doubtful = (item) => !!item.doubt || !item.who;

  async function doubted(items, here) {
    const found = items.filter((item) => item.unsure && item.who !== here && !doubtful(item));
    for (const item of found) {
      await Outbox.amend(item.key, { doubt: true });
      item.doubt = true;
    }
  }

  const asks = (item, me) => doubtful(item) && !item.faults && !(item.not || []).includes(me);
  const claim = (item, me) => Outbox.amend(item.key, { who: me, unsure: false, doubt: false });
  const refuse = (item, me) => Outbox.amend(item.key, { doubt: true, not: [...(item.not || []), me] });

  note?.querySelector("button").addEventListener("click", () => { other(true); say(); });
  say();
  return { mark, known, doubted, doubtful, asks, claim, refuse, me: () => told || page.who };
})();
