// People whose advice depends on a judgement of the law, each to a stored submission or a letter, by mouse or by keyboard.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { late, shortest, stage } from "./support/answers.mjs";
import { Browser, phone } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { keyboard, mouse } from "./support/hands.mjs";
import { answer, goOn, send, walk } from "./support/journey.mjs";
import { openAll, shownWords } from "./support/page.mjs";
import { Receiver, data } from "./support/receiver.mjs";

let receiver, browser;
const words = {};

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
  for (const register of ["adult", "12-17"]) words[register] = await data(`content/en/${register}.json`);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const shown = async (page) => (await page.locator("main").innerText()).replace(/\s+/g, " ");

/** Walks to the end, sends, and returns each page's text and what was stored. */
async function sent(t, name, { council = "bromley", register = "adult", answers, hands }) {
  const own = register === "adult" ? "" : `-${register}`;
  const page = await browser.page(t, `${receiver.origin}/${council}${own}.html`, { viewport: phone });
  const pages = {}, counted = {};
  const visit = async (here) => {
    if (here === "advice") counted[here] = await shownWords(page);
    if (hands === mouse) await shoot(page, `${name}-${here}`);
    if (["advice", "progress", "sent"].includes(here)) await openAll(page);
    pages[here] = await shown(page);
    if (hands !== mouse) return;
    await fits(page, `${name}: ${here}`);
    await accessible(page, `${name}: ${here}`);
  };
  const been = await walk(page, { ...answers, borough: council }, { hands, visit });
  assert.equal(been.at(-1), "check");
  const submission = await receiver.show(await send(page, hands));
  await visit("sent");
  return { page, pages, counted, been, submission };
}

for (const hands of [mouse, keyboard]) {
  describe(`by ${hands.name}`, () => {
    test("a father whose disabled child was refused an assessment is told that the law covers it", async (t) => {
      const answers = { ...shortest, child_status: "asked", topics: ["assessment"] };
      const { pages, submission } = await sent(t, "father", { answers, hands });
      assert.ok(pages.advice.includes(words.adult.words.which_procedure_question), pages.advice);
      assert.equal(submission.guidance.outcome, "statutory_stage1");
      assert.equal(submission.about.child_status, "asked");
      assert.deepEqual(submission.guidance.questions, [words.adult.words.which_procedure_question]);
    });

    test("a parent of a child with no social worker is told that the council decides", async (t) => {
      const answers = { ...shortest, child_status: "none", topics: ["staff_conduct"] };
      const { pages, counted, submission } = await sent(t, "council-decides", { answers, hands });
      assert.ok(counted.advice <= 90, `${counted.advice} words stand on the advice`);
      const { title } = words.adult.outcomes.council_decides;
      assert.ok(pages.advice.includes(title.replace("{council}", "Bromley")), pages.advice);
      assert.ok(!/does not cover/.test(pages.advice));
      assert.equal(submission.guidance.outcome, "council_decides");
      const clocks = submission.guidance.deadlines.map((limit) => limit.clock);
      assert.ok(clocks.includes("statutory.s1.response") && clocks.includes("corporate.s1.response"));
    });

    test("a homeless sixteen-year-old with nowhere to stay tonight is told to act today", async (t) => {
      const answers = {
        want: "complaint", feeling: "worried", safe_now: "yes", topics: ["homeless_child"], child_status: "asked",
        about_to_happen: "today", tell_how: "write", what_happened: "They sent me to a hostel for grown-ups.",
        event_date: { day: "17", month: "12", year: "2026" }, wishes: ["put_right"], advocate: "yes_get_me_one",
        age_band: "16-17", reach: { telephone: "07700 900321" }, help: ["none"], sharing: true,
      };
      const { pages, submission } = await sent(t, "homeless", { register: "12-17", answers, hands });
      const urgent = words["12-17"].flags.urgent.title;
      assert.ok(pages.advice.includes(urgent), pages.advice);
      assert.ok(pages.sent.includes(urgent), "and the confirmation says it again");
      assert.ok(pages.sent.includes("Childline 0800 1111"), pages.sent);
      assert.ok(pages.advice.indexOf(urgent) < pages.advice.indexOf(words["12-17"].signposts.HOMELESS_CHILD.name));
      assert.deepEqual(submission.about.about_to_happen, { known: "day", date: "2026-12-17" });
      for (const flag of ["urgent", "ask_to_hold_decision", "advocate_offer"]) assert.ok(submission.guidance.flags.includes(flag));
      assert.ok(submission.guidance.signposts.includes("HOMELESS_CHILD"));
    });

    test("a grandmother of a child in care is promised nothing that the council may refuse", async (t) => {
      const answers = {
        ...shortest, who: "relative", authority: "own_concern", parent_agrees: "no", child_agrees: "yes", another_child: "no",
        reply_to: "helper", child_status: "looked_after", topics: ["family_time"],
      };
      const { pages, submission } = await sent(t, "grandmother", { council: "westminster", answers, hands });
      assert.ok(!/you can still make a general complaint/.test(pages.advice));
      assert.ok(["sufficient_interest_check", "parents_agreement", "adult_help"].every((flag) => submission.guidance.flags.includes(flag)));
      assert.equal(submission.about.parent_agrees, "no");
    });

    test("a foster carer whose approval ended is sent to the independent panel, with its days", async (t) => {
      const answers = { ...shortest, who: "foster_carer", child_status: "looked_after", topics: ["carer_approval"] };
      const { pages, submission } = await sent(t, "approval", { answers, hands });
      assert.ok(/28/.test(pages.advice) && /40 working days/.test(pages.advice), pages.advice);
      assert.deepEqual(submission.guidance.signposts, ["IRM"]);
    });

    test("a mother whose stage 2 was refused as late gets a letter with her reasons", async (t) => {
      const answers = {
        ...late, ...stage("stopped"), council_response: "refused_stage2", refusal_reason: "late",
        aware_since: { month: "2", year: "2026" }, refusal_why: "I was in hospital until the autumn.",
      };
      const { pages, submission } = await sent(t, "refused-late", { council: "westminster", answers, hands });
      assert.ok(pages.progress.includes(words.adult.words.progress_continue), pages.progress);
      assert.equal(submission.follow_up.refusal_reason, "late");
      assert.ok(submission.points[0].what_happened.includes(answers.refusal_why));
      assert.ok(submission.guidance.flags.includes("finish_all_stages"));
    });

    test("a parent told that it is paused because of court asks which points, and why", async (t) => {
      const answers = { ...late, ...stage("stopped"), council_response: "paused", aware_since: { notKnown: true } };
      const { pages, submission } = await sent(t, "paused", { council: "kensington-and-chelsea", answers, hands });
      assert.ok(pages.progress.includes(words.adult.words.progress_continue), pages.progress);
      assert.equal(submission.guidance.outcome, "wait");
      assert.equal(submission.follow_up.asks_for, "pause_reasons");
      assert.ok(!submission.guidance.flags.includes("council_late"));
    });
  });
}

