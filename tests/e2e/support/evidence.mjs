// How much was checked. With PUTRIGHT_EVIDENCE=folder each test file leaves its counts there, for docs/evidence.md.

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const counts = new Map();

/** Counts checks of a kind. */
export function count(kind, times) {
  counts.set(kind, (counts.get(kind) ?? 0) + times);
}

if (process.env.PUTRIGHT_EVIDENCE) {
  process.on("exit", () => {
    mkdirSync(process.env.PUTRIGHT_EVIDENCE, { recursive: true });
    const name = basename(process.argv[1] ?? "tests", ".test.mjs");
    writeFileSync(join(process.env.PUTRIGHT_EVIDENCE, `${name}.json`), JSON.stringify(Object.fromEntries(counts)));
  });
}
