// Photos and files: what a photo tells of its place stays on the device, what is refused is said by name, and the rest arrives.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { Browser } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { serveCompiled } from "./support/compiled.mjs";
import { keyboard, mouse } from "./support/hands.mjs";
import { add, goOn, send, walk } from "./support/journey.mjs";
import { Mock } from "./support/mock.mjs";
import { changeLink, openAll, place, submitButton, summary, turning } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";
import { Site } from "./support/site.mjs";

const field = "main input[type=file]";
const secret = "GPS 51.5074N 0.1278W";
let receiver, browser, words, council;

before(async () => {
  [receiver, browser, words, council] = await Promise.all([
    Receiver.start(), Browser.start(), data("content/en/adult.json").then((file) => file.words), data("councils/bromley.json"),
  ]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

async function onFiles(t, { register, answers = shortest, before: prepare, origin = receiver.origin, allow = [] } = {}) {
  const page = await browser.page(t, `${origin}/?council=bromley`, {
    allow: [/Failed to load resource/, ...allow], before: prepare,
  });
  if (register) await turning(page, () => page.getByRole("button", { name: register }).first().click());
  await walk(page, answers, { until: "files" });
  return page;
}

/** A photo as a phone makes it: taken sideways, with its place, the left half red and the right half blue. */
async function photo(page, { width = 1600, height = 1200 } = {}) {
  const base64 = await page.evaluate(async ([width, height]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#f00";
    pen.fillRect(0, 0, width / 2, height);
    pen.fillStyle = "#00f";
    pen.fillRect(width / 2, 0, width / 2, height);
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  }, [width, height]);
  const jpeg = Buffer.from(base64, "base64");
  // TIFF, little endian: one directory with the orientation 6 (turn to the right), and a text with the place.
  const text = Buffer.from(`${secret}\0`);
  const tiff = Buffer.concat([
    Buffer.from([0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 2, 0]),
    Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]),
    Buffer.from([0x0E, 0x01, 2, 0, text.length, 0, 0, 0, 38, 0, 0, 0]),
    Buffer.from([0, 0, 0, 0]),
    text,
  ]);
  const exif = Buffer.concat([Buffer.from("Exif\0\0"), tiff]);
  const length = exif.length + 2;
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xFF, 0xE1, length >> 8, length & 255]), exif, jpeg.subarray(2)]);
}

/** How wide and high a picture is, and the colour of its top and its bottom. */
async function seen(page, bytes) {
  return page.evaluate(async (base64) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))]));
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const colour = (y) => {
      const [red, , blue] = pen.getImageData(image.width / 2, y, 1, 1).data;
      return red > blue ? "red" : "blue";
    };
    return { width: image.width, height: image.height, top: colour(20), bottom: colour(image.height - 20) };
  }, bytes.toString("base64"));
}

const pdf = { name: "Letter <1>/..\\from the “duty” team.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n% a letter\n") };

test("a photo arrives upright and smaller, with nothing of where it was taken, and a letter as it is", async (t) => {
  const page = await onFiles(t);
  const taken = await photo(page, { width: 4000, height: 3000 });
  assert.ok(taken.includes(secret) && taken.includes("Exif"));
  await shoot(page, "files-none");
  await accessible(page, "files, none");
  const limits = await page.locator("main").innerText();
  assert.ok(["up to 5", "10 MB", "20 MB"].every((limit) => limits.includes(limit)), "the limits are said first");
  await add(page, [{ name: "IMG_0001.HEIC.jpeg", mimeType: "image/jpeg", buffer: taken }, pdf]);
  await accessible(page, "files, two");
  await fits(page, "files, two");
  await shoot(page, "files-two");
  await goOn(page);
  await walk(page, shortest);
  const reference = await send(page);
  const [first, second] = await receiver.files(reference);
  assert.equal(first.media_type, "image/jpeg");
  assert.ok(!first.bytes.includes(secret) && !first.bytes.includes("Exif"), "what tells the place is gone");
  assert.deepEqual(await seen(page, first.bytes), { width: 1500, height: 2000, top: "red", bottom: "blue" });
  assert.equal(second.media_type, "application/pdf");
  assert.ok(second.bytes.equals(pdf.buffer));
  const { files } = await receiver.show(reference);
  assert.deepEqual(files.map((file) => file.name), ["IMG_0001-HEIC.jpg", "Letter 1----from the duty team.pdf"]);
  await openAll(page);
  const told = await page.locator("main").innerText();
  for (const { name } of files) assert.ok(told.includes(name), "the person's own copy names them");
});

