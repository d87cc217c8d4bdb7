import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { icnsParts, icoSides, linuxSides } from './containers.ts';
import { coverAt, decodePng } from './png-testing.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, name));

/** How much of a pixel is covered before anybody sees it, of 255. */
const seen = 8;

/** How far from the left the tile begins in the middle row, in pixels, and how much of that pixel it covers. */
function edgeOf(png: Buffer) {
  const picture = decodePng(png);
  const middle = picture.height / 2;
  const at = Array.from({ length: picture.width }, (_, x) => coverAt(picture, x, middle)).findIndex(
    (each) => each >= seen,
  );
  return { at, cover: coverAt(picture, at, middle) };
}

test.each(linuxSides)('there is an icon of %i pixels, its corners empty and its middle full', (side) => {
  const picture = decodePng(read(`${side}x${side}.png`));
  expect([picture.width, picture.height]).toEqual([side, side]);
  const last = side - 1;
  for (const [x, y] of [[0, 0] as const, [last, 0] as const, [0, last] as const, [last, last] as const]) {
    expect(coverAt(picture, x, y)).toBe(0);
  }
  expect(coverAt(picture, side / 2, side / 2)).toBe(255);
});

test.each([16, 24, 32, 48, 64])('at %i pixels its edge falls between two of them', (side) => {
  expect(edgeOf(read(`${side}x${side}.png`)).cover).toBe(255);
});

test('the Windows icon holds every size, each the one that was rendered', () => {
  const ico = read('icon.ico');
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, icoSides.length]);
  for (const [index, side] of icoSides.entries()) {
    const entry = 6 + 16 * index;
    expect(ico.readUInt8(entry) || 256).toBe(side);
    const offset = ico.readUInt32LE(entry + 12);
    const png = ico.subarray(offset, offset + ico.readUInt32LE(entry + 8));
    expect(png.equals(read(`${side}x${side}.png`)), `${side}`).toBe(true);
  }
});

test('the macOS icon holds every part, and leaves the room around its tile that others there do', () => {
  const icns = read('icon.icns');
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  let at = 8;
  for (const [type, side] of icnsParts) {
    const length = icns.readUInt32BE(at + 4);
    expect(icns.toString('latin1', at, at + 4)).toBe(type);
    const png = icns.subarray(at + 8, at + length);
    expect(decodePng(png).width, type).toBe(side);
    if (side < 128) expect(png.equals(read(`${side}x${side}.png`)), type).toBe(true);
    else expect(Math.abs(edgeOf(png).at - (side * 100) / 1024), type).toBeLessThanOrEqual(1);
    at += length;
  }
  expect(at).toBe(icns.length);
});

test('the drawing names its colours as every renderer of desktop icons knows them, and loads nothing', () => {
  const drawing = read('offprint.svg').toString('utf8');
  expect(drawing).not.toMatch(/oklch|lab\(|color-mix|var\(/);
  expect(drawing.match(/(?:href|src)=|url\((?!#)/g)).toBeNull();
  expect(drawing).toContain('viewBox="0 0 512 512"');
});
