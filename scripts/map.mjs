// Draws the map of questions and outcomes: `putright graph` as docs/map.svg, with Graphviz compiled to WebAssembly.
//
//   node scripts/map.mjs          writes docs/map.svg (make graph)
//
// The same files give the same picture, so that a test can tell when the picture no longer fits (tests/e2e/map.test.mjs).

import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { instance } from "@viz-js/viz";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the picture is kept. */
export const picture = join(root, "docs", "map.svg");

/** The picture of what `putright graph` says. */
export async function draw(binary) {
  const { stdout } = await run(binary, ["graph", join(root, "public")], { maxBuffer: 1 << 24 });
  return describe((await instance()).renderString(stdout, { format: "svg", engine: "dot" }));
}

/** Words are drawn smaller than Graphviz laid them out, so that they stay within their boxes in a wider typeface too. */
const SMALLER = 0.83;

/** Takes away what Graphviz says of itself, and tells people who do not see the picture what it is. */
function describe(svg) {
  const count = (kind) => svg.split(`class="node ${kind}"`).length - 1;
  const title = "The questions of the complaint form, and what may come of them";
  const description = [
    `${count("question")} questions and what leads from one to the next, from the first page at the top to the confirmation`,
    "at the bottom. Beside each arrow stands the answer that it is for. A dashed box is a question that may be left out.",
    "Half-way stands the advice, with every outcome that it may tell.",
  ].join(" ");
  const start = svg.indexOf("<svg ");
  const inside = svg.indexOf(">", start) + 1;
  const opening = svg.slice(start, inside - 1).replace(/\s+/g, " ");
  return [
    `${opening} role="img" aria-labelledby="map-title map-description">`,
    `<title id="map-title">${title}</title>`,
    `<desc id="map-description">${description}</desc>`,
    // Graphviz names each box and arrow by its id, which a pointer that rests on it would show.
    svg.slice(inside).trim().replace(/<!--[\s\S]*?-->\n/g, "").replace(/<title>[\s\S]*?<\/title>\n/g, "")
      .replace(/font-size="([\d.]+)"/g, (_, size) => `font-size="${(size * SMALLER).toFixed(2)}"`),
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const binary = process.env.PUTRIGHT_BIN ?? join(root, "target", "release", "putright");
  await writeFile(picture, await draw(binary));
  console.log(`wrote ${picture}`);
}
