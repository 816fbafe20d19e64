// Starts the app, and lends it a hand. A file and not an inline script, so that a strict Content-Security-Policy needs no exception.
// Trunk names both files, with their hashes, in its preload links; there is no second list of them to keep right.
const find = (selector) => document.querySelector(selector)?.href;

// A link may choose the first answer, `#/start?want=compliment`. What it chose leaves the address before anything else happens.
if (location.hash.startsWith("#/start?")) {
  const want = new URLSearchParams(location.hash.slice("#/start?".length)).get("want");
  history.replaceState(history.state, "", "#/");
  if (["complaint", "compliment", "comment", "progress"].includes(want)) {
    const choice = document.querySelector(`[name="want"][value="${want}"]`);
    if (choice) choice.checked = true;
  }
}

// Within a frame of another page: see scripts/embed.js.
if (parent !== window) import("./framed.js").catch(() => {});

// A page of several councils names all their bundles, those of the default first, and links to none. The address says which one the app
// will ask for: linked to here, it is there when the app asks.
const asked = new URLSearchParams(location.search).get("council");
const bundles = document.querySelector('meta[name="putright-bundles"]')?.content.split(" ") ?? [];
const first = bundles.find((address) => !asked || address.startsWith(`bundles/${asked}-adult-`));
if (first && !document.querySelector('link[rel="preload"][as="fetch"][href*="bundles/"]')) {
  document.head.append(Object.assign(document.createElement("link"), {
    rel: "preload", as: "fetch", crossOrigin: "anonymous", href: `./${first}`,
  }));
}

// What was answered on the first pages before the app was there, for src/browser/page.rs: each question with what is chosen and
// typed there. The second gives the focus, and the caret in a text, back to the field that takes the place of the one that had it.
globalThis.putrightOpening = () => {
  const at = document.activeElement;
  const id = at?.id.replace(/^.*\./, "");
  const { selectionStart: from, selectionEnd: to } = at ?? {};
  return [
    // The first page stands last.
    [...document.querySelectorAll(".pr-opening")].reverse().flatMap((page) =>
      [...page.querySelectorAll("[id*='.question-']")].map((part) => [
        part.id.replace(/^.*\.question-/, ""),
        [...part.querySelectorAll(":checked")].map((box) => box.value),
        part.querySelector("[type=text], textarea")?.value ?? "",
      ])),
    () => {
      const field = id && document.getElementById(id);
      // Leptos puts the text into it in a microtask of its own, which comes first.
      if (field) queueMicrotask(() => {
        field.focus({ preventScroll: true });
        if (from != null) field.setSelectionRange(from, to);
      });
      return field;
    },
  ];
};

// For src/browser/page.rs: what has had the focus only so that it is spoken can have it no longer.
addEventListener("focusout", ({ target }) => {
  if (target.hasAttribute?.("data-pr-spoken")) for (const name of ["tabindex", "data-pr-spoken"]) target.removeAttribute(name);
});

// The second click of two in a row counts only where the first did: Send leads to another page, and what stands there then was
// not meant.
let pressed;
addEventListener("click", (event) => {
  if (event.detail > 1 && event.target !== pressed) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  if (event.detail < 2) pressed = event.target;
}, true);

// For src/browser/exit.rs: Shift goes down (0) or comes up (1), with the time, and after that once whatever else is done (2).
// A link that is a button is pressed by the space bar, as every button is.
globalThis.putrightKeys = (tell) => {
  let last = 2;
  const say = (what, time) => { if (what < 2 || last < 2) tell(last = what, time); };
  const on = (names, act) => { for (const name of names.split(" ")) addEventListener(name, act, { capture: true, passive: name === "wheel" }); };
  on("keydown keyup", (event) => {
    const { key, type, timeStamp, target } = event;
    const [shift, down] = [key === "Shift", type === "keydown"];
    if (shift && down) say(0, timeStamp);
    if (!shift || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.keyCode === 229) say(2, timeStamp);
    if (shift && !down && !event.shiftKey) say(1, timeStamp);
    if (key === " " && down && target.getAttribute?.("role") === "button") {
      event.preventDefault();
      target.click();
    }
  });
  on("mousedown pointerdown wheel input compositionstart compositionend", () => say(2, 0));
  // The key may come up where nobody tells of it.
  on("blur", ({ target }) => { if (target === window) { say(2, 0); say(1, 0); } });
};

