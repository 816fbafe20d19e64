// Packs a release: writes a Brotli and a gzip file beside each file worth it, tells the sizes, and fails over budget.
//
//   node scripts/pack.mjs [dist]
//
// The budgets are what a person downloads before the form works, over a slow mobile connection.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { built, causes, told as largest } from "./causes.mjs";

const KB = 1024;
const BUDGETS = [
  { name: "WebAssembly and JavaScript", kinds: ["wasm", "js"], limit: 167 * KB },
  { name: "CSS", kinds: ["css"], limit: 12 * KB },
  // A page has one.
  { name: "HTML, the largest page", kinds: ["html"], limit: 15 * KB, each: true },
];
const COMPRESSIBLE = new Set([".wasm", ".js", ".mjs", ".css", ".html", ".json", ".svg", ".txt", ".md", ".ics", ".webmanifest", ".bin"]);
// Below this a response fits one packet anyway.
const SMALLEST = 500;

// What the form itself does not load: the page for a council's web officer (scripts/check-page.sh), and what a frame needs besides.
const isApart = ({ name }) => /^(check(\.html$|[/\\])|(embed|framed)\.js$)/.test(name);

// How Brotli writes short distances: how many low bits stand apart, and how many distances have a code of their own. No guess is the
// best for every file, so the smallest result is kept: measured, 0.3 KB of the WebAssembly.
const DISTANCES = [[0, 0], [0, 12], [1, 24]];

function smallest(body) {
  const packed = DISTANCES.map(([apart, own]) => brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      [constants.BROTLI_PARAM_NPOSTFIX]: apart,
      [constants.BROTLI_PARAM_NDIRECT]: own,
    },
  }));
  return packed.reduce((best, one) => (one.length < best.length ? one : best));
}

const dist = process.argv[2] ?? "dist";

const paths = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

// A packed file of an earlier build would be served instead of the new one.
for (const path of paths.filter((path) => /\.(br|gz)$/.test(path))) rmSync(path);

const files = paths
  .filter((path) => !/\.(br|gz)$/.test(path))
  .map((path) => {
    const body = readFileSync(path);
    const file = { name: relative(dist, path), kind: extname(path).slice(1).replace("mjs", "js") || "other" };
    Object.assign(file, { raw: body.length, gzip: body.length, brotli: body.length });
    if (!COMPRESSIBLE.has(extname(path)) || body.length < SMALLEST) return file;

    const brotli = smallest(body);
    const gzip = gzipSync(body, { level: 9 });
    if (brotli.length < body.length) {
      writeFileSync(`${path}.br`, brotli);
      file.brotli = brotli.length;
    }
    if (gzip.length < body.length) {
      writeFileSync(`${path}.gz`, gzip);
      file.gzip = gzip.length;
    }
    return file;
  });

const sum = (list, size) => list.reduce((total, file) => total + file[size], 0);
const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`;
const row = (cells) => console.log(cells.map((cell, at) => (at ? cell.padStart(11) : cell.padEnd(11))).join(""));

row(["kind", "files", "raw", "gzip", "brotli"]);
for (const kind of [...new Set(files.map((file) => file.kind))].sort()) {
  const list = files.filter((file) => file.kind === kind && !isApart(file));
  row([kind, String(list.length), kb(sum(list, "raw")), kb(sum(list, "gzip")), kb(sum(list, "brotli"))]);
}
row(["all", String(files.length), kb(sum(files, "raw")), kb(sum(files, "gzip")), kb(sum(files, "brotli"))]);

const officers = files.filter(isApart);
row(["check.html", String(officers.length), kb(sum(officers, "raw")), kb(sum(officers, "gzip")), kb(sum(officers, "brotli"))]);

for (const { name, kinds, limit, each } of BUDGETS) {
  const list = files.filter((file) => kinds.includes(file.kind) && !isApart(file));
  const size = each ? Math.max(...list.map((file) => file.brotli)) : sum(list, "brotli");
  const told = `${name}: ${kb(size)} of ${kb(limit)}`;
  if (size <= limit) {
    console.log(told);
    continue;
  }
  process.exitCode = 1;
  console.error(`${told}, over budget. The largest:`);
  for (const file of list.sort((a, b) => b.brotli - a.brotli).slice(0, 10)) {
    console.error(`  ${kb(file.brotli).padStart(9)}  ${file.name}`);
  }
  if (kinds.includes("wasm") && existsSync(built)) console.error(largest(causes(built)).join("\n"));
}
