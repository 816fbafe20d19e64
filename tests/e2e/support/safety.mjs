// What the tests of safety share: a receiver, a browser, and the ways of leaving.

import { after, before } from "node:test";

import { Browser } from "./browser.mjs";
import { data, Receiver } from "./receiver.mjs";

export const secret = "Zxcvbn, and nobody may know";

export const exitButton = ".govuk-exit-this-page__button";

export let receiver, browser, words, council;

before(async () => {
  [receiver, browser, words, council] = await Promise.all([
    Receiver.start(), Browser.start(), data("content/en/adult.json"), data("councils/bromley.json"),
  ]);
});

after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Opens a page. Where people are taken is played here: nothing reaches the network. */
export async function open(t, { path = "/?council=bromley", before: prepare, weather, ...options } = {}) {
  return browser.page(t, receiver.origin + path, {
    allow: [/^request to https:\/\/www\.bbc\.co\.uk$/],
    ...options,
    before: async (page) => {
      await page.context().route("https://www.bbc.co.uk/**", weather ?? ((route) =>
        route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Weather</title><h1>Sunny</h1>" })));
      await prepare?.(page);
    },
  });
}

/** Nothing comes, and the page that was left stays as it was left. */
export const never = (route) => route.fulfill({ status: 204 });

export const nothing = { html: false, fields: 0, title: false, address: false, local: 0, session: 0 };

/** Plays a browser that speaks. `later`: its voices are found after the page. */
export function speaking(voices, later = false) {
  return (page) => page.addInitScript(({ voices, later }) => {
    const heard = { said: [], stopped: 0, now: null };
    const listeners = [];
    let known = later ? [] : voices;
    class Utterance {
      constructor(text) { this.text = text; }
    }
    const speech = {
      getVoices: () => known,
      addEventListener: (name, call) => { if (name === "voiceschanged") listeners.push(call); },
      speak: (one) => {
        heard.said.push({ text: one.text, voice: one.voice?.name, lang: one.lang });
        heard.now = one;
      },
      cancel: () => { heard.stopped += 1; heard.now = null; },
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
    window.heard = heard;
    window.found = () => { known = voices; listeners.forEach((call) => call(new Event("voiceschanged"))); };
  }, { voices, later });
}

export const british = { name: "Kate", lang: "en-GB", localService: true };
