// Makes a release's script and WebAssembly smaller without changing what they do:
//
//   node scripts/shrink.mjs DIST
//
// wasm-bindgen names every function that the WebAssembly imports, and the closures that it exports, with sixteen random digits.
// They stand in both files and do not compress; here they become short. Functions that begin alike are put side by side: Brotli
// then makes 1.8 KB less of them. Then the scripts are minified, and the stylesheet's spaces taken out.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import binaryen from "binaryen";
import { transformSync } from "esbuild";

const CUSTOM_SECTION = 0;
const IMPORT_SECTION = 2;
const CODE_SECTION = 10;
/** In the section of names: those of functions. */
const FUNCTION_NAMES = 1;

const dist = process.argv[2] ?? "dist";
const names = readdirSync(dist);
const script = names.find((name) => /^putright-app-[0-9a-f]+\.js$/.test(name));
const module = names.find((name) => /^putright-app-[0-9a-f]+_bg\.wasm$/.test(name));
if (!script || !module) throw new Error(`no putright-app script and WebAssembly in ${dist}: build it with Trunk first`);

const imports = new Map();
const short = (name) => {
  if (!/^__w/.test(name)) return name;
  if (!imports.has(name)) imports.set(name, imports.size.toString(36));
  return imports.get(name);
};

const exported = new Map();
const asking = withoutStreamClasses(readFileSync(join(dist, script), "utf8"));
const wasm = shortenImports(alikeTogether(withoutUnasked(readFileSync(join(dist, module)), asking)));
const glue = withoutUnused(asking).replace(/\bwasm_bindgen_[\w$]+/g, (name) => exported.get(name) ?? name);
// In the script an import is a property of one object: `__wbg_get_0b8e…: function(…)`. Nothing else bears such a name.
const renamed = glue.replace(/\b__w[\w$]+(?=: function\(|\([^)]*\) \{)/g, (name) =>
  imports.has(name) ? JSON.stringify(imports.get(name)) : name,
);
const lost = [...imports.values()].filter((name) => !renamed.includes(`"${name}": function(`));
if (lost.length > 0) throw new Error(`${lost.length} imports of the WebAssembly were not found in ${script}`);

const minify = (code) => transformSync(code, { minify: true, format: "esm", target: "es2022" }).code;
writeFileSync(join(dist, module), wasm);
writeFileSync(join(dist, script), minify(renamed));
const loader = names.find((name) => /^start-[0-9a-f]+\.js$/.test(name));
for (const name of [loader, "embed.js", "framed.js"].filter(Boolean)) {
  writeFileSync(join(dist, name), minify(readFileSync(join(dist, name), "utf8")));
}
// Parts of the design system's components that no page has. Each rule alone for one of them is taken out.
const unused = new RegExp(String.raw`\.govuk-(?:${[
  "summary-card", "summary-list--no-border", "summary-list__actions-list", "summary-list__row--no", "panel--interruption", "panel__actions",
  "link--", "link-image", "button--inverse", "button--start", "button__start-icon", "body-lead", "body-m", "heading-xl", "caption-(?:xl|m)",
  "label--xl", "fieldset__legend--xl", "main-wrapper--", "back-link--inverse", "input__(?:prefix|suffix|wrapper)", "input--extra", "select",
  "list--(?:spaced|number)", "radios__(?:divider|conditional)", "visually-hidden-focusable", "tag--(?:turquoise|teal|purple|pink|orange|magenta)",
].join("|")})`);
// And what only browsers without WebAssembly read.
const forInternetExplorer = /@media screen(?:\ufffd|\\[0f][0-9a-f]*)[^{]*\{(?:[^{}]*\{[^{}]*\})*\}/g;
const wanted = (css) => css.replace(forInternetExplorer, "").replace(/([^{}]+)\{[^{}]*\}/g, (rule, prelude) => {
  if (prelude.trim().startsWith("@")) return rule;
  // Commas between brackets part no selectors.
  const kept = prelude.split(/,(?![^(]*\))/).filter((selector) => !unused.test(selector.replace(/:not\([^)]*\)/g, "")));
  return kept.length ? kept.join(",") + rule.slice(prelude.length) : "";
});
// Its spaces alone: a shorter way to say something may be one that an old browser does not know.
const spare = (code) => transformSync(code, { loader: "css", minifyWhitespace: true }).code;
for (const name of names.filter((one) => /^main-[0-9a-f]+\.css$/.test(one))) {
  writeFileSync(join(dist, name), wanted(spare(readFileSync(join(dist, name), "utf8"))));
}

/**
 * The module without what nobody calls, and with short names for the closures that somebody does. wasm-bindgen exports the streams
 * that a crate under Leptos could hand to JavaScript; no script asks for them, but an export keeps its code.
 */
function withoutUnasked(bytes, glue) {
  const read = binaryen.readBinary(bytes);
  const exports = Array.from({ length: read.getNumExports() }, (_, at) => binaryen.getExportInfo(read.getExportByIndex(at)));
  for (const { name, kind, value } of exports) {
    if (!glue.includes(name)) read.removeExport(name);
    else if (kind === binaryen.ExternalFunction && name.startsWith("wasm_bindgen_")) {
      exported.set(name, `c${exported.size}`);
      read.removeExport(name);
      read.addFunctionExport(value, exported.get(name));
    }
  }
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(1);
  // The stack lies lowest: its last kilobyte is never in use.
  binaryen.setLowMemoryUnused(true);
  read.optimize();
  const left = Buffer.from(read.emitBinary());
  read.dispose();
  return left;
}

/** The module with its functions in the order of their bytes. Binaryen sorts by names, so each is named by its place. */
function alikeTogether(bytes) {
  let imported = 0;
  let bodies = [];
  for (const { id, body } of sections(bytes)) {
    if (id === IMPORT_SECTION) imported = functionsIn(body);
    if (id === CODE_SECTION) bodies = bodiesIn(body);
  }
  const place = new Map(bodies.map((_, at) => at).sort((a, b) => Buffer.compare(bodies[a], bodies[b])).map((at, place) => [at, place]));
  const named = (index, name) => Buffer.concat([writeNumber(index), writeNumber(name.length), Buffer.from(name)]);
  const names = Buffer.concat([
    writeNumber(imported + bodies.length),
    ...Array.from({ length: imported }, (_, at) => named(at, `import${at}`)),
    ...bodies.map((_, at) => named(imported + at, String(place.get(at)).padStart(6, "0"))),
  ]);
  const section = Buffer.concat([writeNumber(4), Buffer.from("name"), writeNumber(FUNCTION_NAMES), writeNumber(names.length), names]);
  const read = binaryen.readBinary(Buffer.concat([bytes, writeNumber(CUSTOM_SECTION), writeNumber(section.length), section]));
  read.runPasses(["reorder-functions-by-name"]);
  const ordered = Buffer.from(read.emitBinary());
  read.dispose();
  return ordered;
}

function bodiesIn(section) {
  let [count, at] = readNumber(section, 0);
  const bodies = [];
  for (; count > 0; count -= 1) {
    const [size, start] = readNumber(section, at);
    bodies.push(section.subarray(start, start + size));
    at = start + size;
  }
  return bodies;
}

/** How many of the imports are functions. */
function functionsIn(section) {
  let [count, at] = readNumber(section, 0);
  let functions = 0;
  for (; count > 0; count -= 1) {
    const description = readName(section, readName(section, at)[1])[1];
    if (section[description] === 0) functions += 1;
    at = skipDescription(section, description);
  }
  return functions;
}

/** The script without the classes of those streams. */
function withoutStreamClasses(glue) {
  return glue.replace(/^export class IntoUnderlying\w+ \{\n[\s\S]*?^\}\n/gm, "")
    .replace(/^if \(Symbol\.dispose\) IntoUnderlying.*\n/gm, "")
    .replace(/^const IntoUnderlying\w+Finalization = [\s\S]*?;\n/gm, "");
}

/** The script without functions that the module does not import. */
function withoutUnused(glue) {
  return glue.replace(/^ {8}(__w[\w$]+): function\([^)]*\) (?:\{ return .*\},?|\{\n[\s\S]*?^ {8}\},?)\n/gm, (whole, name) =>
    imports.has(name) ? whole : "");
}

