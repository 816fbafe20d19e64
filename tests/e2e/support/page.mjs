// What stands on a page, read from the page itself, so that a new question needs no new test.

/** The name of the page: a question's id, or `check`, `sent`, `guide`, `contacts`. */
export async function place(page) {
  return page.evaluate(() => {
    const hash = location.hash.replace(/^#\/?/, "");
    if (hash.startsWith("question/")) return hash.slice("question/".length);
    return hash || document.querySelector("main form input[type=radio]")?.name || "start";
  });
}

/** What answers the question: its kind, its options, whether it may be left out. */
export async function control(page) {
  return page.evaluate(() => {
    const form = document.querySelector("main form");
    const inputs = [...form.querySelectorAll("input, textarea")];
    const named = (name) => inputs.some((input) => input.name === name);
    const of = (type) => inputs.filter((input) => input.type === type);
    const kind = named("day") ? "date"
      : named("email") ? "reach"
      : of("radio").length ? "radios"
      : of("checkbox").length ? "checkboxes"
      : of("file").length ? "files"
      : inputs.length ? "text" : "none";
    return {
      kind,
      options: inputs.filter((input) => ["radio", "checkbox"].includes(input.type)).map((input) => input.value),
      optional: of("file").length > 0 || document.querySelector("main h1").textContent.includes("(optional)"),
    };
  });
}

/** Everything that was typed or chosen on the page as it stands. */
export async function standing(page) {
  return page.evaluate(() => {
    const inputs = [...document.querySelectorAll("main form input, main form textarea")];
    return {
      chosen: inputs.filter((input) => input.checked).map((input) => input.value),
      text: Object.fromEntries(
        inputs.filter((input) => !["radio", "checkbox"].includes(input.type)).map((input) => [input.name, input.value]),
      ),
    };
  });
}

/** Does something that leads to another page, and waits until that is drawn and its heading has the focus. */
export async function turning(page, action) {
  const before = await page.evaluate(() => [location.hash, document.querySelector("main h1").textContent, document.activeElement?.id]);
  await action();
  let turned = false;
  try {
    const end = await page.waitForFunction(([hash, heading, id]) => {
      const focus = document.activeElement;
      if (location.hash !== hash && focus?.matches("main h1") && focus.textContent !== heading) return "turned";
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

/** Waits until a page has come, by whatever way. */
export async function arrived(page, name) {
  await page.waitForFunction((wanted) => {
    const hash = location.hash.replace(/^#\/?(question\/)?/, "");
    return (hash || "start") === wanted && document.activeElement?.matches("main h1");
  }, name);
}

export const heading = (page) => page.locator("main h1").innerText();
export const summary = (page) => page.locator("#summary");
export const focused = (page) => page.evaluate(() => document.activeElement?.id);
export const submitButton = (page) => page.locator("main form button[type=submit]");
/** A link of the check page. */
export const changeLink = (page, question) => page.locator(`main a[href="#/question/${question}"]`);