test("what is refused is said by name with what to do, the others stay, and one can be taken out", async (t) => {
  const page = await onFiles(t);
  await add(page, [
    pdf,
    { name: "programme.exe", mimeType: "application/pdf", buffer: Buffer.from("MZ\x90") },
    { name: "empty.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
    { name: "broken.jpg", mimeType: "image/jpeg", buffer: Buffer.from([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]) },
    { name: "long.pdf", mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.7"), Buffer.alloc(11e6, 32)]) },
  ]);
  await page.waitForFunction(() => document.activeElement?.id === "summary");
  const faults = await summary(page).innerText();
  for (const name of ["programme.exe", "empty.pdf", "broken.jpg", "long.pdf"]) assert.ok(faults.includes(name), name);
  assert.equal(await page.locator(".pr-files li").count(), 1);
  await accessible(page, "files, refused");
  await shoot(page, "files-refused");
  await page.locator(".pr-files button").click();
  await page.waitForFunction(() => !document.querySelector(".pr-files li") && document.activeElement?.id === "field-files");
  await turning(page, () => submitButton(page).click());
  assert.notEqual(await place(page), "files");
});

test("files are added, taken out and sent by keyboard alone", async (t) => {
  const page = await onFiles(t);
  // What the key opens is the browser's own window for files, which a test can only answer.
  const chooser = page.waitForEvent("filechooser");
  await page.locator(field).focus();
  await page.keyboard.press("Enter");
  await (await chooser).setFiles([pdf, { ...pdf, name: "other.pdf" }]);
  await page.waitForFunction(() => document.querySelectorAll(".pr-files li").length === 2);
  assert.ok(await page.evaluate((field) => document.activeElement?.matches(field), field), "the field keeps the focus");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".pr-files li").length === 1);
  await goOn(page, keyboard);
  await walk(page, shortest, { hands: keyboard });
  const files = await receiver.files(await send(page, keyboard));
  assert.deepEqual(files.map((file) => file.name), ["1-other.pdf"]);
});

test("while files are on their way the bar tells how far, and a try that fails sends the very same again", async (t) => {
  const page = await onFiles(t, {
    before: async (page) => {
      const delivery = { ...council.delivery, retry: null };
      await serveCompiled(page, { "councils/bromley.json": { ...council, delivery } });
    },
  });
  const long = Buffer.concat([Buffer.from("%PDF-1.7"), Buffer.alloc(3e6, 32)]);
  await add(page, [{ name: "long.pdf", mimeType: "application/pdf", buffer: long }]);
  await goOn(page);
  await walk(page, shortest);
  // As slow as a poor connection.
  const slow = await page.context().newCDPSession(page);
  await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1e6 });
  const marks = page.evaluate(() => new Promise((resolve) => {
    const seen = [];
    const look = () => {
      const bar = document.querySelector("progress");
      if (bar?.hasAttribute("value") && seen.at(-1) !== bar.position) seen.push(bar.position);
      if (!bar && seen.length) return resolve(seen);
      setTimeout(look, 5);
    };
    look();
  }));
  await submitButton(page).click();
  await page.locator("progress").waitFor();
  await accessible(page, "check, sending files");
  await page.waitForFunction(() => document.querySelector("progress")?.position > 0);
  await shoot(page, "check-sending-files");
  await page.getByRole("button", { name: words.stop_sending }).click();
  await page.waitForFunction(() => document.activeElement?.id === "summary");
  const seen = await marks;
  assert.ok(seen.every((mark, at) => mark > 0 && mark <= 1 && (at === 0 || mark > seen[at - 1])), String(seen));
  await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  const [file] = await receiver.files(await send(page));
  assert.ok(file.bytes.equals(long));
});

test("a backend that takes files within the JSON gets each of them whole", async (t) => {
  const mock = await Mock.start("power-automate");
  t.after(() => mock.stop());
  const delivery = { preset: "power-automate", url: `${mock.origin}/workflows/1/triggers/manual/paths/invoke` };
  const site = await Site.start({ delivery });
  t.after(() => site.stop());
  const page = await onFiles(t, { origin: site.origin, allow: [new RegExp(`^request to ${mock.origin}$`)] });
  const other = { ...pdf, name: "other.pdf", buffer: Buffer.from("%PDF-1.7\n% another letter \u00e9\n") };
  await add(page, [pdf, other]);
  await goOn(page);
  await walk(page, shortest);
  await goOn(page);
  await page.locator(".govuk-panel").waitFor();
  const [{ json }] = await mock.received();
  assert.deepEqual(json.files.map(({ content }) => Buffer.from(content, "base64").toString()), [pdf, other].map(({ buffer }) => buffer.toString()));
});

test("a file is sent anew after Change, and another one makes another submission", async (t) => {
  const page = await onFiles(t);
  await add(page, [pdf]);
  await goOn(page);
  await walk(page, shortest);
  await turning(page, () => changeLink(page, "files").click());
  await add(page, [{ ...pdf, name: "second.pdf" }]);
  await goOn(page, mouse);
  assert.equal(await place(page), "check");
  const files = await receiver.files(await send(page));
  assert.deepEqual(files.map((file) => file.name).at(-1), "2-second.pdf");
  assert.equal(files.length, 2);
});
