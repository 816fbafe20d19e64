// Ways to use a page: with a mouse, with nothing but a keyboard, and in a hurry.
//
// All are told what to do in the same words. The keyboard presses keys and nothing else: no click, no fill, no focus().

/** Ids and names are the app's own: letters, digits, `_` and `-`. */
const option = (question, value) => `input[name="${question}"][value="${value}"]`;
/** `prefix`: what the ids of a question's fields begin with. See `control`. */
const field = (name, prefix) => `#${prefix}field-${name}`;
/** What opens a closed details element that hides this. */
const closed = (hidden) => `details:not([open]):has(${hidden}) > summary`;

export const mouse = {
  name: "mouse",
  async choose(page, question, value) {
    await open(page, option(question, value), this);
    const input = page.locator(option(question, value));
    await page.locator(`label[for="${await input.getAttribute("id")}"]`).click();
  },
  async tick(page, question, values) {
    for (const value of values) await this.choose(page, question, value);
  },
  async type(page, name, text, prefix = "") {
    await page.locator(field(name, prefix)).fill(text);
  },
  async press(page, selector) {
    await page.locator(selector).click();
  },
};

export const keyboard = {
  name: "keyboard alone",
  async choose(page, question, value) {
    // A group of radios is one stop; the arrows choose within it.
    await tabTo(page, `input[type=radio][name="${question}"]`);
    if (await matches(page, option(question, value))) {
      await page.keyboard.press("Space");
      return;
    }
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("ArrowDown");
      if (await matches(page, `${option(question, value)}:checked`)) return;
    }
    throw new Error(`the arrow keys did not reach ${question}: ${value}`);
  },
  async tick(page, question, values) {
    for (const value of values) {
      await open(page, option(question, value), this);
      await tabTo(page, option(question, value));
      await page.keyboard.press("Space");
    }
  },
  async type(page, name, text, prefix = "") {
    await tabTo(page, field(name, prefix));
    await page.keyboard.type(text);
  },
  async press(page, selector) {
    await tabTo(page, selector);
    await page.keyboard.press("Enter");
  },
};

/** No person: it is for getting to the page that a test is about. */
export const hurry = {
  name: "in a hurry",
  async choose(page, question, value) {
    await this.tick(page, question, [value]);
  },
  async tick(page, question, values) {
    await page.evaluate((wanted) => {
      for (const selector of wanted) {
        const box = document.querySelector(selector);
        const around = box.closest("details");
        if (around) around.open = true;
        box.click();
      }
    }, values.map((value) => option(question, value)));
  },
  async type(page, name, text, prefix = "") {
    await page.evaluate(([selector, value]) => {
      const input = document.querySelector(selector);
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, [field(name, prefix), text]);
  },
  async press(page, selector) {
    await page.evaluate((wanted) => document.querySelector(wanted).click(), selector);
  },
};

/** Opens what is closed around an option. */
async function open(page, hidden, hands) {
  const summary = closed(hidden);
  if (await page.evaluate((wanted) => document.querySelector(wanted) !== null, summary)) await hands.press(page, summary);
}

/** Tabs on until the focus is there. Goes back with Shift where the way on has come to the end of the page. */
export async function tabTo(page, selector) {
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let presses = 0; presses < 150; presses++) {
      if (await matches(page, selector)) return;
      await page.keyboard.press(key);
      if (await page.evaluate(() => document.activeElement === document.body)) break;
    }
  }
  throw new Error(`the Tab key does not lead to ${selector}`);
}

async function matches(page, selector) {
  return page.evaluate((wanted) => Boolean(document.activeElement?.matches(wanted)), selector);
}
