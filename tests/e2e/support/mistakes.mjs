// Someone who makes mistakes and reloads everywhere: presses Continue on each empty page, then loads the page again.

import { mounted } from "./browser.mjs";
import { hurry } from "./hands.mjs";
import { until } from "./outcome.mjs";
import { address, arrived, place, turning } from "./page.mjs";

const submit = "main form button[type=submit]";

/**
 * Gives a `visit` for `walk`. Before a page is answered, it is reloaded, and Continue is pressed with nothing given. Where that is
 * refused, it is reloaded once more. Answers are kept in this tab: where that is not so by itself, it is chosen on the second page.
 * `seen` counts the pages, and those that were refused and reloaded.
 */
export function mistaken(page, words, seen) {
  page.on("dialog", (dialog) => dialog.accept());
  let first = true;
  return async (here) => {
    seen.pages += 1;
    if (!first) {
      await keepInTab(page, here, words);
      await reload(page, here, words);
      seen.reloaded += 1;
    }
    const refused = await pressEmpty(page, here);
    seen.refused += Number(refused);
    if (refused && !first) await reload(page, here, words);
    first = false;
  };
}

async function keepInTab(page, here, words) {
  if (await page.evaluate(() => Object.keys(sessionStorage).some((key) => key.startsWith("putright/")))) return;
  const back = await page.evaluate(() => location.hash);
  await address(page, "#/draft");
  await arrived(page, "draft");
  await hurry.choose(page, "draft", "tab");
  await hurry.press(page, submit);
  await page.getByRole("button", { name: words.draft_delete, exact: true }).first().waitFor();
  await address(page, back);
  await arrived(page, here);
}

/** Presses Continue with nothing given. Tells whether that was refused; where it was not, comes back. */
async function pressEmpty(page, here) {
  const asks = await page.evaluate(() => document.querySelector("main form :is(input:not([type=hidden]), textarea)") !== null);
  if (here === "check" || !asks) return false;
  const before = await page.evaluate(() => location.hash);
  await hurry.press(page, submit);
  await page.waitForFunction((hash) => document.querySelector("#summary") !== null || location.hash !== hash, before);
  if (await page.evaluate(() => document.querySelector("#summary") !== null)) return true;
  await turning(page, () => page.goBack());
  return false;
}

/** Loads the page again, and goes on where it was: by itself, or by the button that offers it. */
async function reload(page, here, words) {
  await page.reload({ waitUntil: "commit" });
  await mounted(page);
  const offer = page.getByRole("button", { name: words.draft_open, exact: true });
  const there = async () => (await place(page)) === here;
  await until(async () => (await there()) || (await offer.count()) > 0);
  if (!(await there())) {
    await offer.click();
    await arrived(page, here);
  }
}
