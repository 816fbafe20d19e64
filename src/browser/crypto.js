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
