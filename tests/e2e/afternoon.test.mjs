// The end of docs/first-afternoon.md in a real browser: a council's own site in a page of another origin, and complaints for the PHP example.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { shortest, story } from "./support/answers.mjs";
import { Browser, phone } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { mouse } from "./support/hands.mjs";
import { send, walk } from "./support/journey.mjs";
import { told } from "./support/outcome.mjs";
import { Php, withoutPhp } from "./support/php.mjs";
import { binary, data, dist, Receiver, root } from "./support/receiver.mjs";

const run = promisify(execFile);
const letter = { name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("They said they would come. 👩‍👧\n") };
const colour = "#4a2366";
const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40"><path d="M5 15L20 5L35 15V35H5z" fill="#4a2366"/></svg>';

/** The command that makes the council's folder, as the guide has it. */
async function initial() {
  const guide = await readFile(join(root, "docs/first-afternoon.md"), "utf8");
  const [, line] = /^\$ \.\/putright (init site .*)$/m.exec(guide);
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

describe("a first afternoon, at 360 px", { skip: await withoutPhp() }, () => {
  let php, receiver, browser, folder, words;

  before(async () => {
    [folder, php, browser, words] = await Promise.all([
      mkdtemp(join(tmpdir(), "putright-afternoon-")), Php.start(), Browser.start(), data("content/en/adult.json").then((file) => file.words),
    ]);
    const putright = (...what) => run(binary, what, { cwd: folder });
    await putright(...await initial(), "--telephone", "0115 000 0100");
    await mkdir(join(folder, "site/looks/anytown"), { recursive: true });
    await writeFile(join(folder, "site/looks/anytown/logo.svg"), logo);
    const file = join(folder, "site/councils/anytown.json");
    await writeFile(file, JSON.stringify({
      ...JSON.parse(await readFile(file, "utf8")),
      brand: { colour },
      look: { logo: { file: "logo.svg", alt: "Anytown Borough Council" } },
      embed: { allow: [php.origin] },
      delivery: { url: `${php.origin}/complaints.php`, files: { field: "file[]" }, plain_form: "none" },
    }));
    await putright("build", "site", "--over", dist, "--out", "www");
    receiver = await Receiver.start(join(folder, "www"));
    await php.put("complain.html", `<!doctype html><html lang="en"><title>Complaints – Anytown</title><meta name="viewport" content="width=device-width">
      <body><main><h1>Complain about children’s services</h1>
      <script src="${receiver.origin}/embed.js" data-council="anytown" async></script></main></html>`);
  });
  after(async () => {
    await Promise.all([browser?.stop(), receiver?.stop(), php?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** The page of the council's site, and the form in it. */
  async function embedded(t, ...allow) {
    const session = await browser.open(`${php.origin}/complain.html`, {
      viewport: phone, wait: false, allow: [new RegExp(`request to ${receiver.origin}$`), ...allow],
    });
    t.after(async () => {
      await session.close();
      session.watch.clean();
    });
    const frame = await (await session.page.waitForSelector("iframe")).contentFrame();
    await frame.waitForFunction(() => document.querySelector("#app h1") && !document.querySelector("#fault-data"));
    return { page: session.page, frame };
  }

  /** A photo as a canvas makes it. */
  async function photo(frame) {
    const base64 = await frame.evaluate(() => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 300 });
      canvas.getContext("2d").fillRect(0, 0, 200, 300);
      return canvas.toDataURL("image/jpeg").split(",")[1];
    });
    return { name: "front door.jpeg", mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
  }

  test("a site that the program does not name is refused, and nothing is stored; named, what was written goes at the second press", async (t) => {
    await php.allow();
    // A browser tells of the refusal in its console.
    const { frame } = await embedded(t, /blocked by CORS policy/, /Failed to load resource/);
    await walk(frame, { ...shortest, what_happened: "Nobody rang." });
    await mouse.press(frame, "main form button[type=submit]");
    assert.equal((await told(frame, words)).says, "unknown");
    assert.deepEqual(await php.references(), []);
    await php.allow(receiver.origin);
    const reference = await send(frame, mouse);
    assert.deepEqual(await php.references(), [reference]);
    assert.equal((await php.stored(reference)).submission.points[0].what_happened, "Nobody rang.");
  });

  test("a complaint with a photo and a letter goes from the council's page to its program, which stores it under the reference shown", async (t) => {
    await php.allow(receiver.origin);
    const { page, frame } = await embedded(t);
    assert.equal(await frame.locator(`img[alt="Anytown Borough Council"]`).evaluate((image) => image.naturalWidth > 0), true);
    const drawn = await frame.evaluate(() => [...document.querySelectorAll("header, header *")].map((part) => getComputedStyle(part).backgroundColor));
    assert.ok(drawn.includes("rgb(74, 35, 102)"), `no part of the header has ${colour}: ${drawn}`);
    const before = await php.references();
    const files = [await photo(frame), letter];
    await walk(frame, { ...shortest, what_happened: story, full_name: "Zoë Ngô-O’Brien", reach: { email: "zoe@example.org" }, files }, { hands: mouse });
    const reference = await send(frame, mouse);
    assert.match(reference, /^[2-9B-Z]{3}-[2-9B-Z]{3}-[2-9B-Z]{3}$/);
    assert.ok((await frame.locator("main").innerText()).includes(words.sent_title));
    await fits(page, "the page around the form");
    await fits(frame, "sent");
    await accessible(page, "the page around the form");
    await accessible(frame, "sent");
    await shoot(page, "afternoon-sent");

    assert.deepEqual((await php.references()).filter((one) => !before.includes(one)), [reference], "it is stored once");
    const { submission, files: kept } = await php.stored(reference);
    assert.equal(submission.council, "anytown");
    assert.equal(submission.kind, "complaint");
    assert.equal(submission.points[0].what_happened, story);
    assert.equal(submission.contact.name, "Zoë Ngô-O’Brien");
    assert.equal(submission.contact.email, "zoe@example.org");
    assert.deepEqual(submission.files.map(({ name, media_type: type }) => [name, type]), [["front door.jpg", "image/jpeg"], ["letter.txt", "text/plain"]]);
    assert.deepEqual(Object.keys(kept), ["1-front door.jpg", "2-letter.txt"]);
    assert.deepEqual([...kept["1-front door.jpg"].subarray(0, 3)], [0xFF, 0xD8, 0xFF]);
    assert.equal(kept["1-front door.jpg"].length, submission.files[0].bytes);
    assert.deepEqual(kept["2-letter.txt"], letter.buffer);
    assert.deepEqual(await receiver.list(), [], "the server of the form got none of it");
    assert.ok(php.log.includes("POST /complaints.php") && !/Nobody|script|zo/i.test(php.log), "its log has no word of it");
  });
});
