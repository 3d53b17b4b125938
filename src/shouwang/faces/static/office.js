// Keys of the list, the pane of a case, and the sentence behind a clause chip. Everything works without it too.
(() => {
  const links = () => [...document.querySelectorAll("main .item a.t")];
  const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]") || e.ctrlKey || e.metaKey || e.altKey;

  document.addEventListener("keydown", (e) => {
    if (typing(e) || !["j", "k"].includes(e.key)) return;
    const all = links();
    if (!all.length) return;
    const here = all.indexOf(document.activeElement);
    const from = here >= 0 ? here : all.findIndex((a) => a.hasAttribute("aria-current"));
    const to = Math.min(all.length - 1, Math.max(0, from + (e.key === "j" ? 1 : -1)));
    all[to].focus();
    all[to].scrollIntoView({ block: "nearest" });
    e.preventDefault();
  });

  document.addEventListener("htmx:after:swap", () => {
    const law = document.getElementById("law");
    if (law && law.childElementCount && law.dataset.shown !== law.textContent) {
      law.dataset.shown = law.textContent;
      law.showPopover();
    }
    const pane = document.getElementById("pane");
    const story = pane && pane.querySelector("[data-case]");
    if (!story || pane.dataset.shown === story.dataset.case) return;
    pane.dataset.shown = story.dataset.case;
    pane.classList.remove("unasked");
    pane.scrollTop = 0;
    links().forEach((a) => {
      if (a.href.includes(story.dataset.case)) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    });
    if (getComputedStyle(document.getElementById("main")).display === "none") {
      scrollTo(0, 0);
      story.querySelector("h2").focus();
    }
  });

  document.addEventListener("toggle", (e) => {
    if (e.target.id === "law" && e.newState === "closed") e.target.dataset.shown = "";
  }, true);

  document.addEventListener("change", (e) => {
    if (e.target.type !== "file") return;
    const words = e.target.closest("label")?.querySelector("span");
    if (words) words.textContent = [...e.target.files].map((f) => f.name).join(", ") || words.dataset.empty || "";
  });

  document.addEventListener("change", (e) => {
    const every = document.querySelector("input[data-every]");
    if (e.target === every) document.querySelectorAll("input[data-suggested]").forEach((one) => { one.checked = every.checked; });
    else if (every && e.target.matches("input[data-suggested]") && !e.target.checked) every.checked = false;
  });

  document.addEventListener("click", (e) => {
    document.querySelectorAll("details.drop[open]").forEach((d) => d.contains(e.target) || d.removeAttribute("open"));
  });
})();
