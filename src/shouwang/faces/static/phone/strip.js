// The strip under the bar: the truth about the network and the outbox, in words, with a count.
const Strip = (() => {
  const strip = document.getElementById("net");
  const AMBER = new Set(["alone", "offline", "sending", "later", "refused", "signin", "others"]);
  let fading = 0;

  function say(name, count) {
    clearTimeout(fading);
    strip.hidden = !name;
    if (!name) return;
    strip.querySelector("[data-words]").textContent = strip.dataset[name].replace("{n}", count);
    strip.querySelector("[data-enter]").hidden = name !== "signin";
    strip.classList.toggle("good", !AMBER.has(name));
    strip.dataset.says = name;
    if (name === "sent") fading = setTimeout(() => say(""), 6000);
  }

  return { say };
})();
