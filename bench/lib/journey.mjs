// The journey that every app is given: twelve screens with Putright's own words, and the answers to them.
//
//   node lib/journey.mjs        writes journey.json anew, from public/

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const here = fileURLToPath(new URL("../", import.meta.url));
const file = `${here}journey.json`;

const council = "Bromley";

/** The screens before "check your answers", and what is answered. Of every kind of question one at least. */
const answers = {
  want: "complaint",
  who: "parent",
  child_status: "in_need",
  topics: ["staff_conduct", "visits_missed"],
  proceedings: ["none"],
  // Of last month, so that it is neither in the future nor over a year ago whenever this runs.
  event_date: { day: "2", month: "last" },
  told_team: "yes",
  what_happened: "The social worker was to visit every Tuesday. She did not come in March, and nobody rang to say why.",
  wishes: ["apologise", "put_right"],
  full_name: "Zoe Harper",
  reach: { email: "zoe@example.org" },
};

const kinds = {
  choose_one: "radios", choose_many: "checkboxes", date: "date", long_text: "textarea", text: "text", reach: "reach",
};

async function generate() {
  const read = async (path) => JSON.parse(await readFile(`${root}public/${path}`, "utf8"));
  const [flow, content] = await Promise.all([read("flows/adult.json"), read("content/en/adult.json")]);
  // A page holds one question, or several.
  const questions = flow.pages.flatMap((page) => page.questions ?? page);
  const plain = (text) => text?.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("{council}", council);
  const screens = Object.entries(answers).map(([id, answer]) => {
    const question = questions.find((one) => one.id === id);
    const [kind, given] = typeof question.kind === "string" ? [question.kind, {}] : Object.entries(question.kind)[0];
    const words = content.questions[id];
    const option = (value) => {
      const { label, hint } = words.options[value];
      return { value, label: plain(label), hint: plain(hint) };
    };
    const groups = given.groups?.map((group) => ({ title: words.groups?.[group.id], options: group.options.map(option) }))
      ?? (given.options ? [{ options: given.options.map(option) }] : undefined)
      ?? (given.methods ? [{ options: [...given.methods, given.none].map(option) }] : undefined);
    return {
      id, kind: kinds[kind], optional: question.optional ?? false, title: words.title, short: words.short, hint: plain(words.hint),
      body: words.body?.map(plain), groups, none: given.none, max: given.max, autocomplete: given.autocomplete,
      missing: words.errors?.missing, answer,
    };
  });
  const { words: all } = content;
  const words = Object.fromEntries([
    "service_name", "skip_link", "back", "continue", "optional", "error_prefix", "error_summary", "day", "month", "year", "email",
    "telephone", "post", "check_title", "check_intro", "change", "not_provided", "send", "sent_title", "sent_reference",
  ].map((id) => [id, all[id]]));
  return { source: ["public/flows/adult.json", "public/content/en/adult.json"], words, screens };
}

/** Last month, as `date` answers want it. */
export function lastMonth(now = new Date()) {
  const day = new Date(now.getFullYear(), now.getMonth() - 1, 1);
  return { month: String(day.getMonth() + 1), year: String(day.getFullYear()) };
}

/** `journey.json`, with a date that is in time. */
export async function journey() {
  const read = JSON.parse(await readFile(file, "utf8"));
  for (const screen of read.screens) {
    if (screen.kind === "date") screen.answer = { ...screen.answer, ...lastMonth() };
  }
  return read;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(file, `${JSON.stringify(await generate(), null, 1)}\n`);
}
