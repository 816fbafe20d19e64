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
