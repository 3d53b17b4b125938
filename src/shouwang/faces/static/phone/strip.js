// The strip under the bar: the truth about the network and the outbox, in words, with a count.
const Strip = (() => {
  const strip = document.getElementById("net");
  const AMBER = new Set(["alone", "bare", "offline", "sending", "later", "refused", "signin", "others", "asks", "full"]);
  const LEADS = new Set(["offline", "later", "refused", "others", "asks"]);
  let fading = 0, tight = null;

  function say(name, count) {
    clearTimeout(fading);
    if (name === "alone" && document.body.dataset.kept && !document.querySelector("form[data-outbox]")) name = ""; // The page says so itself.
    strip.hidden = !name && tight === null;
    if (strip.hidden) return;
    const told = [name && strip.dataset[name].replace("{n}", count), tight !== null && strip.dataset.tight.replace("{n}", tight)];
    strip.querySelector("[data-words]").textContent = told.filter(Boolean).join(" ");
    strip.querySelector("[data-enter]").hidden = name !== "signin";
    strip.querySelector("[data-see]").hidden = !LEADS.has(name) || location.pathname === strip.dataset.kept;
    strip.classList.toggle("good", !AMBER.has(name) && tight === null);
    strip.dataset.says = name || "tight";
    if (name === "sent") fading = setTimeout(() => say(""), 6000);
  }

  return { say, room: (left) => { tight = left; } };
})();
