// A million complaints in a store: how long a page of the inbox takes, and of the command line.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

import Database from "better-sqlite3";

import { program, receiver, stop } from "./place.mjs";
import { COMMON, RARE, reference, row } from "./submissions.mjs";

const columns = ["key", "reference", "received_at", "council", "kind", "body", "urgent", "state", "taken_as"];

function* each(rows) {
  for (let number = 1; number <= rows; number += 1) yield row(number, rows);
}

/** Fills a store in a file, whose tables the receiver has made. */
export function fillSqlite(file, rows) {
  const database = new Database(file);
  database.pragma("synchronous = OFF");
  const have = database.prepare("SELECT count(*) AS rows FROM submissions").get().rows;
  if (have < rows) {
    const insert = database.prepare(`INSERT INTO submissions (${columns}) VALUES (${columns.map((name) => `@${name}`)})`);
    database.transaction(() => { for (const one of each(rows)) insert.run(one); })();
    database.pragma("wal_checkpoint(TRUNCATE)");
  }
  database.close();
}

/** Fills a store in PostgreSQL, whose tables the receiver has made. */
export async function fillPostgres(postgres, rows) {
  if (Number(postgres.query("SELECT count(*) FROM submissions")) >= rows) return;
  await postgres.copy("submissions", columns, each(rows));
  postgres.query("VACUUM ANALYZE submissions");
}

/** The pages that are asked for: a name, an address, and the words of a search. */
function pages(rows) {
  const [middle, deep] = [Math.floor(rows / 2), 500];
  const search = (name, text, before) => ({ name: `search: ${name}`, path: "/inbox/search", form: { text, ...(before && { before }) } });
  return [
    { name: "first page", path: "/inbox" },
    { name: "page in the middle", path: `/inbox?before=${middle}` },
    { name: "last page but a few", path: `/inbox?before=${deep}` },
    { name: "one council", path: "/inbox?council=westminster" },
    { name: "one council, in the middle", path: `/inbox?council=westminster&before=${middle}` },
    { name: "urgent", path: "/inbox?urgent=yes" },
    { name: "urgent, in the middle", path: `/inbox?urgent=yes&before=${middle}` },
    { name: "a rare kind", path: "/inbox?kind=compliment" },
    { name: "a rare kind, urgent", path: "/inbox?kind=compliment&urgent=yes" },
    { name: "a kind that nobody sent", path: "/inbox?kind=follow_up" },
    { name: "new", path: "/inbox?state=new" },
    { name: "new, of a rare kind", path: "/inbox?state=new&kind=compliment" },
    { name: "taken over, in the middle", path: `/inbox?state=taken&before=${middle}` },
    { name: "a month", path: "/inbox?from=2026-03-01&until=2026-03-31" },
    { name: "until a day, of a rare kind", path: "/inbox?until=2025-06-01&kind=compliment" },
    { name: "all filters at once", path: "/inbox?council=westminster&state=taken&urgent=yes&kind=complaint&from=2025-06-01&until=2026-10-01" },
    { name: "by reference", path: `/inbox?find=${reference(Math.floor(rows / 3))}` },
    { name: "by number in the council's system", path: `/inbox?find=CASE-${Math.floor(rows / 3)}` },
    { name: "by a reference that nobody has", path: "/inbox?find=222-222-222" },
    search("a frequent word", "school"),
    search("a word of every fiftieth", COMMON),
    search("a rare word", RARE),
    search("a rare word, in the middle", RARE, middle),
    search("a rare word, at the end", RARE, 20_000),
    search("a person's address", `${Math.floor(rows / 4)}@example.org`),
    search("nothing", "no such words here"),
  ];
}

/** A browser of an officer whom the proxy names. */
class Officer {
  constructor(port, name) {
    Object.assign(this, { origin: `http://localhost:${port}`, address: `http://127.0.0.1:${port}`, name, cookie: "", token: "" });
  }

  async ask({ path, form }) {
    const headers = { "x-remote-user": this.name, host: new URL(this.origin).host };
    if (this.cookie) headers.cookie = this.cookie;
    const body = form && new URLSearchParams({ csrf: this.token, ...form });
    const response = await fetch(this.address + path, { method: form ? "POST" : "GET", headers: form ? { ...headers, origin: this.address, "sec-fetch-site": "same-origin" } : headers, body, redirect: "manual" });
    const cookies = response.headers.getSetCookie().map((one) => one.split(";")[0]);
    if (cookies.length) this.cookie = cookies.join("; ");
    const html = await response.text();
    if (response.status !== 200) throw new Error(`${this.name} ${path}: ${response.status}`);
    this.token = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.token;
    return html;
  }
}

const middle = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];

/** Times each page some times. Returns the middle and the longest, in milliseconds, and the lines that it has. */
export async function timePages(folder, store, rows, tries, say) {
  const { child, port } = await receiver(folder, store);
  const found = [];
  for (const name of ["all", "large", "small"]) {
    const officer = new Officer(port, name);
    await officer.ask({ path: "/inbox" });
    for (const page of pages(rows)) {
      if (name !== "all" && page.path.includes("council=")) continue;
      const times = [];
      let html = "";
      for (let at = 0; at <= tries; at += 1) {
        const before = performance.now();
        html = await officer.ask(page);
        // The first one warms up.
        if (at) times.push(performance.now() - before);
      }
      found.push({ officer: name, page: page.name, middle: middle(times), most: Math.max(...times), lines: Math.max(0, html.split("<tr").length - 2) });
      say(found.at(-1));
    }
  }
  await stop(child);
  return found;
}

/** Times what the command line lists and finds, as whole processes. */
export function timeCommands(store, rows, tries, say) {
  const found = [];
  for (const [name, given] of commands(rows)) {
    const times = [];
    const isWhole = !given.includes("--limit") && given[0] !== "show";
    let lines = 0;
    for (let at = 0; at < (isWhole ? 1 : tries); at += 1) {
      const before = performance.now();
      const output = execFileSync(program, ["submissions", ...given, ...store], { encoding: "utf8", maxBuffer: 2 ** 30, stdio: ["ignore", "pipe", "ignore"] });
      times.push(performance.now() - before);
      lines = JSON.parse(output).length ?? 1;
    }
    found.push({ page: name, middle: middle(times), most: Math.max(...times), lines });
    say(found.at(-1));
  }
  return found;
}

const page = ["--limit", "50"];
const after = (rows) => ["--after", reference(Math.floor(rows / 2))];
const commands = (rows) => [
  ["`list`, a page", ["list", ...page]],
  ["`list`, a page in the middle", ["list", ...page, ...after(rows)]],
  ["`search --council`, a page in the middle", ["search", "--council", "westminster", ...page, ...after(rows)]],
  ["`search --kind`, a rare kind", ["search", "--kind", "compliment", ...page]],
  ["`search --kind --council`, a rare kind", ["search", "--kind", "compliment", "--council", "bromley", ...page]],
  ["`search --from --until`, a day", ["search", "--from", "2026-03-01", "--until", "2026-03-01", ...page]],
  ["`search --text`, a frequent word", ["search", "--text", "school", ...page]],
  ["`show`", ["show", reference(Math.floor(rows / 3))]],
  ["`search --text`, a word that one of all has: everything is read", ["search", "--text", RARE]],
  ["`list`, all", ["list"]],
];

export const databaseFile = (folder) => join(folder, "submissions.sqlite3");
