// The picture of questions and outcomes in docs is the one that the questions and words give.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { draw, picture } from "../../scripts/map.mjs";
import { binary, data } from "./support/receiver.mjs";

test("the map in docs fits the questions and the words", async () => {
  const [drawn, kept] = await Promise.all([draw(binary), readFile(picture, "utf8")]);
  assert.ok(drawn === kept, "docs/map.svg is not up to date: make graph");
});

test("the map tells what it is, and holds every question and nothing but a picture", async () => {
  const [svg, flow] = await Promise.all([readFile(picture, "utf8"), data("flows/adult.json")]);
  assert.match(svg, /^<svg [^>]*role="img" aria-labelledby="map-title map-description">\n<title id="map-title">[^<]+<\/title>\n<desc /);
  const boxes = svg.match(/<g id="[^"]*" class="node (question|advice)">/g) ?? [];
  assert.equal(boxes.length, flow.pages.length + flow.extras.length + flow.pages.reduce((all, page) => all + (page.repeat ? page.repeat.most - 1 : 0), 0));
  assert.ok(!/<(script|image|foreignObject|a)[\s>]|href=/.test(svg));
});
