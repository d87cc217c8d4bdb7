import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tagColours } from '../shared/paper.ts';

const css = readFileSync(join(import.meta.dirname, '../renderer/styles/tokens.css'), 'utf8');

/** Red, green and blue from 0 to 1, linear; after Björn Ottosson, "A perceptual color space for image processing". */
function linear(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos((hue / 180) * Math.PI);
  const b = chroma * Math.sin((hue / 180) * Math.PI);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Relative luminance of an `oklch()` as tokens.css writes it, with the colour's own hue put in; clipped as screens do. */
function luminance(text: string, own: { hue: number; vivid: number }): number {
  const parts = text.replace(/calc\(([\d.]+) \* var\(--vivid\)\)/, (_, chroma) => String(Number(chroma) * own.vivid));
  const [lightness, chroma, hue] = parts.replace('var(--hue)', String(own.hue)).split(' ').map(Number);
  const [r, g, b] = linear(lightness ?? Number.NaN, chroma ?? Number.NaN, hue ?? Number.NaN).map((part) =>
    Math.min(Math.max(part, 0), 1),
  );
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** Contrast as WCAG 2.2 reckons it. */
function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** The two shades of a token, by day and by night. */
function shades(token: string): [string, string] {
  const value = new RegExp(`--${token}: light-dark\\(\\s*oklch\\((.+?)\\),\\s*oklch\\((.+?)\\)\\s*\\);`).exec(css);
  if (!value) throw new Error(`tokens.css has no --${token}`);
  return [value[1] ?? '', value[2] ?? ''];
}

function ownOf(colour: string): { hue: number; vivid: number } {
  const rule = new RegExp(`\\[data-colour="${colour}"\\] \\{([^}]+)\\}`).exec(css)?.[1] ?? '';
  const hue = /--hue: ([\d.]+)/.exec(rule)?.[1];
  return { hue: Number(hue), vivid: Number(/--vivid: ([\d.]+)/.exec(rule)?.[1] ?? 1) };
}

describe.each(tagColours)('%s', (colour) => {
  const own = ownOf(colour);
  const of = (token: string, at: number) => luminance(shades(token)[at] ?? '', own);

  it.each(['paper', 'paper-sunk', 'paper-raised', 'paper-float', 'accent-wash'])('is seen on %s', (surface) => {
    for (const at of [0, 1]) expect(contrast(of('tag-dot', at), of(surface, at))).toBeGreaterThan(3);
  });

  it('can be read on its own wash', () => {
    for (const at of [0, 1]) expect(contrast(of('tag-ink', at), of('tag-wash', at))).toBeGreaterThan(4.5);
  });
});

it('reckons as others do', () => {
  expect(contrast(luminance('1 0 0', { hue: 0, vivid: 1 }), luminance('0 0 0', { hue: 0, vivid: 1 }))).toBeCloseTo(
    21,
    1,
  );
});
