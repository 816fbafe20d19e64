// Loads the page once more where it is older than the files beside it: a copy that a browser kept names files of a release that is
// gone. For src/browser/page.rs, and for src/start.js where the app itself does not come.

const key = "putright/first-answers";

/** The scripts, the WebAssembly and the bundles that a page names. */
const named = (page) => [...page.querySelectorAll('link[rel="modulepreload"], link[type="application/wasm"], meta[name="putright-bundles"]')]
  .map((element) => element.getAttribute("href") ?? element.content).join();

const fields = () => [...document.querySelectorAll(".pr-opening input, .pr-opening textarea")].filter(({ id }) => id);

/** Tells whether the page is loaded once more. It is not where the newest page names the same files: they are at fault then. */
export const reloadStale = globalThis.putrightReload = async () => {
  try {
    const response = await fetch(location.pathname + location.search, { cache: "reload" });
    const newest = named(new DOMParser().parseFromString(await response.text(), "text/html"));
    if (!newest || newest === named(document)) return false;
    // In this tab alone, and until the next page has read it.
    sessionStorage.setItem(key, JSON.stringify(fields().map(({ id, value, checked }) => [id, value, checked])));
  } catch {
    return false;
  }
  location.reload();
  return true;
};

try {
  for (const [id, value, checked] of JSON.parse(sessionStorage.getItem(key)) ?? []) {
    const field = fields().find((field) => field.id === id);
    if (field) Object.assign(field, /radio|checkbox/.test(field.type) ? { checked } : { value });
  }
  sessionStorage.removeItem(key);
} catch {
  // Nothing is kept where a browser forbids it.
}
