// The receiver's memory while many send files at once, and while uploads are held half sent.

import { randomBytes, randomInt } from "node:crypto";
import { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

import { memory, receiver, stop } from "./place.mjs";
import { submission } from "./submissions.mjs";

const BOUNDARY = "putright-bench-boundary";
// A store that is filled stays for the next run, which sends others.
let next = 2 ** 31 + randomInt(2 ** 31);

/** A picture of random bytes, which nothing compresses. */
function picture(bytes) {
  const all = randomBytes(bytes);
  all.set([0xff, 0xd8, 0xff, 0xe0], 0);
  return all;
}

function form(files) {
  const one = submission(next++, "bromley");
  one.files = files.map((content, at) => ({ name: `${at + 1}.jpg`, media_type: "image/jpeg", bytes: content.length }));
  const parts = [Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="submission"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(one)}\r\n`)];
  files.forEach((content, at) => {
    parts.push(Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${at + 1}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`), content, Buffer.from("\r\n"));
  });
  parts.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  return { key: one.id, body: Buffer.concat(parts) };
}

export { form, picture };

const head = (port, sender, key, length) => `POST /api/submissions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\n`
  + `Idempotency-Key: ${key}\r\nX-Forwarded-For: 10.0.0.${sender}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;

/** Sends a submission with files, and returns its status. */
function send(port, sender, { key, body }, isHeld) {
  return new Promise((done) => {
    const socket = new Socket();
    let text = "";
    socket.on("error", () => done(0));
    socket.on("data", (data) => { text += data.toString("latin1"); });
    socket.on("close", () => done(Number(text.slice(9, 12))));
    socket.connect(port, "127.0.0.1", () => {
      socket.write(head(port, sender, key, body.length));
      socket.write(isHeld ? body.subarray(0, body.length - 1000) : body);
    });
    if (isHeld) isHeld(socket);
  });
}

/** Sends as many submissions as one may, with the most files, from some senders at once, beside uploads that are never finished. */
export async function uploads(folder, store, { senders, each }) {
  const { child, port } = await receiver(folder, store, ["--behind-proxy"]);
  const idle = memory(child);
  const files = Array.from({ length: 2 }, () => picture(9_500_000));
  const statuses = {};
  const count = (status) => { statuses[status] = (statuses[status] ?? 0) + 1; };
  const sender = async (number) => {
    for (let at = 0; at < each; at += 1) {
      count(await send(port, number, form(files)));
      await wait(20);
    }
  };
  await Promise.all(Array.from({ length: senders }, (_, at) => sender(at + 1)));
  const sent = memory(child);
  const held = [];
  const ends = Array.from({ length: 35 }, (_, at) => send(port, 100 + at, form([files[0]]), (socket) => held.push(socket)));
  await wait(4000);
  const holding = memory(child);
  for (const socket of held) socket.destroy();
  await Promise.all(ends);
  await wait(3000);
  const after = memory(child);
  await stop(child);
  return { statuses, idle, sent, holding, after };
}
