// Starts the app. A file and not an inline script, so that a strict Content-Security-Policy needs no exception.
// Trunk names both files, with their hashes, in its preload links; there is no second list of them to keep right.
const find = (selector) => document.querySelector(selector)?.href;
const glue = find('link[rel="modulepreload"]');
const wasm = find('link[rel="preload"][type="application/wasm"]');

// When anything here fails, the prerendered guide, with its phone numbers and addresses, stays on the page as it is.
const { default: start } = await import(glue);
await start({ module_or_path: wasm });
