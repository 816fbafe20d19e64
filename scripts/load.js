// Starts the app, and lends it a hand. A file and not an inline script, so that a strict Content-Security-Policy needs no exception.
// Trunk names both files, with their hashes, in its preload links; there is no second list of them to keep right.
const find = (selector) => document.querySelector(selector)?.href;

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
const base64 = async (blob) => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  // A call takes only so many arguments; a multiple of three needs no filling.
  for (let at = 0; at < bytes.length; at += 24576) text += btoa(String.fromCharCode(...bytes.subarray(at, at + 24576)));
  return text;
};
const written = async ({ text, form, parts, marks }) => {
  const file = (id) => globalThis.putrightFiles.get(Number(id));
  if (form) return new URLSearchParams(form);
  if (parts) {
    const data = new FormData();
    for (const [name, value, type, fileName] of parts) {
      if (fileName) data.append(name, file(value), fileName);
      else data.append(name, type ? new Blob([value], { type }) : value);
    }
    return data;
  }
  let pieces = [text];
  for (const [mark, id] of marks) {
    const content = await base64(file(id));
    pieces = pieces.flatMap((piece) => piece.split(mark).flatMap((rest, at) => (at ? [content, rest] : [rest])));
  }
  return marks.length ? new Blob(pieces) : text;
};
globalThis.putrightSend = async (json) => {
  const request = JSON.parse(json);
  const { url, method, credentials, headers, milliseconds, reference } = request;
  const mine = (stopper = new AbortController());
  let late = false;
  const clock = setTimeout(() => { late = true; mine.abort(); }, milliseconds);
  try {
    const body = method === "GET" ? undefined : await written(request);
    const answer = await fetch(url, {
      method, credentials, headers, body, signal: mine.signal, cache: "no-store", referrerPolicy: "no-referrer",
    });
    const header = (name) => (name && answer.headers.get(name)) || "";
    return [answer.status, await read(answer.body), header(reference), header("Retry-After"), document.cookie];
  } catch {
    return [late ? "late" : "none"];
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
