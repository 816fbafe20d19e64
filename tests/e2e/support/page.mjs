// What stands on a page, read from the page itself, so that a new question needs no new test.

/** The name of the page: a question's id, or `check`, `sent`, `guide`, `contacts`. */
export async function place(page) {
  return page.evaluate(() => {
    const hash = location.hash.replace(/^#\/?/, "");
    if (hash.startsWith("question/")) return hash.slice("question/".length);
    return hash || document.querySelector("main form input[type=radio]")?.name || "start";
  });
}

/** Opens everything that can be opened on the page. */
export async function openAll(page) {
  await page.evaluate(() => { for (const one of document.querySelectorAll("main details")) one.open = true; });
}

/** The words on the page as it stands, without what is closed. */
export async function shownWords(page) {
  return page.evaluate(() => {
    // The steps, and the line under the page, are on every page.
    const closed = [...document.querySelectorAll("main details:not([open]) > :not(summary), main .pr-steps, main .pr-keep")];
    const own = (node) => node.nodeType === Node.TEXT_NODE ? node.data
      : closed.includes(node) ? "" : [...node.childNodes].map(own).join(node.matches?.("p, li, h1, h2, h3, summary, button, span, div") ? " " : "");
    return own(document.querySelector("main")).split(/\s+/).filter((word) => /\w/.test(word)).length;
  });
}

/** What a question stands in; `[id^=question-]` is also how what is said about it begins. */
const part = '[id^="question-"]:not(.govuk-hint, .govuk-error-message)';

/** The questions that are asked on the page as it stands, in their order. */
export async function questions(page) {
  return page.evaluate((parts) => [...document.querySelectorAll(`main form ${parts}`)]
    .filter((part) => part.checkVisibility()).map(({ id }) => id.slice("question-".length)), part);
}

/** Tells whether a question stands on the page, whether it is asked yet or not. */
export async function holds(page, question) {
  return page.evaluate((id) => document.querySelector(`main form [id="${id}"]`) !== null, `question-${question}`);
}

/** The button that asks for a page once more, and the one that takes such a page away. */
export const addButton = "main form > div > button.govuk-button--secondary";
export const removeButton = "main form > button.govuk-button--secondary";

/**
 * What answers a question, or the first that is asked on the page: its kind, its options, those that are on, whether it may be left out, and what the
 * ids of its fields begin with.
 */
export async function control(page, question) {
  return page.evaluate(([id, parts]) => {
    const form = document.querySelector("main form");
    const asked = [...form.querySelectorAll(parts)].find((one) => one.checkVisibility());
    const part = (id && document.getElementById(`question-${id}`)) || asked || form;
    const own = (selector) => [...part.querySelectorAll(selector)].filter((one) => (one.closest(parts) ?? form) === part);
    const inputs = own("input, textarea");
    const named = (name) => inputs.some((input) => input.name === name);
    const of = (type) => inputs.filter((input) => input.type === type);
    const kind = named("day") ? "date"
      : named("email") ? "reach"
      : of("radio").length ? "radios"
      : of("checkbox").length ? "checkboxes"
      : of("file").length ? "files"
      : inputs.length ? "text" : "none";
    const boxes = inputs.filter((input) => ["radio", "checkbox"].includes(input.type));
    return {
      kind,
      options: boxes.map((input) => input.value),
      chosen: boxes.filter((input) => input.checked).map((input) => input.value),
      optional: of("file").length > 0 || Boolean(own("h1, h2")[0]?.textContent.includes("(optional)")),
      prefix: inputs.map((input) => /^(.*)(?:field-[a-z]+|choice-\d+)$/.exec(input.id)?.[1]).find((prefix) => prefix !== undefined) ?? "",
    };
  }, [question, part]);
}

/** The questions of the page, as it stands, that must be answered. */
export async function needed(page) {
  const found = [];
  for (const question of await questions(page)) {
    const { kind, optional } = await control(page, question);
    if (!optional && !["none", "files"].includes(kind)) found.push(question);
  }
  return found;
}

/**
 * Everything that was typed or chosen on the page as it stands, or for one question of it. Texts have the names of their fields, after
 * the prefix of their question where that has one and none is asked for.
 */
export async function standing(page, question) {
  return page.evaluate(([id, parts]) => {
    const part = id && document.getElementById(`question-${id}`);
    const all = [...document.querySelectorAll("main form input, main form textarea")];
    const inputs = part ? all.filter((input) => input.closest(parts) === part) : all;
    const name = (input) => part ? input.name : input.id.replace(/field-(?=[a-z]+$)/, "");
    return {
      chosen: inputs.filter((input) => input.checked).map((input) => input.value),
      text: Object.fromEntries(
        inputs.filter((input) => !["radio", "checkbox"].includes(input.type)).map((input) => [name(input), input.value]),
      ),
    };
  }, [question, part]);
}

/** Does something that leads to another page, and waits until that is drawn and its heading, or a question of it, has the focus. */
export async function turning(page, action) {
  const before = await page.evaluate(() => {
    const focus = document.activeElement;
    const leads = focus?.matches("main h1");
    // The next page may have the same heading.
    if (leads) focus.blur();
    globalThis.leaving = leads ? null : focus;
    return [location.hash, document.querySelector("main h1").textContent, focus?.id];
  });
  await action();
  let turned = false;
  try {
    const end = await page.waitForFunction(([hash, , id]) => {
      const focus = document.activeElement;
      if (location.hash !== hash && focus !== globalThis.leaving && focus?.matches("main h1, main form :is(input, textarea)")) return "turned";
      return focus?.id === "summary" && id !== "summary" ? "refused" : false;
    }, before);
    turned = await end.jsonValue() === "turned";
  } catch {
    // It is told below.
  }
  if (turned) return;
  const state = await page.evaluate(() => ({
    hash: location.hash, title: document.title, focus: document.activeElement?.outerHTML.slice(0, 120),
    errors: document.querySelector("#summary")?.innerText,
  }));
  throw new Error(`after "${before[1]}" no new page has the focus on its heading: ${JSON.stringify(state)}`);
}

/** Follows an address within the app, as if it were typed. */
export async function address(page, hash) {
  await page.evaluate((to) => { location.hash = to; }, hash);
}

/** Waits until a page has come, by whatever way: one with this name, or one that holds this question. */
export async function arrived(page, name) {
  await page.waitForFunction((wanted) => {
    const hash = location.hash.replace(/^#\/?(question\/)?/, "");
    const there = (hash || "start") === wanted || document.querySelector(`main form [id="question-${wanted}"]`) !== null;
    return there && document.activeElement?.matches("main h1, main form :is(input, textarea)");
  }, name);
}

export const heading = (page) => page.locator("main h1").innerText();
export const summary = (page) => page.locator("#summary");
export const focused = (page) => page.evaluate(() => document.activeElement?.id);
export const submitButton = (page) => page.locator("main form button[type=submit]");
/** A link of the check page. */
export const changeLink = (page, question) => page.locator(`main .govuk-summary-list a[href="#/question/${question}"]`);
