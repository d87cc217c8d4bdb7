type Point = readonly [x: number, y: number];
type Line = readonly Point[];

/** Part of an ellipse; angles in degrees, clockwise from the right. */
function arc(x: number, y: number, width: number, height: number, from: number, to: number): Line {
  const steps = Math.ceil(Math.abs(to - from) / 12);
  return Array.from({ length: steps + 1 }, (_, at) => {
    const angle = ((from + ((to - from) * at) / steps) * Math.PI) / 180;
    return [x + width * Math.cos(angle), y + height * Math.sin(angle)];
  });
}

const six: readonly Line[] = [arc(0.5, 0.68, 0.5, 0.32, 0, 360), arc(1, 0.7, 1, 0.7, 180, 255)];

/** How each sign is written: strokes in a square of side 1, from the top left. */
const strokes: Readonly<Record<string, readonly Line[]>> = {
  0: [arc(0.5, 0.5, 0.5, 0.5, 0, 360)],
  1: [
    [
      [0.15, 0.22],
      [0.6, 0],
      [0.6, 1],
    ],
  ],
  2: [[...arc(0.5, 0.3, 0.48, 0.3, 190, 400), [0.02, 1], [1, 1]]],
  3: [[...arc(0.45, 0.26, 0.45, 0.26, 200, 450), ...arc(0.45, 0.76, 0.53, 0.24, 270, 520)]],
  4: [
    [
      [0.75, 1],
      [0.75, 0],
      [0, 0.7],
      [1, 0.7],
    ],
  ],
  5: [[[0.92, 0], [0.16, 0], ...arc(0.46, 0.68, 0.52, 0.32, 220, 520)]],
  6: six,
  7: [
    [
      [0, 0],
      [1, 0],
      [0.35, 1],
    ],
  ],
  8: [arc(0.5, 0.25, 0.42, 0.25, 0, 360), arc(0.5, 0.75, 0.5, 0.25, 0, 360)],
  9: six.map((line) => line.map(([x, y]): Point => [1 - x, 1 - y])),
  '+': [
    [
      [0, 0.55],
      [1, 0.55],
    ],
    [
      [0.5, 0.2],
      [0.5, 0.9],
    ],
  ],
};

/** The accent of the window's style sheet, a little darker, so that white stands out on it. */
const disc = [173, 55, 26] as const;

/** Height, width and distance of the signs, and half the width of a stroke, as parts of the disc, by how many there are. */
const sizes = [
  { height: 0.52, width: 0.3, gap: 0, stroke: 0.06 },
  { height: 0.46, width: 0.24, gap: 0.13, stroke: 0.055 },
  { height: 0.34, width: 0.17, gap: 0.1, stroke: 0.042 },
] as const;

/** What a count is written as: a badge has no room for more than two digits. */
export function badgeText(count: number): string {
  return count > 99 ? '99+' : String(count);
}

/**
 * A count in white on a disc, as a bitmap that is drawn for its size and so is sharp in it.
 * @param count 1 or more
 * @param size width and height in pixels
 * @returns premultiplied pixels from the top left, four bytes each: blue, green, red, opacity
 */
export function badgePicture(count: number, size: number): Buffer {
  const text = badgeText(count);
  const { height, width, gap, stroke } = sizes[text.length - 1] ?? sizes[2];
  const left = 0.5 - (text.length * width + (text.length - 1) * gap) / 2;
  const lines = [...text].flatMap((sign, at) =>
    (strokes[sign] ?? []).map((line) =>
      line.map(([x, y]): Point => [left + at * (width + gap) + x * width, 0.5 + (y - 0.5) * height]),
    ),
  );
  const pixels = Buffer.alloc(size * size * 4);
  const coverage = (distance: number) => Math.max(0, Math.min(1, 0.5 - distance * size));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const point: Point = [(column + 0.5) / size, (row + 0.5) / size];
      const opacity = coverage(Math.hypot(point[0] - 0.5, point[1] - 0.5) - 0.5);
      const ink = coverage(Math.min(...lines.map((line) => distanceTo(line, point))) - stroke);
      const at = (row * size + column) * 4;
      const [red, green, blue] = disc.map((value) => Math.round((value + (255 - value) * ink) * opacity));
      pixels.set([blue ?? 0, green ?? 0, red ?? 0, Math.round(255 * opacity)], at);
    }
  }
  return pixels;
}

/** How far a point is from a line. */
function distanceTo(line: Line, [x, y]: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 1; at < line.length; at += 1) {
    const [fromX, fromY] = line[at - 1] as Point;
    const [toX, toY] = line[at] as Point;
    const [dx, dy] = [toX - fromX, toY - fromY];
    const along = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - fromX - along * dx, y - fromY - along * dy));
  }
  return least;
}