/** The module with the names of its imports made short, and without what only tools read; every other section as it was. */
function shortenImports(bytes) {
  const parts = [bytes.subarray(0, 8)];
  for (const { id, body, whole } of sections(bytes)) {
    if (id === IMPORT_SECTION) {
      const section = shortenSection(body);
      parts.push(Buffer.from([IMPORT_SECTION]), writeNumber(section.length), section);
    } else if (id !== CUSTOM_SECTION) {
      parts.push(whole);
    }
  }
  return Buffer.concat(parts);
}

/** Each section: which it is, what stands in it, and all of it. */
function* sections(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const [size, start] = readNumber(bytes, at + 1);
    const end = start + size;
    yield { id: bytes[at], body: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
    at = end;
  }
}

function shortenSection(body) {
  const [count, first] = readNumber(body, 0);
  const parts = [body.subarray(0, first)];
  let at = first;
  for (let number = 0; number < count; number += 1) {
    const [, afterModule] = readName(body, at);
    const [name, afterName] = readName(body, afterModule);
    const end = skipDescription(body, afterName);
    const renamed = Buffer.from(short(name));
    parts.push(body.subarray(at, afterModule), writeNumber(renamed.length), renamed, body.subarray(afterName, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** Behind what an import is: a function, a table, a memory or a global. */
function skipDescription(body, at) {
  const kind = body[at];
  if (kind === 0) return readNumber(body, at + 1)[1];
  if (kind === 3) return at + 3;
  throw new Error(`an import of kind ${kind} is not expected of wasm-bindgen`);
}

function readName(bytes, at) {
  const [length, start] = readNumber(bytes, at);
  return [bytes.toString("utf8", start, start + length), start + length];
}

/** LEB128. */
function readNumber(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at];
    at += 1;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value >>> 0, at];
  }
}

function writeNumber(value) {
  const bytes = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value > 0 ? low | 0x80 : low);
  } while (value > 0);
  return Buffer.from(bytes);
}
