import type { Rectangle } from 'electron';

/** Smallest size of the window, in device-independent pixels. */
export const smallestWindow = { width: 560, height: 420 } as const;

/** Size of a window that was never opened before. */
const firstWindow = { width: 1280, height: 800 } as const;

/** How much two rectangles have in common. */
function common(a: Rectangle, b: Rectangle): { width: number; height: number } {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return { width: Math.max(0, width), height: Math.max(0, height) };
}

function overlap(a: Rectangle, b: Rectangle): number {
  const { width, height } = common(a, b);
  return width * height;
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/** The part of a window at its top by which it is taken hold of, and how much of that must be in sight; in pixels. */
const handle = { height: 32, inSight: { width: 100, height: 16 } } as const;

/**
 * Whether a window can be got at and seen whole as it lies: its top is in sight on a display, and it is not larger
 * than the display it lies on most. One that the reader has pushed over an edge is as it is meant to be.
 */
export function isReachable(bounds: Rectangle, workAreas: readonly [Rectangle, ...Rectangle[]]): boolean {
  const top = { ...bounds, height: handle.height };
  const isInSight = workAreas.some((area) => {
    const { width, height } = common(top, area);
    return width >= Math.min(handle.inSight.width, bounds.width) && height >= handle.inSight.height;
  });
  const [most = workAreas[0]] = workAreas.toSorted((a, b) => overlap(bounds, b) - overlap(bounds, a));
  const fits =
    bounds.width <= Math.max(most.width, smallestWindow.width) &&
    bounds.height <= Math.max(most.height, smallestWindow.height);
  return isInSight && fits;
}

/**
 * Where to open the window: where it last was, moved and shrunk so that it lies wholly within the
 * display it lay on most. In the middle of the first display when it was never open or when the
 * display it lay on is gone.
 * @param remembered bounds as last seen, or null
 * @param workAreas what each display leaves to windows, the primary one first; at least one
 */
export function placeWindow(remembered: Rectangle | null, workAreas: readonly [Rectangle, ...Rectangle[]]): Rectangle {
  const [primary] = workAreas;
  const shown = remembered && workAreas.toSorted((a, b) => overlap(remembered, b) - overlap(remembered, a))[0];
  const isVisible = remembered && shown ? overlap(remembered, shown) > 0 : false;
  const area = isVisible && shown ? shown : primary;
  const wanted = remembered ?? firstWindow;
  const width = Math.max(smallestWindow.width, Math.min(wanted.width, area.width));
  const height = Math.max(smallestWindow.height, Math.min(wanted.height, area.height));
  const x = isVisible && remembered ? remembered.x : area.x + Math.round((area.width - width) / 2);
  const y = isVisible && remembered ? remembered.y : area.y + Math.round((area.height - height) / 2);
  // A display smaller than the smallest window shows the window's top left corner.
  return {
    x: between(area.x, x, Math.max(area.x, area.x + area.width - width)),
    y: between(area.y, y, Math.max(area.y, area.y + area.height - height)),
    width,
    height,
  };
}
