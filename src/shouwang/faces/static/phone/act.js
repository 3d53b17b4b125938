// Acts on a case: the photo afterwards is shown and shrunk, and a second tap does nothing.
document.querySelectorAll("form.act").forEach((form) => {
  const input = form.querySelector("input[type=file]");
  let ready = Promise.resolve(), sent = false;

  input?.addEventListener("change", () => {
    ready = Shrink.shrunk(input.files[0]).then((photo) => {
      Shrink.show(input.closest("label"), photo);
      if (!photo || photo === input.files[0]) return;
      const carrier = new DataTransfer();
      carrier.items.add(new File([photo], "after.jpg", { type: photo.type }));
      input.files = carrier.files;
    }).catch(() => {});
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sent) return;
    sent = true;
    form.querySelector("button").setAttribute("aria-disabled", "true");
    await ready;
    form.submit();
  });

  addEventListener("pageshow", () => {
    sent = false;
    form.querySelector("button").removeAttribute("aria-disabled");
  });
});
