// Lists the names of types that stand for several types, in any crate. `make lint` runs it.
//
//   node scripts/names.mjs            fails where a name stands for more types than scripts/names.json allows
//   node scripts/names.mjs --list     lists every such name, with the place of each type
//   node scripts/names.mjs --lower    takes what is no longer there out of scripts/names.json; it never adds a name
//
// One name stands for one thing, so that a search finds it, and nobody takes one thing for another. A pair may stay for a reason, which
// is its entry in scripts/names.json: the number of types, and why. Tests, benches and examples do not count.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const kept = new URL("names.json", import.meta.url);

/** The first line of a type, as rustfmt writes it; `id_enum!` makes an enum of its first name. */
const TYPE = /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:unsafe\s+)?(?:struct|enum|trait|union|type)\s+([A-Z]\w*)/;
const ID_ENUM = /^\s*(?:pub(?:\([^)]*\))?\s+)?([A-Z]\w*)\s*\{$/;

/** The types that a file declares. Associated types are no declarations, and neither is what stands in a module of tests. */
function types(file, text) {
  const found = [];
  let inside = "";
  for (const [at, line] of text.split("\n").entries()) {
    if (/^#\[cfg\(test\)\]/.test(line)) break;
    if (/^\S/.test(line)) inside = /^id_enum!/.test(line) ? "ids" : /^(unsafe )?impl\b|^(pub(\([^)]*\))? )?trait\b/.test(line) ? "body" : "";
    const [, name] = (inside === "ids" && /^ {4}\S/.test(line) ? ID_ENUM.exec(line) : undefined) ?? TYPE.exec(line) ?? [];
    if (name && !(inside === "body" && /^\s+type\b/.test(line))) found.push({ name, place: `${file}:${at + 1}` });
  }
  return found;
}

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "src/*.rs", "crates/*/src/*.rs"], { cwd: root, encoding: "utf8" })
  .split("\n").filter((file) => file && existsSync(new URL(`../${file}`, import.meta.url)));
const places = new Map();
for (const file of files) {
  for (const { name, place } of types(file, readFileSync(new URL(`../${file}`, import.meta.url), "utf8"))) places.set(name, [...(places.get(name) ?? []), place]);
}
const several = [...places].filter(([, list]) => list.length > 1).sort(([a], [b]) => a.localeCompare(b));
const allowed = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
const told = ([name, list]) => `${name}: ${list.join(", ")}`;

if (process.argv.includes("--list")) {
  for (const one of several) console.log(told(one));
} else if (process.argv.includes("--lower")) {
  const left = several.filter(([name]) => allowed[name]).map(([name, list]) => [name, { ...allowed[name], types: Math.min(list.length, allowed[name].types) }]);
  writeFileSync(kept, `${JSON.stringify(Object.fromEntries(left), null, 1)}\n`);
} else {
  const more = several.filter(([name, list]) => list.length > (allowed[name]?.types ?? 1) || !allowed[name]?.because);
  for (const one of more) console.error(`${told(one)}\n  One name, one thing: rename one of them. Where both must stay, say why in scripts/names.json.`);
  const gone = Object.entries(allowed).filter(([name, { types: most }]) => (places.get(name)?.length ?? 0) < most);
  for (const [name] of gone) console.error(`scripts/names.json: ${name} stands for fewer types by now: run node scripts/names.mjs --lower`);
  console.log(`names: ${several.length} of ${places.size} names of types stand for several${more.length ? "" : ", none of them new"}`);
  process.exitCode = more.length || gone.length ? 1 : 0;
}
