import type { Rectangle } from 'electron';
import type { WindowBounds } from '../../shared/settings.ts';

/** Smallest size of the window, in device-independent pixels. */
export const smallestWindow = { width: 560, height: 420 } as const;

/** Size of a window that was never opened before. */
const firstWindow = { width: 1280, height: 800 } as const;

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/**
 * Where to open the window: where it last was, moved and shrunk so that it lies wholly within the
 * display it lay on most. In the middle of the first display when it was never open or when the
 * display it lay on is gone.
 * @param remembered bounds as last seen, or null
 * @param workAreas what each display leaves to windows, the primary one first; at least one
 */
export function placeWindow(
  remembered: WindowBounds | null,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
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
