// The budget of bytes: what is over it fails the build, and is told by its causes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { built, causes } from "../../scripts/causes.mjs";
import { dist, root } from "./support/receiver.mjs";

const script = fileURLToPath(new URL("../../scripts/pack.mjs", import.meta.url));

/** Packs a site of one script of so many bytes, which no packing makes smaller. */
function pack(t, bytes) {
  const folder = mkdtempSync(join(tmpdir(), "putright-pack-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "app.js"), randomBytes(bytes));
  writeFileSync(join(folder, "app.css"), "a{}");
  writeFileSync(join(folder, "index.html"), "<!DOCTYPE html>");
  return spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
}

test("what is within the budget is packed and told", (t) => {
  const { status, stdout, stderr } = pack(t, 10_000);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^WebAssembly and JavaScript: 9\.8 KB of [\d.]+ KB$/m);
});

test("what is over it fails, with the files and the ten largest causes", (t) => {
  const { status, stderr } = pack(t, 1_000_000);
  assert.equal(status, 1);
  assert.match(stderr, /^WebAssembly and JavaScript: 976\.6 KB of [\d.]+ KB, over budget\. The largest:\n +976\.6 KB  app\.js$/m);
  const lines = stderr.split("\n").filter((line) => /^ +[\d.]+ KB  /.test(line));
  assert.equal(lines.length, 1 + 10 + 10, stderr);
});

test("no file of the release names a folder of the machine that built it", () => {
  const program = join(root, `target/${{ x64: "x86_64", arm64: "aarch64" }[process.arch]}-unknown-linux-musl/release/putright`);
  const files = [dist, program].filter(existsSync);
  const { status, stderr } = spawnSync(join(root, "scripts/no-paths.sh"), files, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

test("the causes are all of the module, by names that a person knows", () => {
  const { parts, functions } = causes(built, Infinity);
  assert.ok(parts.find(([, name]) => name === "putright_app::view_model")?.[0] > 10_000);
  const code = functions.reduce((sum, [size]) => sum + size, 0);
  assert.ok(code > 300_000, `${code} bytes of functions`);
  assert.ok(functions.filter(([, name]) => name === "without a name").length < functions.length / 100);
});
