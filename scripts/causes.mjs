// What a WebAssembly module's size is made of: each function's bytes, by the names that wasm-bindgen leaves in.
//
//   node scripts/causes.mjs [FILE]
//
// The release has no names, so this reads what Trunk built it from. Sizes are before packing: what is large there is large packed.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const NAMES = 0;
const IMPORTS = 2;
const CODE = 10;
const DATA = 11;
const FUNCTION_NAMES = 1;

/** The module with its names, of the last release that was built here. */
export const built = fileURLToPath(new URL("../target/web/wasm-bindgen/release/putright-app_bg.wasm", import.meta.url));

/** The largest parts (a crate, or a module of Putright's) and the largest functions: `[[bytes, name], …]` of each. */
export function causes(file, most = 10) {
  const { sizes, names, data } = read(readFileSync(file));
  const parts = new Map([["texts and tables (data)", data]]);
  const functions = sizes.map(({ index, size }) => {
    // The crates' hashes tell a reader nothing.
    const name = (names.get(index) ?? "without a name").replace(/\[[0-9a-f]{8,}\]/g, "");
    const part = partOf(name);
    parts.set(part, (parts.get(part) ?? 0) + size);
    return [size, name];
  });
  const largest = (list) => list.sort(([a], [b]) => b - a).slice(0, most);
  return { parts: largest([...parts].map(([name, size]) => [size, name])), functions: largest(functions) };
}

/** Where a function comes from: `<putright_app::model::Model>::update` from `putright_app::model`. */
function partOf(name) {
  const path = /^[<&\s]*(?:mut |dyn )?([a-z_]\w*(?:::\w+)*)/.exec(name)?.[1].split("::");
  if (!path) return "other";
  return path.slice(0, path[0] === "putright" ? 3 : path[0].startsWith("putright_") ? 2 : 1).filter((step) => /^[a-z]/.test(step)).join("::");
}

function read(bytes) {
  let at = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at];
      at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return bytes.toString("utf8", at - length, at);
  };
  const found = { sizes: [], names: new Map(), data: 0 };
  let imported = 0;
  while (at < bytes.length) {
    const kind = bytes[at];
    at += 1;
    const size = number();
    const end = at + size;
    if (kind === IMPORTS) {
      for (let left = number(); left > 0; left -= 1) {
        text();
        text();
        if (bytes[at] !== 0) throw new Error("an import that is no function is not expected of wasm-bindgen");
        at += 1;
        number();
        imported += 1;
      }
    } else if (kind === CODE) {
      const count = number();
      for (let index = imported; index < imported + count; index += 1) {
        const length = number();
        found.sizes.push({ index, size: length });
        at += length;
      }
    } else if (kind === DATA) {
      found.data = size;
    } else if (kind === NAMES && text() === "name") {
      while (at < end) {
        const which = bytes[at];
        at += 1;
        const after = number() + at;
        if (which === FUNCTION_NAMES) for (let left = number(); left > 0; left -= 1) found.names.set(number(), text());
        at = after;
      }
    }
    at = end;
  }
  return found;
}

/** As lines to print. */
export function told({ parts, functions }) {
  const line = ([size, name]) => `  ${(size / 1024).toFixed(1).padStart(7)} KB  ${name.length > 110 ? `${name.slice(0, 107)}…` : name}`;
  return ["Before packing, the ten largest parts:", ...parts.map(line), "and the ten largest functions:", ...functions.map(line)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(told(causes(process.argv[2] ?? built)).join("\n"));
