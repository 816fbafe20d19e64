// Starts the app. A file and not an inline script, so that a strict Content-Security-Policy needs no exception.
// Trunk names both files, with their hashes, in its preload links; there is no second list of them to keep right.
const find = (selector) => document.querySelector(selector)?.href;

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
