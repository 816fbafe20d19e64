// The receiver and Express in turns, on the same tables: acknowledged submissions a second, and the receiver's memory.

import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { databaseFile } from "./pages.mjs";
import { freePort, memory, receiver, start, stop } from "./place.mjs";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
let first = 2 ** 30;

async function load(port, connections, seconds) {
  first += 1_000_000;
  const { stdout } = await run(process.execPath, [here("load.mjs"), port, connections, seconds, first].map(String));
  return JSON.parse(stdout);
}

async function express(kind, where) {
  const port = await freePort();
  return { port, child: await start(process.execPath, [here("../peers/express.mjs"), String(port), kind, where], port) };
}

/** Starts either on new and empty tables. */
async function begin(which, kind, folder, postgres) {
  if (kind === "postgres") {
    postgres.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    const made = await receiver(folder, ["--database", postgres.url]);
    if (which === "receiver") return made;
    await stop(made.child);
    return express(kind, postgres.url);
  }
  const data = join(folder, `store-${which}`);
  rmSync(data, { recursive: true, force: true });
  const made = await receiver(folder, ["--data", data]);
  if (which === "receiver") return made;
  await stop(made.child);
  const copy = join(folder, "store-copy");
  rmSync(copy, { recursive: true, force: true });
  cpSync(data, copy, { recursive: true });
  return express(kind, databaseFile(copy));
}

/** Measures both in turns: each round begins with the other. */
export async function throughput(kind, folder, postgres, { rounds, seconds, connections }, say) {
  const found = [];
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 ? ["express", "receiver"] : ["receiver", "express"];
    const one = {};
    for (const which of order) {
      const { child, port } = await begin(which, kind, folder, postgres);
      one[which] = { ...(await load(port, connections, seconds)), ...memory(child) };
      await stop(child);
    }
    say(`${kind}, round ${round + 1}: ${one.receiver.each.toFixed(0)} and ${one.express.each.toFixed(0)} a second, ${(one.receiver.each / one.express.each).toFixed(2)} times`);
    found.push(one);
  }
  return found;
}
