// A screen reader that reads what a browser's accessibility tree would hold: every item of a page in its order, and what is
// announced by live regions. It runs in the real page; its code is put in by the debugger, as axe's is.

import { build } from "esbuild";

import { count } from "./evidence.mjs";

const bundle = build({
  stdin: {
    contents: 'export { virtual } from "@guidepup/virtual-screen-reader";',
    resolveDir: new URL(".", import.meta.url).pathname,
  },
  bundle: true, format: "iife", globalName: "screenReader", platform: "browser", write: false, target: "es2022", logLevel: "error",
}).then(({ outputFiles: [{ text }] }) => `${text}; globalThis.screenReader = screenReader;`);

/** Everything that is read of the page as it stands, from its first item to its last. */
export async function heard(page) {
  if (!(await page.evaluate(() => "screenReader" in globalThis))) await page.evaluate(await bundle);
  count("pages heard by a screen reader", 1);
  return page.evaluate(async () => {
    const { virtual } = globalThis.screenReader;
    await virtual.start({ container: document.body });
    // A page has at most some hundreds of items; one that does not end is cut here, and told.
    for (let items = 0; (await virtual.lastSpokenPhrase()) !== "end of document"; items += 1) {
      if (items > 2000) throw new Error("the page does not come to its end");
      await virtual.next();
    }
    const phrases = await virtual.spokenPhraseLog();
    await virtual.stop();
    return phrases;
  });
}
