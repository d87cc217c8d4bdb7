import { inflateSync } from 'node:zlib';

/** A picture: four bytes a pixel, red, green, blue and how much it covers, from the top left. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/**
 * Decodes a PNG as Chromium writes it: eight bits a channel, with transparency, not interlaced.
 * @see https://www.w3.org/TR/png-3/
 * @throws Error for any other
 */
export function decodePng(png: Buffer): Picture {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [bits, colours, , , interlaced] = png.subarray(24, 29);
  if (bits !== 8 || colours !== 6 || interlaced !== 0) throw new Error('That is another kind of PNG.');
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const packed = inflateSync(Buffer.concat(parts));
  const row = width * 4;
  const pixels = new Uint8Array(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (row + 1)];
    for (let x = 0; x < row; x += 1) {
      const left = x < 4 ? 0 : (pixels[y * row + x - 4] ?? 0);
      const up = y === 0 ? 0 : (pixels[(y - 1) * row + x] ?? 0);
      const corner = x < 4 || y === 0 ? 0 : (pixels[(y - 1) * row + x - 4] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter ?? 0] ?? 0;
      pixels[y * row + x] = (packed[y * (row + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return { width, height, pixels };
}

function nearest(left: number, up: number, corner: number): number {
  const all = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(all - left), Math.abs(all - up), Math.abs(all - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** How much a pixel covers: 0 for nothing, 255 for all. */
export function coverAt({ width, pixels }: Picture, x: number, y: number): number {
  return pixels[(y * width + x) * 4 + 3] ?? 0;
}