describe("words of danger to oneself", () => {
  const numbers = async (page) => page.locator("#danger-panel a").allInnerTexts();
  const onStory = async (t, url, answers) => {
    const page = await browser.page(t, url, { viewport: phone });
    await walk(page, answers, { until: "what_happened" });
    await answer(page, "what_happened", "I want to kill myself.");
    await page.locator("#danger-panel .pr-danger").waitFor();
    return page;
  };

  test("show an adult 999, Samaritans, SHOUT and the NHS before any number of the council, and no NSPCC", async (t) => {
    const page = await onStory(t, `${receiver.origin}/bromley.html`, shortest);
    const told = await numbers(page);
    assert.deepEqual(told.slice(0, 4), ["999", "116 123", "SHOUT to 85258", "111"]);
    assert.ok(!told.includes("0808 800 5000"), told.join(", "));
    assert.equal(await page.locator("#danger-panel a").nth(2).getAttribute("href"), "sms:85258");
    await shoot(page, "danger-to-oneself");
  });

  test("show the young Childline too", async (t) => {
    const answers = { want: "complaint", feeling: "sad", safe_now: "yes", topics: ["family_time"], about_to_happen: "no", tell_how: "write" };
    const page = await onStory(t, `${receiver.origin}/bromley-8-11.html`, answers);
    assert.deepEqual((await numbers(page)).slice(0, 5), ["999", "0800 1111", "116 123", "SHOUT to 85258", "111"]);
  });

  test("a child who ticks that someone hurts them sees whom to call, and it goes with what is sent", async (t) => {
    const page = await browser.page(t, `${receiver.origin}/bromley-8-11.html`, { viewport: phone });
    const answers = {
      want: "complaint", feeling: "sad", safe_now: "yes", topics: ["safeguarding_worry"], about_to_happen: "no", tell_how: "write",
      what_happened: "He shouts at me.", reach: { none: true }, advocate: "not_now", sharing: true,
    };
    await walk(page, answers, { until: "topics" });
    await answer(page, "topics", answers.topics);
    await page.locator("#danger-panel .pr-danger").waitFor();
    assert.ok((await numbers(page)).includes("0800 1111"));
    await shoot(page, "child-not-safe");
    await goOn(page);
    assert.equal((await walk(page, answers)).at(-1), "check");
    const submission = await receiver.show(await send(page));
    assert.equal(submission.about.safeguarding_worry, true);
    assert.ok(submission.guidance.flags.includes("safeguarding_worry"));
  });
});