// Links to another program, such as tel:, and to a file do not leave the page, though some browsers ask as if they did.
let stays = false;
globalThis.putrightStays = () => {
  stays = true;
  setTimeout(() => { stays = false; }, 1000);
};
addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href]");
  if (link && (link.hasAttribute("download") || !/^https?:$/.test(link.protocol))) putrightStays();
}, true);
addEventListener("beforeunload", (event) => { if (stays) event.stopImmediatePropagation(); }, true);

// For src/browser/page.rs, what a question's fields hold now: browsers and password managers fill in fields without a word.
// `name=text` of each field; where there are choices `=`, and after it `=value` of each that is on.
globalThis.putrightFields = (question) => [...document.querySelectorAll("#main form input, #main form textarea")]
  .filter((field) => field.closest("[id^=question-]")?.id === `question-${question}`)
  .flatMap(({ type, name, value, checked }, at, all) => {
    if (type !== "radio" && type !== "checkbox") return type === "file" ? [] : `${name}=${value}`;
    const first = all.findIndex((field) => field.type === "radio" || field.type === "checkbox") === at;
    return [...(first ? ["="] : []), ...(checked ? [`=${value}`] : [])];
  });

// For src/browser/page.rs: a reload, or a tab that comes back after the browser had discarded it. A tab that was closed and opened
// again, a session that was restored and a duplicate are none: somebody else may look on.
globalThis.putrightResumes = () =>
  document.wasDiscarded || (performance.getEntriesByType("navigation")[0] ?? {}).type === "reload" || performance.navigation?.type === 1;

// Between the tabs of a site, for src/browser/tabs.rs. Without a channel, by the storage that all of them see: nothing stays there.
const channel = globalThis.BroadcastChannel && new BroadcastChannel("putright");
const key = "putright/tabs";
globalThis.putrightTabs = (hear) => {
  if (channel) channel.onmessage = ({ data }) => hear(String(data));
  else addEventListener("storage", (event) => { if (event.key === key && event.newValue) hear(event.newValue); });
};
globalThis.putrightTell = (text) => {
  if (channel) return channel.postMessage(text);
  localStorage.setItem(key, text);
  localStorage.removeItem(key);
};

// Locks and unlocks for src/browser/crypto.rs: what waits for four answers in turn is a tenth of the size here. It decides
// nothing. Not there where the browser has no WebCrypto: the page did not come by https.
globalThis.putrightCipher = globalThis.crypto?.subtle && (async (method, passphrase, salt, iv, iterations, header, data) => {
  const { subtle } = crypto;
  const bytes = (text) => new TextEncoder().encode(text);
  // The same letters may come as one character or as two, by keyboard.
  const secret = await subtle.importKey("raw", bytes(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const key = await subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations }, secret, { name: "AES-GCM", length: 256 }, false, [method],
  );
  return new Uint8Array(await subtle[method]({ name: "AES-GCM", iv, additionalData: bytes(header) }, key, data));
});

