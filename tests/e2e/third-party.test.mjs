// Servers that know nothing of Putright take its complaints, by a council's file alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { statutory, story, typed } from "./support/answers.mjs";
import { Browser } from "./support/browser.mjs";
import { draftAt, openAt, told } from "./support/outcome.mjs";
import { submitButton } from "./support/page.mjs";
import { data } from "./support/receiver.mjs";
import { jsonServer, nodeRed } from "./support/servers.mjs";
import { Site } from "./support/site.mjs";

let browser, words, draft;

before(async () => {
  [browser, { words }] = await Promise.all([Browser.start(), data("content/en/adult.json")]);
  const site = await Site.start();
  draft = await draftAt(browser, site, statutory, words);
  await site.stop();
});
after(() => browser?.stop());

/** One person sends one complaint to a server, as a council's file says. Gives what the page says of it. */
async function complain(t, server, delivery) {
  const site = await Site.start({ delivery });
  t.after(() => site.stop());
  const { page, watch, close } = await openAt(browser, site, draft, words, { mock: server });
  t.after(() => close());
  await submitButton(page).click();
  const outcome = await told(page, words);
  assert.equal(outcome.says, "sent", outcome.why);
  const [first, last] = [0, -1].map((at) => page.locator("main .pr-reference").nth(at).textContent());
  watch.clean();
  return { reference: await first, number: (await last).replaceAll("-", "") };
}

/** What arrived is what was written, under the number that the person has. */
function isWhatWasWritten(submission, number) {
  assert.equal(submission.id, number);
  assert.equal(submission.council, "bromley");
  assert.equal(submission.sent_on, "2026-12-17");
  assert.deepEqual(submission.points, [{
    what_happened: story, people_and_teams: statutory.people_and_teams, effect: statutory.effect,
  }]);
  assert.deepEqual(submission.contact, {
    name: statutory.full_name, methods: ["email", "telephone", "post"], ...statutory.reach, safety: statutory.safe_contact,
  });
  assert.deepEqual(submission.wishes, { chosen: statutory.wishes, words: statutory.wish_words });
  assert.deepEqual(submission.help, {
    chosen: statutory.help, language: statutory.interpreter_language, words: statutory.help_words,
  });
}

test("json-server: it holds the document as it is, and its id is the reference", async (t) => {
  const server = await jsonServer("complaints");
  t.after(() => server.stop());
  const { reference, number } = await complain(t, server, {
    url: `${server.origin}/complaints`,
    idempotency: null,
    retry: null,
    success: { status: [201], body: [{ json: "/id", is: "present" }] },
    reference: ["/id"],
  });
  const held = await server.get("/complaints");
  assert.equal(held.length, 1);
  isWhatWasWritten(held[0], number);
  assert.equal(reference, held[0].id);
});

test("Node-RED: a flow of its standard nodes takes the form of the preset for webhooks, and gives a reference", async (t) => {
  const change = (id, rules, next) => ({
    id, type: "change", z: "tab", rules: rules.map(([p, pt, to, tot]) => ({ t: "set", p, pt, to, tot })), wires: [[next]],
  });
  const server = await nodeRed("/complaints", [
    { id: "tab", type: "tab", label: "Complaints" },
    { id: "post", type: "http in", z: "tab", url: "/complaint", method: "post", upload: true, wires: [["keep"]] },
    change("keep", [
      ["count", "flow", "$number($flowContext('count') ? $flowContext('count') : 0) + 1", "jsonata"],
      ["latest", "flow", "payload", "msg"],
      ["payload", "msg", "{ 'reference': 'NR-' & $flowContext('count') }", "jsonata"],
    ], "answer"),
    { id: "get", type: "http in", z: "tab", url: "/complaints", method: "get", wires: [["tell"]] },
    change("tell", [["payload", "msg", "{ 'count': $flowContext('count'), 'latest': $flowContext('latest') }", "jsonata"]], "answer"),
    { id: "answer", type: "http response", z: "tab", wires: [] },
  ]);
  t.after(() => server.stop());
  const { reference, number } = await complain(t, server, { preset: "n8n", url: `${server.origin}/complaint` });
  const { count, latest } = await server.get("/complaints");
  assert.equal(count, 1);
  assert.equal(reference, "NR-1");
  assert.equal(latest.copy_number, number);
  isWhatWasWritten(JSON.parse(latest.submission), number);
  const message = latest.message.replaceAll("\r\n", "\n");
  for (const text of typed(statutory)) assert.ok(message.includes(text), `the message lacks: ${text}`);
});
