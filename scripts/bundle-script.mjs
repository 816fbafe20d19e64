// Makes one script of src/start.js and of what it imports, target/script/start.js, for Trunk, which takes a script as it is:
//
//   node scripts/bundle-script.mjs
//
// One file is one request less for each subject. `scripts/shrink.mjs` minifies a release's.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
mkdirSync(`${root}target/script`, { recursive: true });
buildSync({
  absWorkingDir: root,
  entryPoints: ["src/start.js"],
  outfile: "target/script/start.js",
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  // Fetched within a frame alone: it stays a file of its own.
  external: ["./framed.js"],
});
