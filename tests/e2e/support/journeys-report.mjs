// docs/journeys.md: how long each journey was, and is.

import { phoneHeight } from "./measure.mjs";

/** The pages that may be longer than others. */
const longPages = ["topics", "advice", "check", "sent"];
const isLong = (screen) => [screen.place, ...screen.asks].some((id) => longPages.includes(id));

/**
 * The limits of every page: the top of its heading in px, its height in phone screens, its questions. A council's privacy notice, at
 * the foot of each page and above the button that sends, may add `notice` and `longNotice` px.
 */
export const pageLimits = { top: 200, phones: 2.5, longPhones: 3.5, questions: 5, notice: 25, longNotice: 95 };

/** The numbers of a journey. `story` is the question of the story, where it has one. */
export function totals({ screens, own }, story) {
  const sum = (key) => screens.reduce((all, screen) => all + screen[key], 0);
  const most = (key, of = screens) => Math.max(0, ...of.map((screen) => screen[key]));
  return {
    screens: screens.length,
    words: sum("words"),
    openWords: sum("openWords"),
    wholeWords: sum("wholeWords"),
    before: story === undefined ? undefined : storyAt(screens, story),
    top: most("top"),
    phones: phones(most("height", screens.filter((screen) => !isLong(screen)))),
    longPhones: phones(most("height", screens.filter(isLong))),
    questions: most("questions"),
    own,
  };
}

/** The index of the page on which the story is told. */
export const storyAt = (screens, story) => screens.findIndex(({ place, asks }) => place === story || asks.includes(story));

const phones = (height) => Math.round(height / phoneHeight * 10) / 10;

/** What of a journey is over its limits. Every page is judged by itself. */
export function exceeded({ screens, own }, { story, limits }) {
  const now = totals({ screens, own }, story);
  const over = Object.keys(limits).filter((key) => now[key] > limits[key]).map((key) => `${key}: ${now[key]}, at most ${limits[key]}`);
  if (now.openWords > 2 * now.words) over.push(`with every details element open: ${now.openWords} words, at most ${2 * now.words}`);
  for (const screen of screens) {
    const [longest, notice] = isLong(screen) ? [pageLimits.longPhones, pageLimits.longNotice] : [pageLimits.phones, pageLimits.notice];
    if (screen.top > pageLimits.top) over.push(`${screen.place}: the heading is at ${screen.top} px, at most ${pageLimits.top}`);
    const height = longest * phoneHeight + notice;
    if (screen.height > height) over.push(`${screen.place}: ${screen.height} px long, at most ${height}`);
    if (screen.questions > pageLimits.questions) over.push(`${screen.place}: ${screen.questions} questions, at most ${pageLimits.questions}`);
  }
  return over;
}

const number = (value) => value === undefined ? "–" : value.toLocaleString("en-GB");

function row(name, which, { screens, words, openWords, wholeWords, before, top, phones, longPhones, questions, own }) {
  const cells = [name, which, number(screens), number(words), number(openWords), number(wholeWords), number(before), number(top),
    `${phones} · ${longPhones || "–"}`, number(questions), number(own)];
  return `| ${cells.join(" | ")} |`;
}

/** The screens and words that a report has for a journey as it is now. */
export function reported(report, name) {
  const line = report.split("\n").find((line) => line.startsWith(`| ${name} | after |`));
  const [, , , screens, words] = line?.split("|").map((cell) => Number(cell.replaceAll(",", ""))) ?? [];
  return { screens, words };
}

/** The whole report. Each of `journeys` has `name`, `story`, `limits`, and what was measured `before` and `after`. */
export function report(journeys) {
  const rows = journeys.flatMap(({ name, story, limits, before, after }) => [
    row(name, "limit", { ...pageLimits, ...limits, openWords: "2 × words" }),
    row(name, "before", totals(before, story)),
    row(name, "after", totals(after, story)),
  ]);
  const pages = journeys.flatMap(({ name, before, after }) => [
    `### ${name}`, "", ...[["Before", before], ["After", after]].flatMap(([which, { screens }]) => [`${which}: ${list(screens)}`, ""]),
  ]);
  return `${intro}
| journey | | screens | words | details open | whole page | before the story | heading, px | longest page, phones | questions | own words |
|---|---|---|---|---|---|---|---|---|---|---|
${rows.join("\n")}

## Each page and its words

The id of a page is that of its first question.

${pages.join("\n").trimEnd()}
`;
}

const list = (screens) => screens.map(({ place, words }) => `${place} ${words}`).join(" · ");

const intro = `# How long each journey is

\`tests/e2e/journeys.test.mjs\` walks each journey in a real Chromium at 360 × 740 px, at a council that shares its service with another
(one question more), and measures every screen. \`UPDATE=1 node --test tests/e2e/journeys.test.mjs\` writes this file. Without
\`UPDATE=1\` the test compares: the screens must be the same, the words within 5 %. "Before" is the app of 30 November 2026,
which asked one question a page. Its numbers, \`tests/e2e/journeys/before.json\`, are never written again.

- **Screens** include the first page and the confirmation. "To the answer" ends at the page with the dates, "to the letter" at the letter.
- **Words** are all that is visible in the main part of each page without opening anything: what stands between spaces and has a
  letter or a digit. Text for screen readers alone, and text in a field, are not counted. Each screen is measured when it arrives and
  again before Continue, because an answer can open more in place; the larger number counts.
- **Details open** counts the same with every details element open: at most twice as many as without.
- **Whole page** adds header and footer, which are the same on every page, and whatever else is outside the main part. It has no limit.
- **Own words** are those that the person typed. They are in no other count, wherever the page repeats them.
- **Before the story** is the number of screens before the one on which the person can say what happened.
- **Heading** is the lowest top of an \`h1\`; **longest page** is given for question pages, and then for topics, advice, check answers and
  the confirmation, in screens of 740 px.
`;
