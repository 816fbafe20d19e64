// Measures the receiver, and writes docs/receiver-performance.md.
//
//   node run.mjs [--folder /tmp/putright-bench] [--rows 1000000] [--tries 7] [--rounds 7] [--seconds 6] [--parts pages,throughput,uploads] [--out file]
//
// PUTRIGHT_PROGRAM   the command line, built with every feature   (target/release/putright)
//
// A store that is filled stays in the folder, so that the next run need not fill it again.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { databaseFile, fillPostgres, fillSqlite, timeCommands, timePages } from "./lib/pages.mjs";
import { Postgres, makeSite, program, receiver, root, stop } from "./lib/place.mjs";
import { report } from "./lib/report.mjs";
import { throughput } from "./lib/throughput.mjs";
import { uploads } from "./lib/uploads.mjs";

const { values } = parseArgs({ options: {
  folder: { type: "string", default: "/tmp/putright-bench" }, rows: { type: "string", default: "1000000" }, tries: { type: "string", default: "7" },
  rounds: { type: "string", default: "7" }, seconds: { type: "string", default: "6" }, connections: { type: "string", default: "32" },
  parts: { type: "string", default: "pages,throughput,uploads" }, stores: { type: "string", default: "sqlite,postgres" }, out: { type: "string" },
} });
const [rows, tries, rounds, seconds, connections] = ["rows", "tries", "rounds", "seconds", "connections"].map((name) => Number(values[name]));
const [parts, stores] = [values.parts.split(","), values.stores.split(",")];
const { folder } = values;

const began = Date.now();
const say = (text) => console.error(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${text}`);
const ask = (command, ...given) => execFileSync(command, given, { cwd: fileURLToPath(root), encoding: "utf8" }).trim();
const version = (name) => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;

mkdirSync(folder, { recursive: true, mode: 0o755 });
makeSite(folder);
const result = { rows, tries, rounds, seconds, connections, load: [loadavg()[0]] };
result.machine = {
  cpu: cpus()[0]?.model.trim() ?? "unknown", cores: cpus().length, memory: `${Math.round(totalmem() / 2 ** 30)} GB`, node: process.version,
  commit: ask("git", "rev-parse", "--short", "HEAD"), day: new Date().toISOString().slice(0, 10),
  versions: Object.fromEntries(["express", "better-sqlite3", "pg"].map((name) => [name, version(name)])),
};

/** Runs work with a store: its options, and PostgreSQL where it is that. */
async function withStore(kind, name, work) {
  if (kind === "sqlite") return work(["--data", join(folder, name)]);
  const postgres = new Postgres(join(folder, `postgres-${name}`));
  await postgres.start();
  result.machine.postgres = postgres.query("SHOW server_version");
  try {
    return await work(["--database", postgres.url], postgres);
  } finally {
    await postgres.stop();
  }
}

/** Starts the receiver once, so that it makes the tables. */
async function makeTables(store) {
  const { child } = await receiver(folder, store);
  await stop(child);
}

if (parts.includes("pages")) {
  result.pages = {};
  for (const kind of stores) {
    const line = ({ officer, page, middle, most, lines }) => {
      say(`${kind}: ${officer ?? "putright submissions"}: ${page}: ${middle.toFixed(0)} ms, ${most.toFixed(0)} at most, ${lines} lines`);
    };
    result.pages[kind] = await withStore(kind, "million", async (store, postgres) => {
      await makeTables(store);
      say(`${kind}: fill`);
      if (postgres) await fillPostgres(postgres, rows);
      else fillSqlite(databaseFile(store[1]), rows);
      say(`${kind}: the inbox`);
      const inbox = await timePages(folder, store, rows, tries, line);
      say(`${kind}: the command line`);
      const commands = timeCommands(store, rows, Math.min(5, tries), line);
      return { inbox, commands };
    });
  }
}

if (parts.includes("throughput")) {
  result.throughput = {};
  for (const kind of stores) {
    result.throughput[kind] = await withStore(kind, "throughput", (_, postgres) => throughput(kind, folder, postgres, { rounds, seconds, connections }, say));
  }
}

if (parts.includes("uploads")) {
  result.uploads = {};
  for (const kind of stores) {
    result.uploads[kind] = await withStore(kind, "uploads", (store) => uploads(folder, store, { senders: 12, each: 4 }));
    const { statuses, ...all } = result.uploads[kind];
    say(`${kind}: ${JSON.stringify(statuses)}; ${Object.entries(all).map(([name, { resident, peak }]) => `${name}: ${resident.toFixed(0)} MB, ${peak.toFixed(0)} MB at most`).join("; ")}`);
  }
}

result.load.push(loadavg()[0]);
const results = fileURLToPath(new URL("results/", import.meta.url));
mkdirSync(results, { recursive: true });
const last = join(results, "last.json");
const before = existsSync(last) ? JSON.parse(readFileSync(last, "utf8")) : {};
const whole = parts.length === 3 && stores.length === 2;
writeFileSync(last, JSON.stringify(whole ? result : { ...before, ...result }, null, 1));
if (whole || values.out) {
  const out = values.out ?? fileURLToPath(new URL("docs/receiver-performance.md", root));
  writeFileSync(out, report(result));
  say(`written: ${out}`);
}
say(`measured ${program}`);