// Photos and files for src/browser/files.rs, by number, until they are sent or let go. It decides nothing and sends nothing.
const held = new Map();
let last = 0;
const address = (file) => new Promise((resolve, reject) => {
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
    element.src = await address(file);
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
  forget: (number) => number ? held.delete(number) : held.clear(),
};

// Sends for src/browser/delivery.rs, which hands over a request as the domain wrote it down. Decides nothing: every end is told by
// a list, of the status and what came with it, or of the reason why nothing came.
let stopper;
globalThis.putrightStop = () => stopper?.abort();
const most = 1 << 20; // Bytes of an answer that are read: a receipt is shorter, and an old phone has little room.
const read = async (body) => {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let length = 0; reader && length < most; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  reader?.cancel();
  return text;
};
const written = async ({ text, form, parts, marks }) => {
  if (form) return new URLSearchParams(form);
  if (parts) {
    const data = new FormData();
    for (const [name, value, type, fileName] of parts) {
      if (fileName) data.append(name, held.get(Number(value)), fileName);
      else data.append(name, type ? new Blob([value], { type }) : value);
    }
    return data;
  }
  let pieces = [text];
  for (const [mark, id] of marks) {
    const content = (await address(held.get(id))).split(",")[1];
    pieces = pieces.flatMap((piece) => piece.split(mark).flatMap((rest, at) => (at ? [content, rest] : [rest])));
  }
  return marks.length ? new Blob(pieces) : text;
};
// With files, and by the older way of asking, which alone tells how far they are: the bar on the page shows it. What listens for
// that must not change what a backend is asked, so only where it is told of cookies, as that way has them, and of headers anyway.
const uploaded = ({ url, method, credentials, headers }, body, signal) => new Promise((resolve, reject) => {
  const asked = new XMLHttpRequest();
  asked.open(method, url);
  asked.withCredentials = credentials === "include";
  for (const [name, value] of headers) asked.setRequestHeader(name, value);
  asked.upload.onprogress = ({ loaded, total }) => {
    const bar = document.querySelector("progress");
    if (bar) Object.assign(bar, { max: total, value: loaded });
  };
  asked.upload.onload = () => document.querySelector("progress")?.removeAttribute("value");
  const done = () => resolve([asked.status, asked.responseText.slice(0, most), (name) => asked.getResponseHeader(name)]);
  asked.onprogress = ({ loaded }) => { if (loaded > most) { done(); asked.abort(); } };
  asked.onload = done;
  asked.onerror = asked.onabort = reject;
  signal.onabort = () => asked.abort();
  asked.send(body);
});
const fetched = async ({ url, method, credentials, headers }, body, signal) => {
  const answer = await fetch(url, { method, credentials, headers, body, signal, cache: "no-store", referrerPolicy: "no-referrer" });
  return [answer.status, await read(answer.body), (name) => answer.headers.get(name)];
};
globalThis.putrightSend = async (json) => {
  const request = JSON.parse(json);
  const { url, credentials, headers, milliseconds, marks, parts } = request;
  const mine = (stopper = new AbortController());
  let late = false;
  const offline = !navigator.onLine;
  const clock = setTimeout(() => { late = true; mine.abort(); }, milliseconds);
  try {
    const body = request.method === "GET" ? undefined : await written(request);
    const own = new URL(url, location).origin === location.origin;
    const told = (marks.length || parts?.some((part) => part[3])) && (own ? credentials !== "omit" : headers.length);
    const [status, text, header] = await (told ? uploaded : fetched)(request, body, mine.signal);
    const named = (name) => (name && header(name)) || "";
    return [status, text, named(request.reference), named("Retry-After"), document.cookie];
  } catch {
    // Offline from beginning to end, by what the browser calls certain: then nothing has gone out.
    return [late ? "late" : offline && !navigator.onLine ? "offline" : "none"];
  } finally {
    clearTimeout(clock);
  }
};
// A real form, for a page of the council's own: no other way reaches a server that answers with a page.
globalThis.putrightForm = (json, beside) => {
  const { url, method, form, parts } = JSON.parse(json);
  const element = document.createElement("form");
  Object.assign(element, { action: url, method, enctype: parts ? "multipart/form-data" : "application/x-www-form-urlencoded" });
  element.target = beside ? "_blank" : "_top";
  element.rel = "noopener";
  element.hidden = true;
  for (const [name, value] of form ?? parts) element.append(Object.assign(document.createElement("textarea"), { name, value }));
  document.body.append(element);
  element.submit();
  element.remove();
};

try {
  const { default: start } = await import(find('link[rel="modulepreload"]'));
  await start({ module_or_path: find('link[rel="preload"][type="application/wasm"]') });
} catch (fault) {
  // The prerendered page stays as it is, with the guide, phone numbers and addresses; this says that the form does not start.
  const notice = document.getElementById("fault-data");
  if (notice) {
    notice.hidden = false;
    notice.focus();
  }
  console.error(fault);
}
