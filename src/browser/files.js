// Photos and files for src/browser/files.rs, by number, until they are sent or let go. It decides nothing and sends nothing.
const held = new Map();
let last = 0;
/** The content of a file as a `data:` address. */
const dataUrl = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = reject;
  reader.readAsDataURL(file);
});

// A photo drawn anew holds nothing but what is to be seen: not where, when and with what it was taken. It stands upright, for
// a browser that draws it turns it first. The second way is for browsers that do not know how they are asked in the first.
async function drawn(file, type) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(async () => {
    const element = new Image();
    element.src = await dataUrl(file);
    await element.decode();
    return element;
  });
  const scale = Math.min(1, 2000 / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  const width = canvas.width = Math.max(1, Math.round(image.width * scale));
  const height = canvas.height = Math.max(1, Math.round(image.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  // A browser that gives noise in place of a drawing, against being recognised by it, would make noise of the photo.
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  if (red + green + blue < 750) throw new Error("cannot draw");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, width, height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.85));
  // Old phones have little room for pictures, and take long to see that these are done with.
  image.close?.();
  canvas.width = canvas.height = 0;
  return blob;
}

globalThis.putrightFiles = {
  take(id) {
    const field = document.getElementById(id);
    const files = [...field.files];
    field.value = "";
    return Promise.all(files.map(async (file) => {
      const number = ++last;
      held.set(number, file);
      // A text is judged by all of it, as the receiver judges it; of more than any council takes, by its beginning.
      const most = /\.txt$/i.test(file.name) ? 2e7 : 512;
      const head = await file.slice(0, most).arrayBuffer().catch(() => 0);
      return [number, file.name.normalize(), file.size, new Uint8Array(head)];
    }));
  },
  // What stands on a disk may change or go: it is taken as it is now.
  async prepare(number, type, photo) {
    const file = held.get(number);
    const blob = photo ? await drawn(file, type) : new Blob([await file.arrayBuffer()], { type });
    // Somebody may have left meanwhile.
    if (held.has(number)) held.set(number, blob);
    return blob.size;
  },
  get: (number) => held.get(number),
  // The pieces of a text with files in base64 in the places of their marks: as one text, large files would not fit into the memory.
  async filled(text, marks) {
    let pieces = [text];
    for (const [mark, number] of marks) {
      const content = (await dataUrl(held.get(number))).split(",")[1];
      pieces = pieces.flatMap((piece) => piece.split(mark).flatMap((rest, at) => (at ? [content, rest] : [rest])));
    }
    return new Blob(pieces);
  },
  forget: (number) => number ? held.delete(number) : held.clear(),
};
