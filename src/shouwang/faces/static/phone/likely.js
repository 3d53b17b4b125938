// What may be the same is shown while the report is written; offline, or when nobody answers, nothing is in the way.
(() => {
  const form = document.getElementById("report"), shown = document.getElementById("likely");
  if (!form || !shown) return;
  let asked = "";

  async function look() {
    const values = new FormData(form), query = new URLSearchParams();
    for (const name of ["region", "kind", "place", "lon", "lat"]) query.set(name, values.get(name) || "");
    if (!query.get("kind") || query.toString() === asked) return;
    asked = query.toString();
    try {
      const answer = await fetch(`${shown.dataset.from}?${asked}`, { headers: { Accept: "text/html" } });
      if (answer.ok && query.toString() === asked) shown.innerHTML = (await answer.text()).trim();
    } catch {
      asked = ""; // No network: the report goes into the outbox as ever.
    }
  }

  form.addEventListener("change", look);
})();
