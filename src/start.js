// Starts the app, and lends it a hand. A file and not an inline script, so that a strict Content-Security-Policy needs no exception.
// Trunk names both files, with their hashes, in its preload links; there is no second list of them to keep right.
//
// scripts/bundle-script.mjs makes one file of this and of what it imports, one subject each, before Trunk looks for it.
import { reloadStale } from "./browser/stale_page.js";
import "./browser/first_answer.js";
import "./browser/preload.js";
import "./browser/clicks.js";
import "./browser/crypto.js";
import "./browser/files.js";
import "./browser/page.js";
import "./browser/quick_exit.js";
import "./browser/tabs.js";
import "./browser/upload.js";

const find = (selector) => document.querySelector(selector)?.href;

// Within a frame of another page: see scripts/embed.js.
if (parent !== window) import("./framed.js").catch(() => {});

try {
  const { default: start } = await import(find('link[rel="modulepreload"]'));
  await start({ module_or_path: find('link[rel="preload"][type="application/wasm"]') });
} catch (fault) {
  console.error(fault);
  if (!(await reloadStale())) {
    // The prerendered page stays as it is, with the guide, phone numbers and addresses; this says that the form does not start.
    const notice = document.getElementById("fault-data");
    if (notice) {
      notice.hidden = false;
      notice.focus();
    }
  }
}
