// A site as it would be with some of its files changed: `putright build` compiles them, and the page is given the bundles that come of it.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

import { binary, dist } from "./receiver.mjs";

const run = promisify(execFile);

/** The bundles of sites that were compiled before, by a digest of the changed files. */
const compiled = new Map();

/** The name of a bundle without its version. */
const unversioned = (name) => name.replace(/-[0-9a-f]{16}\.bin$/, "");

async function compile(files) {
  const folder = await mkdtemp(join(tmpdir(), "putright-compiled-"));
  try {
    await cp(dist, folder, { recursive: true, filter: (path) => !/\.(br|gz|wasm)$/.test(path) });
    for (const [file, json] of Object.entries(files)) await writeFile(join(folder, file), JSON.stringify(json));
    await rm(join(folder, "bundles"), { recursive: true, force: true });
    await run(binary, ["build", folder]);
    const bundles = new Map();
    for (const name of await readdir(join(folder, "bundles"))) bundles.set(unversioned(name), await readFile(join(folder, "bundles", name)));
    return bundles;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Compiles the release with `files` (each path with its JSON) in place of its own, and answers the page's requests for bundles with the result. */
export async function serveCompiled(page, files) {
  const digest = createHash("sha256").update(JSON.stringify(files)).digest("hex");
  if (!compiled.has(digest)) compiled.set(digest, compile(files));
  const bundles = await compiled.get(digest);
  await page.route("**/bundles/*", (route) => {
    const name = unversioned(basename(new URL(route.request().url()).pathname));
    return route.fulfill({ contentType: "application/octet-stream", body: bundles.get(name) });
  });
}
