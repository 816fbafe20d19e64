// The same forms with fifty times the questions: a chain of more of them between two that are there, words for each.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { apps } from "./apps.mjs";
import { here, journey, root } from "./journey.mjs";
import { serve } from "./server.mjs";

const TIMES = 50;

/** Other words of the same number in each text, the same on every run: copies would compress to nothing. */
function scrambler(texts) {
  const plain = /^[\p{L}’]+[.,?]?$/u;
  const pool = [...new Set(texts.flatMap((text) => text.split(" ")).filter((word) => plain.test(word)))];
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return pool[Math.floor((state / 2 ** 32) * pool.length)];
  };
  const scramble = (value, key) => {
    if (typeof value === "string") {
      // Names of pictures, and what is filled in or linked, mean something to the app.
      if (key === "picture" || /[{[]/.test(value)) return value;
      return value.split(" ").map((word) => (plain.test(word) ? next() : word)).join(" ");
    }
    if (Array.isArray(value)) return value.map((one) => scramble(one));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, scramble(one, name)]));
    return value;
  };
  return scramble;
}

/** Every text in a value. */
const texts = (value) => (typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(texts) : []);

async function change(path, by) {
  const value = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify(await by(value)));
  return value;
}

/** Putright's own questions over and over, before its advice; each with its words, told apart by a number. */
async function morePutright(folder) {
  await cp(process.env.PUTRIGHT_DIST ?? `${root}dist`, folder, { recursive: true });
  const extra = [];
  let from = 0;
  await change(join(folder, "flows/adult.json"), (flow) => {
    from = flow.questions.length;
    const kinds = ["choose_one", "choose_many", "long_text", "text"];
    const models = flow.questions.filter(({ id, kind }) => !/-\d+$/.test(id) && kinds.includes(Object.keys(kind)[0]) && typeof kind === "object");
    for (let at = 0; at < from * (TIMES - 1); at += 1) {
      const model = models[at % models.length];
      extra.push({ id: `extra_${at}`, model: model.id, kind: model.kind, optional: model.optional });
    }
    const told = flow.questions.find(({ id }) => id === "told_team");
    const [{ go }] = told.next;
    told.next = [{ go: extra[0].id }];
    extra.forEach(({ id, kind, optional }, at) => {
      flow.questions.push({ id, kind, ...(optional ? { optional } : {}), next: [{ go: extra[at + 1]?.id ?? go }] });
    });
    return flow;
  });
  await change(join(folder, "content/en/adult.json"), (content) => {
    const scramble = scrambler(texts(content.questions));
    extra.forEach(({ id, model }, at) => {
      const words = scramble(content.questions[model]);
      content.questions[id] = { ...words, title: `${words.title} (${at + 1})` };
    });
    return content;
  });
  // As a council does after a change: the addresses in the pages have the versions of what is in the files.
  await promisify(execFile)(process.env.PUTRIGHT_BIN ?? `${root}target/release/putright`, ["build", folder]);
  return { from, to: from * TIMES };
}

async function moreSurvey(folder) {
  await cp(`${here}built/surveyjs`, folder, { recursive: true });
  const { screens } = await journey();
  const scramble = scrambler(texts(screens.map(({ title, hint, body, groups }) => [title, hint, body, groups])));
  const extra = Array.from({ length: screens.length * (TIMES - 1) }, (_, at) => {
    const model = screens[at % screens.length];
    // The fields that one of them brings would bear the same name each time.
    const kind = model.kind === "reach" ? "checkboxes" : model.kind;
    const groups = model.groups?.map((group) => ({
      title: scramble(group.title), options: group.options.map(({ value, label, hint }) => ({ value, label: scramble(label), hint: scramble(hint) })),
    }));
    const title = `${scramble(model.title)} (${at + 1})`;
    return { ...model, kind, id: `extra_${at}`, title, hint: scramble(model.hint), body: scramble(model.body), groups };
  });
  const page = join(folder, "index.html");
  const html = await readFile(page, "utf8");
  const data = JSON.stringify(extra).replaceAll("<", "\\u003c");
  await writeFile(page, html.replace('<div id="app">', `<script type="application/json" id="extra">${data}</script>\n<div id="app">`));
  return { from: screens.length, to: screens.length * TIMES };
}

/** The apps as they are, and with more questions, in a folder that `remove` takes away. */
export async function many() {
  const folder = await mkdtemp(join(tmpdir(), "putright-bench-"));
  const variants = {};
  for (const [name, make] of [["putright", morePutright], ["surveyjs", moreSurvey]]) {
    const at = join(folder, name);
    const questions = await make(at);
    variants[name] = { title: apps[name].title, questions, plain: apps[name], more: { ...apps[name], start: () => serve(at) } };
  }
  return { variants, remove: () => rm(folder, { recursive: true, force: true }) };
}
