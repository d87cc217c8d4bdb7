/** One rendering of the icon: its side in pixels and its PNG file. */
export interface Rendering {
  side: number;
  png: Buffer;
}

/** Sizes that desktops on Linux look for: those of the icon theme that all others fall back to. */
export const linuxSides = [16, 24, 32, 48, 64, 96, 128, 256, 512] as const;

/** Sizes that Windows looks for in an icon file. */
export const icoSides = [16, 24, 32, 48, 64, 128, 256] as const;

/**
 * Packs renderings into an `.ico` file, each as PNG, which Windows has read since Vista.
 * @see https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */
export function icoOf(renderings: readonly Rendering[]): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(renderings.length, 4);
  let offset = head.length + 16 * renderings.length;
  const entries = renderings.map(({ side, png }) => {
    const entry = Buffer.alloc(16);
    // One byte each for width and height, in which 256 is written as 0.
    entry.writeUInt8(side % 256, 0);
    entry.writeUInt8(side % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...renderings.map(({ png }) => png)]);
}

/** The parts of an `.icns` file that hold PNG: type, and side in pixels. Those of a Retina screen are twice as large. */
export const icnsParts = [
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

/** The side of the tile in the drawing, of its 512. */
const tile = 448;

/**
 * How much smaller than its square the icon is drawn on macOS: there a tile is 824 of 1024 wide and has room for a shadow
 * around it. Small ones are drawn as large as elsewhere, so that their edges fall between pixels.
 * @see https://developer.apple.com/design/resources/
 */
export function macScale(side: number): number {
  return side < 128 ? 1 : 824 / 1024 / (tile / 512);
}

/**
 * Packs renderings into an `.icns` file. There must be one of every side in {@link icnsParts}.
 * @see https://en.wikipedia.org/wiki/Apple_Icon_Image_format
 */
export function icnsOf(renderings: readonly Rendering[]): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(head.length + content.length, 4);
    return Buffer.concat([head, content]);
  };
  const parts = icnsParts.map(([type, side]) => {
    const rendering = renderings.find((each) => each.side === side);
    if (!rendering) throw new Error(`There is no rendering of ${side} pixels.`);
    return chunk(type, rendering.png);
  });
  return chunk('icns', Buffer.concat(parts));
}
