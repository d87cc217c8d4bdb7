import type { BrowserWindow } from 'electron';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { settingsSchema } from '../../shared/settings.ts';
import { type Badge, unreadBadge } from './badge.ts';
import { badgePicture, badgeText } from './badge-picture.ts';
import { app, BrowserWindow as FakeWindow } from './electron-double.ts';
import type { FakeImage } from './electron-double-image.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
const counts = { inbox: 0, queued: 9, reading: 9, read: 9, skipped: 9, starred: 9, notes: 9, all: 99 };
const state = (inbox: number, badge: boolean) => ({
  counts: { ...counts, inbox },
  settings: settingsSchema.parse({ badge }),
});

let window: FakeWindow | null;
let badge: Badge;

function begin(name: string): void {
  Object.defineProperty(process, 'platform', { ...platform, value: name });
  badge = unreadBadge(() => window as unknown as BrowserWindow | null);
}

beforeEach(() => {
  window = new FakeWindow();
  app.badges.length = 0;
});

afterEach(() => {
  Object.defineProperty(process, 'platform', platform);
  window?.destroy();
});

describe.each(['linux', 'darwin'])('on %s', (name) => {
  beforeEach(() => begin(name));

  test('how many papers are unread is shown where the settings ask for it, and taken away again', () => {
    badge.follow(state(55, false));
    expect(app.badges).toEqual([]);
    badge.follow(state(55, true));
    badge.follow(state(54, true));
    badge.follow(state(54, true));
    badge.follow(state(54, false));
    expect(app.badges).toEqual([55, 54, 0]);
  });

  test('nothing unread is no number', () => {
    badge.follow(state(1, true));
    badge.follow(state(0, true));
    expect(app.badges).toEqual([1, 0]);
  });
});

describe('on Windows', () => {
  beforeEach(() => begin('win32'));

  test('it lies over the button of the taskbar, sharp on every display, and is said in words', () => {
    badge.follow(state(55, true));
    badge.follow(state(1, true));
    badge.follow(state(0, true));
    expect(window?.overlays.map(({ description }) => description)).toEqual(['55 unread papers', '1 unread paper', '']);
    expect(window?.overlays[2]?.image).toBeNull();
    const { representations } = window?.overlays[0]?.image as FakeImage;
    expect(representations.map(({ scaleFactor, width }) => [scaleFactor, width])).toEqual([
      [1, 16],
      [1.25, 20],
      [1.5, 24],
      [2, 32],
      [2.5, 40],
      [3, 48],
      [4, 64],
    ]);
  });

  test('a window that is opened later has it, too', () => {
    window?.destroy();
    window = null;
    badge.follow(state(3, true));
    const made = new FakeWindow();
    badge.attach(made as unknown as BrowserWindow);
    expect(made.overlays.map(({ description }) => description)).toEqual(['3 unread papers']);
    badge.follow(state(3, false));
    const next = new FakeWindow();
    badge.attach(next as unknown as BrowserWindow);
    expect(next.overlays).toEqual([]);
    made.destroy();
    next.destroy();
  });
});

describe('the picture', () => {
  const at = (picture: Buffer, size: number, x: number, y: number) => [
    ...picture.subarray((y * size + x) * 4).subarray(0, 4),
  ];

  test('is a disc with nothing in its corners', () => {
    const picture = badgePicture(8, 32);
    for (const [x, y] of [
      [0, 0],
      [31, 0],
      [0, 31],
      [31, 31],
    ] as const) {
      expect(at(picture, 32, x, y)).toEqual([0, 0, 0, 0]);
    }
    // Blue, green, red: the accent.
    expect(at(picture, 32, 2, 16)).toEqual([26, 55, 173, 255]);
  });

  test('differs for every count that it tells apart', () => {
    const pictures = Array.from({ length: 100 }, (_, each) => badgePicture(each + 1, 16).toString('base64'));
    expect(new Set(pictures).size).toBe(100);
    expect(badgePicture(101, 16)).toEqual(badgePicture(100, 16));
    expect([1, 99, 100, 100_000].map(badgeText)).toEqual(['1', '99', '99+', '99+']);
  });

  test('is premultiplied, and has ink within the disc and none outside, at any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 12, max: 64 }), (count, size) => {
        const picture = badgePicture(count, size);
        expect(picture.length).toBe(size * size * 4);
        let white = 0;
        for (let pixel = 0; pixel < picture.length; pixel += 4) {
          const [blue = 0, green = 0, red = 0, opacity = 0] = picture.subarray(pixel, pixel + 4);
          if (Math.max(blue, green, red) > opacity) throw new Error('not premultiplied');
          if (blue > 200) white += 1;
        }
        expect(white).toBeGreaterThan(0);
        expect(white).toBeLessThan((size * size) / 3);
      }),
      { numRuns: 30 },
    );
  });
});
