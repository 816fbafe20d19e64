// The same service in Express, as a careful team would write it, into the tables that the receiver has made. It checks less: no schema, no
// limits of senders, no files.
//
//   node express.mjs PORT sqlite FILE | postgres URL

import { randomInt } from "node:crypto";

import Database from "better-sqlite3";
import express from "express";
import pg from "pg";

import { reference } from "../lib/submissions.mjs";

const [port, kind, where] = process.argv.slice(2);

/** One process, one connection: better-sqlite3 waits for the disk. */
function sqlite(file) {
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  const find = database.prepare("SELECT reference, body FROM submissions WHERE key = ?");
  const insert = database.prepare("INSERT INTO submissions (key, reference, received_at, council, kind, body, urgent) VALUES (?, ?, ?, ?, ?, ?, ?)");
  const add = database.transaction((one, body) => {
    const before = find.get(one.id);
    if (before) return before.body === body ? before.reference : null;
    const name = reference(randomInt(2 ** 39));
    insert.run(one.id, name, `${new Date().toISOString().slice(0, 19)}Z`, one.council, one.kind, body, urgent(one) ? 1 : 0);
    return name;
  });
  return async (one, body) => add.immediate(one, body);
}

/** As many connections as the receiver has. */
function postgres(url) {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  return async (one, body) => {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const name = reference(randomInt(2 ** 39));
      const insert = {
        name: "insert",
        text: `INSERT INTO submissions (key, reference, received_at, council, kind, body, urgent)
               VALUES ($1, $2, date_trunc('second', clock_timestamp()), $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING reference`,
        values: [one.id, name, one.council, one.kind, body, urgent(one)],
      };
      let found = (await client.query(insert)).rows[0]?.reference;
      if (!found) {
        const { rows: [before] } = await client.query("SELECT reference, body FROM submissions WHERE key = $1", [one.id]);
        found = before?.body === body ? before.reference : null;
      }
      await client.query("COMMIT");
      return found;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  };
}

const urgent = ({ guidance, about, child }) => Boolean(guidance?.flags?.some((flag) => flag === "urgent" || flag === "safeguarding_worry")
  || about?.safeguarding_worry || child?.safe_now === "no");

const add = kind === "sqlite" ? sqlite(where) : postgres(where);
const app = express().disable("x-powered-by").disable("etag");
app.get("/api/health", (_, response) => response.status(204).end());
app.post("/api/submissions", express.json({ limit: "1mb" }), async (request, response) => {
  const one = request.body;
  const isRead = ["id", "council", "kind"].every((name) => typeof one?.[name] === "string") && one.schema === "putright/submission/1";
  if (!isRead) return response.status(422).json({ title: "not a submission" });
  const found = await add(one, JSON.stringify(one));
  return found ? response.status(201).json({ reference: found }) : response.status(409).json({ title: "the key is taken" });
});
app.listen(Number(port), "127.0.0.1");
