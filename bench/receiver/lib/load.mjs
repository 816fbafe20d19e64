// Sends submissions over some connections, each as soon as the one before is answered. A process of its own, without a client's library, so
// that it takes as little as it can of the processors.
//
//   node load.mjs PORT CONNECTIONS SECONDS FIRST       prints what was acknowledged as JSON

import { Socket } from "node:net";
import { performance } from "node:perf_hooks";

import { submission } from "./submissions.mjs";

const [port, connections, seconds, first] = process.argv.slice(2).map(Number);
/** Not counted at the beginning. */
const WARM = 1000;

// Made before: making one takes longer than to send it.
const made = [];
let next = first;
const one = () => {
  const body = Buffer.from(JSON.stringify(submission(next++, "bromley")));
  return Buffer.concat([Buffer.from(`POST /api/submissions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`), body]);
};
for (let at = 0; at < (seconds + WARM / 1000) * 6000; at += 1) made.push(one());

const began = performance.now();
const times = [];
let refused = 0;
const isOver = () => performance.now() - began > WARM + seconds * 1000;

function connection() {
  return new Promise((done, fail) => {
    const socket = new Socket();
    let sent = 0;
    let text = "";
    const send = () => {
      if (isOver()) {
        socket.destroy();
        done();
        return;
      }
      sent = performance.now();
      socket.write(made.pop() ?? one());
    };
    socket.setNoDelay(true);
    socket.on("error", fail);
    socket.on("data", (data) => {
      text += data.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      if (text.startsWith("HTTP/1.1 201")) {
        if (sent - began > WARM) times.push(performance.now() - sent);
      } else {
        refused += 1;
      }
      text = "";
      send();
    });
    socket.connect(port, "127.0.0.1", send);
  });
}

await Promise.all(Array.from({ length: connections }, connection));
times.sort((before, after) => before - after);
const part = (share) => times[Math.floor((times.length - 1) * share)] ?? 0;
console.log(JSON.stringify({ each: times.length / seconds, refused, middle: part(0.5), late: part(0.99) }));
