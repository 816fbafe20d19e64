// A form that a server renders, a page a question: Express, Nunjucks and govuk-frontend's own macros. POST, redirect, GET.

import { randomUUID } from "node:crypto";
import express from "express";
import nunjucks from "nunjucks";
import { fileURLToPath } from "node:url";

import { here } from "../../lib/journey.mjs";
import { brotli } from "../../lib/server.mjs";

/** As proxies pack what is drawn while somebody waits. */
const QUICK = 5;

/** The handler of what is no file. `assets` are the addresses of its stylesheet and its script. */
export function app({ screens, words }, assets) {
  const server = express();
  server.disable("x-powered-by");
  const views = nunjucks.configure([fileURLToPath(new URL("views", import.meta.url)), `${here}node_modules/govuk-frontend/dist`], { autoescape: true });
  const sessions = new Map();
  const address = (id) => `/${id}`;

  server.use(express.urlencoded({ extended: false }));
  server.use((request, response, next) => {
    const known = /(?:^|; )visit=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
    const id = sessions.has(known) ? known : randomUUID();
    if (id !== known) {
      sessions.set(id, {});
      response.setHeader("Set-Cookie", `visit=${id}; Path=/; HttpOnly; SameSite=Lax`);
    }
    request.answers = sessions.get(id);
    response.setHeader("Cache-Control", "no-store");
    next();
  });

  const draw = (response, view, given) => {
    const html = brotli(Buffer.from(views.render(view, { ...given, words, assets })), QUICK);
    response.set({ "Content-Type": "text/html; charset=utf-8", "Content-Encoding": "br" }).send(html);
  };
  const list = (value) => [value ?? []].flat();
  const many = (screen) => ["checkboxes", "reach"].includes(screen.kind);
  /** The macros' own shape of the options. */
  const items = (screen, answer) => (screen.groups ?? []).map((group) => ({
    title: group.title,
    items: group.options.map(({ value, label, hint }) => ({
      value, text: label, hint: hint ? { text: hint } : undefined, checked: list(answer?.[screen.id]).includes(value),
      field: screen.kind === "reach" && value !== screen.none
        ? { id: `field-${value}`, name: value, label: { text: words[value] }, value: answer?.[value] } : undefined,
    })),
  }));
  const show = (response, at, answer, error) => {
    const screen = screens[at];
    const back = at ? address(screens[at - 1].id) : null;
    draw(response, "question.njk", { screen, groups: items(screen, answer), answer, error, back, many: many(screen) });
  };
  const find = (request) => screens.findIndex((one) => one.id === request.params.id);

  server.get("/", (request, response) => show(response, 0, request.answers[screens[0].id]));
  server.get("/check", (request, response) => {
    const rows = screens.map((screen) => {
      const answer = request.answers[screen.id] ?? {};
      const options = (screen.groups ?? []).flatMap((group) => group.options);
      const labels = list(answer[screen.id]).map((value) => options.find((one) => one.value === value)?.label);
      const texts = ["text", "day", "month", "year", "email", "telephone", "post"].map((name) => answer[name]).filter(Boolean);
      return {
        key: { text: screen.short }, value: { text: [...labels, texts.join(" ")].filter(Boolean).join(", ") || words.not_provided },
        actions: { items: [{ href: address(screen.id), text: words.change, visuallyHiddenText: screen.short }] },
      };
    });
    draw(response, "check.njk", { rows, back: address(screens.at(-1).id) });
  });
  server.post("/check", (_, response) => response.redirect(303, "/sent"));
  server.get("/sent", (_, response) => draw(response, "sent.njk", { reference: "K7M-2QX-HPA" }));
  server.get("/:id", (request, response) => {
    const at = find(request);
    if (at < 0) return response.status(404).end();
    show(response, at, request.answers[screens[at].id]);
  });
  server.post(["/", "/:id"], (request, response) => {
    const at = Math.max(0, find(request));
    const screen = screens[at];
    const { body } = request;
    const empty = screen.groups ? !list(body[screen.id]).length : screen.kind === "date" ? !body.month || !body.year : !body.text;
    if (empty && !screen.optional) return show(response, at, body, screen.missing);
    request.answers[screen.id] = body;
    response.redirect(303, address(screens[at + 1]?.id ?? "check"));
  });
  return server;
}
