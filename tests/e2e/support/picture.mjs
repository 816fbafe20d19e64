// Pictures of pages: small enough to be kept, and compared so that a difference is shown.

import zlib from "node:zlib";

import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** Six shades of each colour. */
const shades = Uint8Array.from({ length: 256 }, (_, value) => Math.round(value / 51) * 51);

/**
 * A picture, with its surfaces as they are and the edges of letters in those shades: nobody sees the difference, and a file is
 * half the size. A pixel is of a surface where one beside it is like it. Read again it is the same.
 */
export function read(png) {
  const { width, height, data } = PNG.sync.read(png);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const taken = pixels.slice();
  for (let at = 0; at < taken.length; at += 1) {
    const pixel = taken[at];
    if (pixel === taken[at - 1] || pixel === taken[at + 1]) continue;
    for (let part = at * 4; part < at * 4 + 3; part += 1) data[part] = shades[data[part]];
  }
  return { width, height, data };
}

/** A PNG with a palette, which pngjs reads but does not write. */
export function write({ width, height, data }) {
  const colours = new Map();
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const lines = Buffer.alloc((width + 1) * height);
  for (let row = 0, at = 0; row < height; row += 1) {
    for (let column = 1; column <= width; column += 1, at += 1) {
      let index = colours.get(pixels[at]);
      if (index === undefined) colours.set(pixels[at], index = colours.size);
      lines[row * (width + 1) + column] = index;
    }
  }
  if (colours.size > 256) return PNG.sync.write({ width, height, data }, { colorType: 2, deflateLevel: 9 });
  const palette = Buffer.from([...colours.keys()].flatMap((colour) => [colour & 255, colour >> 8 & 255, colour >> 16 & 255]));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("PLTE", palette),
    chunk("IDAT", zlib.deflateSync(lines, { level: 9, memLevel: 9 })), chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(zlib.crc32(body), body.length + 4);
  return whole;
}

/**
 * How far two pictures differ, and a picture that shows where, or null where they do not. `pixels` may differ: measured, none
 * does from run to run with the same Chromium and font, so what is let pass is no more than a speck.
 */
export function difference(kept, taken, pixels = 8) {
  const width = Math.max(kept.width, taken.width);
  const height = Math.max(kept.height, taken.height);
  const [before, now] = [kept, taken].map((picture) => onto(picture, width, height));
  const diff = Buffer.alloc(width * height * 4);
  const differ = pixelmatch(before, now, diff, width, height, { threshold: 0.03, includeAA: true });
  if (differ <= pixels && kept.width === taken.width && kept.height === taken.height) return null;
  const sizes = kept.height === taken.height ? "" : `, ${taken.height - kept.height} px in height`;
  return { said: `${differ} pixels${sizes}`, diff: { width, height, data: diff } };
}

/** The same picture on a larger sheet. What lies outside of it is clear, and so unlike any page. */
function onto({ width, height, data }, wide, high) {
  if (width === wide && height === high) return data;
  const sheet = Buffer.alloc(wide * high * 4);
  for (let row = 0; row < height; row += 1) data.copy(sheet, row * wide * 4, row * width * 4, (row + 1) * width * 4);
  return sheet;
}

/** As any program shows it. */
export const plain = ({ width, height, data }) => PNG.sync.write({ width, height, data });
