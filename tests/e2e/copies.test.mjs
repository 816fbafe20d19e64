// A page that is filled in once more: for another point, or for another child.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { shortest, siblings } from "./support/answers.mjs";
import { hurry, keyboard, mouse } from "./support/hands.mjs";
import { fill, goOn, send, walk } from "./support/journey.mjs";
import { addButton, changeLink, place, removeButton, standing, turning } from "./support/page.mjs";
import { at, error, focus, receiver, told, whole, wrong } from "./support/several.mjs";

describe("a page that is filled in once more", () => {
  const point = (number) => number === 1 ? "what_happened" : `what_happened-${number}`;
  const texts = (submission) => submission.points.map((one) => one.what_happened);

  for (const hands of [mouse, keyboard]) {
    test(`points are added and taken away, and what is stored is what is left, in its order (${hands.name})`, async (t) => {
      const page = await at(t, "what_happened", shortest, hands);
      for (const [number, text] of [[1, "One"], [2, "Two"], [3, "Three"]]) {
        await fill(page, { ...shortest, [point(number)]: text, [`other_dates-${number}`]: `In ${text}` }, hands);
        if (number === 3) break;
        await goOn(page, hands, true);
        assert.equal(await place(page), point(number + 1));
        assert.ok((await page.locator(".govuk-caption-l").innerText()).includes(String(number + 1)), "it does not say which it is");
        assert.deepEqual((await standing(page)).chosen, []);
        assert.equal((await standing(page)).text.text, "", "it is empty");
      }
      await whole(page, "a third point");
      await turning(page, () => page.goBack());
      assert.equal(await place(page), point(2));
      assert.equal((await standing(page)).text.text, "Two");
      assert.equal(await page.locator(addButton).count(), 0, "there is one after it already");
      await turning(page, () => hands.press(page, removeButton));
      assert.equal(await place(page), point(1), "taken away, it leads to the one before");
      assert.equal((await standing(page)).text.text, "One");
      await goOn(page, hands);
      assert.equal(await place(page), point(2));
      assert.equal((await standing(page, point(2))).text.text, "Three");
      assert.equal((await standing(page, "other_dates-2")).text.text, "In Three");
      await goOn(page, hands);
      await walk(page, shortest, { hands });
      const { points } = await receiver.show(await send(page, hands));
      assert.deepEqual(points, [{ what_happened: "One" }, { what_happened: "Three", dates: "In Three" }]);
    });
  }

  test("the last is taken away: the one before has nothing after it", async (t) => {
    const page = await at(t, "what_happened");
    await fill(page, shortest, hurry);
    assert.equal(await page.locator(removeButton).count(), 0, "the first cannot be taken away");
    await goOn(page, mouse, true);
    await mouse.type(page, "text", "Gone again");
    await turning(page, () => mouse.press(page, removeButton));
    assert.equal(await place(page), "what_happened");
    assert.equal(await page.locator(addButton).count(), 1);
    await goOn(page);
    assert.ok(!(await place(page)).startsWith("what_happened"));
    await walk(page, shortest);
    const submission = await receiver.show(await send(page));
    assert.deepEqual(texts(submission), [shortest.what_happened]);
    assert.ok(!JSON.stringify(submission).includes("Gone again"));
  });

  test("nothing is added to a page that is wrong: that is told, and then it is added", async (t) => {
    const page = await at(t, "what_happened");
    await page.locator(addButton).click();
    await focus(page, "summary");
    assert.deepEqual(await told(page), [[error("what_happened"), "field-text"], [error("event_date"), "event_date-field-day"]]);
    await fill(page, shortest, mouse);
    await goOn(page, mouse, true);
    assert.equal(await place(page), "what_happened-2");
    await wrong(page);
    assert.deepEqual((await told(page)).map(([, target]) => target), ["field-text"]);
    await whole(page, "a second point, refused");
  });

  test("as many as there may be, and no more", async (t) => {
    const answers = { ...shortest };
    for (let number = 1; number <= 5; number++) {
      answers[point(number)] = `Point ${number}`;
      answers[number === 1 ? "another_point" : `another_point-${number}`] = "yes";
    }
    const page = await at(t, "what_happened-5", answers);
    assert.equal(await page.locator(addButton).count(), 0);
    assert.equal(await page.locator(removeButton).count(), 1);
    await walk(page, answers);
    assert.deepEqual(texts(await receiver.show(await send(page))), [1, 2, 3, 4, 5].map((number) => `Point ${number}`));
  });

  test("one is added and taken away from check answers, which then comes again", async (t) => {
    const page = await at(t, "check", { ...shortest, another_point: "yes", "what_happened-2": "Two" });
    await turning(page, () => changeLink(page, "what_happened-2").click());
    await mouse.type(page, "text", "Two, changed");
    await goOn(page, mouse, true);
    assert.equal(await place(page), "what_happened-3");
    await mouse.type(page, "text", "Three");
    await goOn(page);
    assert.equal(await place(page), "check");
    const main = async () => page.locator("main").innerText();
    for (const text of ["Two, changed", "Three"]) assert.ok((await main()).includes(text), text);
    await turning(page, () => changeLink(page, "what_happened-3").click());
    await turning(page, () => mouse.press(page, removeButton));
    assert.equal(await place(page), "check");
    assert.ok(!(await main()).includes("Three"));
    assert.deepEqual(texts(await receiver.show(await send(page))), [shortest.what_happened, "Two, changed"]);
  });

  for (const hands of [mouse, keyboard]) {
    test(`children are added and taken away, each with what is its own (${hands.name})`, async (t) => {
      const page = await at(t, "child_name", siblings, hands);
      await fill(page, siblings, hands);
      await goOn(page, hands, true);
      assert.equal(await place(page), "child_name-2");
      assert.deepEqual((await standing(page)).text.text, "");
      await fill(page, siblings, hands);
      await goOn(page, hands, true);
      await fill(page, { "child_name-3": "Kit", "child_agrees-3": "no", "child_agrees_why-3": "Kit is angry", "child_words-3": "No" }, hands);
      await whole(page, "a third child");
      await turning(page, () => page.goBack());
      await turning(page, () => page.goBack());
      await goOn(page, hands);
      assert.equal(await place(page), "child_name-2");
      assert.equal((await standing(page)).text.text, "Sam");
      await turning(page, () => hands.press(page, removeButton));
      await goOn(page, hands);
      assert.equal((await standing(page)).text.text, "Kit");
      await goOn(page, hands);
      await walk(page, siblings, { hands });
      const { children } = await receiver.show(await send(page, hands));
      assert.deepEqual(children, [
        { name: "Jo", age_band: "12-15", agrees: "yes", own_words: siblings.child_words },
        { name: "Kit", agrees: "no", agrees_why: "Kit is angry", own_words: "No" },
      ]);
    });
  }
});
