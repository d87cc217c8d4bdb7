import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isReachable, placeWindow, smallestWindow } from './window-bounds.ts';

const left = { x: 0, y: 25, width: 1920, height: 1055 };
const right = { x: 1920, y: 0, width: 2560, height: 1440 };
const remembered = { x: 2000, y: 100, width: 1000, height: 700, maximized: false };

test('a window never opened stands in the middle of the first display', () => {
  expect(placeWindow(null, [left, right])).toEqual({ x: 320, y: 153, width: 1280, height: 800 });
});

test('a window comes back where it was', () => {
  expect(placeWindow(remembered, [left, right])).toEqual({ x: 2000, y: 100, width: 1000, height: 700 });
});

test('a window on a display that is gone comes to the middle of the first, as large as it was', () => {
  expect(placeWindow(remembered, [left])).toEqual({ x: 460, y: 203, width: 1000, height: 700 });
});

test('a window that hangs over the edge is moved in, and one too large is shrunk', () => {
  expect(placeWindow({ ...remembered, x: 1700, width: 1000 }, [left])).toMatchObject({ x: 920, width: 1000 });
  expect(placeWindow({ ...remembered, x: 10, y: 40, width: 5000, height: 5000 }, [left])).toEqual(left);
});

test('a window is never smaller than it can be used', () => {
  const { width, height } = placeWindow({ ...remembered, width: 10, height: 10 }, [left, right]);
  expect({ width, height }).toEqual(smallestWindow);
});

describe('a window that is open', () => {
  const window = { x: 100, y: 100, width: 1000, height: 700 };

  test.each([
    ['on a display', {}, true],
    ['pushed over the right edge', { x: 1800 }, true],
    ['pushed so far that nothing can be got hold of', { x: 1880 }, false],
    ['pushed over the lower edge', { y: 1060 }, true],
    ['pushed below it', { y: 1075 }, false],
    ['with its top above the display', { y: -100 }, false],
    ['on a display that is gone', { x: 2500 }, false],
    ['as large as the display', { x: 0, y: 25, width: 1920, height: 1055 }, true],
    ['wider than the display', { width: 1921 }, false],
    ['higher than the display', { height: 1056 }, false],
  ])('%s', (_where, change, is) => {
    expect(isReachable({ ...window, ...change }, [left])).toBe(is);
  });

  test('between two displays is on the one that has most of it', () => {
    expect(isReachable({ ...window, x: 1500, height: 1200 }, [left, right])).toBe(true);
    expect(isReachable({ ...window, x: 1300, height: 1200 }, [left, right])).toBe(false);
  });

  test('wherever it is placed, it can be got at, and is placed there again', () => {
    const some = fc.record({ x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }) });
    const size = fc.record({ width: fc.integer({ min: 560, max: 4000 }), height: fc.integer({ min: 420, max: 4000 }) });
    fc.assert(
      fc.property(some, size, (at, of) => {
        const placed = placeWindow({ ...at, ...of }, [left, right]);
        expect(isReachable(placed, [left, right])).toBe(true);
        expect(placeWindow(placed, [left, right])).toEqual(placed);
      }),
    );
  });
});

test('wherever it was and whatever displays there are, it lies wholly on one of them', () => {
  const place = fc.integer({ min: -5000, max: 5000 });
  const area = fc.record({
    x: place,
    y: place,
    width: fc.integer({ min: smallestWindow.width, max: 6000 }),
    height: fc.integer({ min: smallestWindow.height, max: 4000 }),
  });
  const size = fc.integer({ min: 1, max: 10_000 });
  const bounds = fc.record({ x: place, y: place, width: size, height: size, maximized: fc.boolean() });
  fc.assert(
    fc.property(fc.option(bounds), area, fc.array(area, { maxLength: 3 }), (saved, first, others) => {
      const window = placeWindow(saved, [first, ...others]);
      const isWithin = [first, ...others].some(
        (each) =>
          window.x >= each.x &&
          window.y >= each.y &&
          window.x + window.width <= each.x + each.width &&
          window.y + window.height <= each.y + each.height,
      );
      expect(isWithin).toBe(true);
    }),
  );
});
