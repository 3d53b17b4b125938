// Photos leave the phone small: at most 2048 px, JPEG at 0.6. What cannot be drawn is sent as it is.
const Shrink = (() => {
  const EDGE = 2048, QUALITY = 0.6, SMALL = 400 * 1024;

  async function shrunk(file) {
    if (!file) return null;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
      if (scale === 1 && file.type === "image/jpeg" && file.size < SMALL) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      return small && small.size < file.size ? small : file;
    } catch {
      return file;
    }
  }

  // Shows a photo inside its button; `label` holds the words of the button first.
  function show(label, photo) {
    const ask = label.querySelector("[data-ask]"), words = ask.firstElementChild;
    label.querySelector("img")?.remove();
    ask.dataset.first ??= words.textContent;
    words.textContent = photo ? ask.dataset.again : ask.dataset.first;
    if (!photo) return;
    const image = document.createElement("img");
    image.alt = "";
    image.src = URL.createObjectURL(photo);
    image.onload = () => URL.revokeObjectURL(image.src);
    ask.after(image);
  }

  // A photo into the field it was taken with, so that a plain form carries the small one.
  function into(input, photo) {
    const carrier = new DataTransfer();
    carrier.items.add(new File([photo], `${input.name}.jpg`, { type: photo.type }));
    input.files = carrier.files;
  }

  // The page itself carries a form: with the button that was pressed, which a script's own sending leaves out.
  function carry(form, button) {
    if (button?.hasAttribute("formaction")) form.action = button.formAction;
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.submit();
  }

  return { shrunk, show, into, carry };
})();
