import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { icnsParts, icoSides } from './containers.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, name));

/** Width, height and kind of pixel of a PNG, from its first chunk. */
function shapeOf(png: Buffer) {
  expect(png.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), colourType: png.readUInt8(25) };
}

const withTransparency = 6;

test.each([
  16, 24, 32, 48, 64, 96, 128, 256, 512, 1024,
])('there is an icon of %i pixels, with transparent corners', (side) => {
  expect(shapeOf(read(`${side}x${side}.png`))).toEqual({ width: side, height: side, colourType: withTransparency });
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

test('the macOS icon holds every part, each the one that was rendered', () => {
  const icns = read('icon.icns');
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  let at = 8;
  for (const [type, side] of icnsParts) {
    const length = icns.readUInt32BE(at + 4);
    expect(icns.toString('latin1', at, at + 4)).toBe(type);
    expect(icns.subarray(at + 8, at + length).equals(read(`${side}x${side}.png`)), type).toBe(true);
    at += length;
  }
  expect(at).toBe(icns.length);
});
