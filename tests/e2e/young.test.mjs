// Children and young people by themselves, in questions and words of their own, on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { careLeaver, fourteen, nine, shortest, statutory, typed } from "./support/answers.mjs";
import { Browser, desktop, phone } from "./support/browser.mjs";
import { accessible, discreet, fits, shoot } from "./support/checks.mjs";
import { hurry, keyboard, mouse } from "./support/hands.mjs";
import { send, walk } from "./support/journey.mjs";
import { address, arrived, heading, place, standing, turning } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

let receiver, browser;
const words = {};

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
  for (const register of ["adult", "12-17", "8-11"]) words[register] = await data(`content/en/${register}.json`);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const open = (t, council = "bromley", options = {}) => browser.page(t, `${receiver.origin}/?council=${council}`, { viewport: phone, ...options });

/** Chooses a register by its link on the page. */
async function choose(page, register) {
  await page.locator(`a[href="#/words/${register}"]`).first().click();
  await page.waitForFunction((link) => document.querySelector(".pr-registers [aria-current]")?.textContent === link,
    words[register].registers[register]);
}

async function sent(page, answers, { hands = hurry, name, look } = {}) {
  const visit = async (here) => {
    await look?.(here);
    await discreet(page, typed(answers), here);
    await fits(page, here);
    if (["8-11", "12-17"].includes(answers.register)) {
      const help = await page.locator(".pr-help").innerText();
      assert.ok(help.includes("0800 1111") && help.includes("0808 800 5792"), `${here}: nobody on their side`);
    }
    if (!name) return;
    await accessible(page, `${name}: ${here}`);
    await shoot(page, `${name}-${here}`);
  };
  const been = await walk(page, answers, { hands, visit });
  assert.equal(been.at(-1), "check");
  const reference = await send(page, hands);
  await visit("sent");
  return { been, submission: await receiver.show(reference) };
}

for (const hands of [mouse, keyboard]) {
  test(`a nine-year-old, by ${hands.name}`, async (t) => {
    const page = await open(t);
    await choose(page, "8-11");
    const look = async (here) => {
      if (here !== "tell_how") return;
      const [reads, secret] = words["8-11"].questions.tell_how.body.map((text) => text.replace(/^> /, "").replace("{council}", "Bromley"));
      const told = await page.locator("main").innerText();
      assert.ok(told.includes(reads) && told.includes(secret), "who will see it is said before anything is written");
      assert.ok(await page.locator("#question-what_happened").isHidden());
    };
    const { been, submission } = await sent(page, nine, { hands, name: hands === mouse ? "nine" : undefined, look });
    assert.ok(been.indexOf("tell_how") < been.indexOf("what_happened"));
    assert.ok(been.indexOf("feeling") < been.indexOf("topics"), "feelings first");
    assert.equal(submission.register, "8-11");
    assert.equal(submission.about.who, "child");
    assert.equal(submission.about.age_band, "8-11");
    assert.equal(submission.child.feeling, "sad");
    assert.equal(submission.child.trusted_adult, "Miss Patel");
    assert.equal(submission.points[0].what_happened, nine.what_happened);
    assert.equal(submission.contact.name, "Star");
  });

  test(`a fourteen-year-old who wants a move to be stopped, by ${hands.name}`, async (t) => {
    const page = await open(t, "westminster");
    await choose(page, "12-17");
    const { submission } = await sent(page, fourteen, { hands, name: hands === mouse ? "fourteen" : undefined });
    assert.equal(submission.register, "12-17");
    assert.equal(submission.council, "westminster");
    assert.deepEqual(submission.about.about_to_happen, { known: "day", date: "2026-12-18" });
    assert.ok(submission.guidance.flags.includes("urgent"));
    assert.equal(submission.child.advocate, "yes_get_me_one");
    assert.ok(submission.wishes.chosen.includes("hold_decision"));
    assert.ok(submission.guidance.flags.includes("advocate_offer"));
    assert.equal(submission.contact.safety, fourteen.safe_contact);
    assert.equal(submission.about.age_band, "12-15");
  });
}

test("a care leaver", async (t) => {
  const page = await open(t);
  const { submission } = await sent(page, careLeaver, { name: "care-leaver" });
  assert.equal(submission.about.who, "care_leaver");
  assert.equal(submission.guidance.outcome, "statutory_stage1");
  assert.ok(submission.guidance.signposts.includes("HELP_AT_HAND"));
});

describe("changing the words", () => {
  test("a child who says so is led to them, and nothing answered is lost on the way there and back", async (t) => {
    const page = await open(t);
    const been = await walk(page, { ...statutory, who: "child", age_band: "12-15" }, { until: "age_band" });
    assert.ok(been.includes("words_choice"));
    await choose(page, "12-17");
    assert.equal(await page.locator("html").evaluate(() => document.querySelector(".pr-registers strong").textContent), words["12-17"].registers["12-17"]);
    await walk(page, fourteen, { until: "what_happened" });
    await mouse.type(page, "text", "It is mine", "what_happened-");
    await choose(page, "adult");
    await choose(page, "12-17");
    await walk(page, { ...fourteen, what_happened: null, want: null, feeling: null }, { until: "what_happened" });
    assert.equal((await standing(page, "what_happened")).text.text, "It is mine");
  });

  test("words that do not come leave everything as it was, and that is said", async (t) => {
    const session = await browser.open(`${receiver.origin}/?council=bromley`, { viewport: phone, allow: [/console: /] });
    t.after(() => session.close());
    const { page } = session;
    await page.context().route("**/bundles/bromley-8-11-*", (route) => route.abort());
    await page.locator('a[href="#/words/8-11"]').first().click();
    await page.locator(".pr-notice").getByText(words.adult.words.register_failed).waitFor();
    assert.equal(await heading(page), words.adult.questions.want.title);
  });
});

test("with storage blocked, no voice and no WebCrypto each way still ends in something sent", async (t) => {
  const without = (page) => page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
    }
    Object.defineProperty(window, "speechSynthesis", { value: undefined });
    Object.defineProperty(crypto, "subtle", { value: undefined });
  });
  for (const [register, answers] of [["8-11", nine], ["12-17", fourteen], ["adult", shortest]]) {
    const page = await open(t, "bromley", { before: without });
    if (register !== "adult") await choose(page, register);
    const { submission } = await sent(page, answers);
    assert.equal(submission.register, register);
  }
  const page = await open(t, "bromley", { before: without });
  await address(page, "#/draft");
  await arrived(page, "draft");
  assert.ok((await page.locator("main").innerText()).includes(words.adult.words.draft_cannot_seal), "what is off is said");
});

describe("the leaflet", () => {
  for (const register of ["8-11", "12-17"]) {
    test(`for ${register} is one sheet of A4, with the council’s telephone, and nothing is cut off`, async (t) => {
      const page = await open(t, "bromley", { viewport: desktop });
      await choose(page, register);
      await address(page, "#/leaflet");
      await arrived(page, "leaflet");
      await accessible(page, "leaflet");
      await shoot(page, `leaflet-${register}`);
      await page.emulateMedia({ media: "print" });
      const told = await page.locator(".pr-leaflet").innerText();
      assert.ok(told.includes("020 8461 7644") && told.includes("0800 1111"), told);
      const cut = await page.evaluate(() => [...document.querySelectorAll(".pr-leaflet__page")]
        .filter((part) => part.scrollHeight > part.clientHeight + 1).map((part) => `${part.className} ${part.scrollHeight} of ${part.clientHeight}`));
      assert.deepEqual(cut, []);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, "one page");
    });
  }
});
