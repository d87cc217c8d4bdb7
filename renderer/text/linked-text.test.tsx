// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { TextRange } from '../../shared/paper.ts';
import { LinkedText, paragraphsOf } from './linked-text.tsx';
import { MarkedText } from './marked-text.tsx';

afterEach(cleanup);

test('a match that starts inside a link goes on after it', () => {
  const text = 'at https://a.org/weak to strong';
  const { container } = render(<LinkedText text={text} ranges={[[17, 24]]} />);
  expect(container.innerHTML).toContain('https://a.org/<mark>weak</mark></a><mark> to</mark> strong');
});

test('links open outside and tell nothing', () => {
  const { container } = render(<LinkedText text="https://a.org" ranges={[]} />);
  const link = container.querySelector('a');
  expect(link?.target).toBe('_blank');
  expect(link?.rel).toBe('noopener noreferrer');
});

test('paragraphs are what stands between blank lines', () => {
  const text = '\n one\ntwo \n \n\n  three\r\n\r\nfour';
  expect(paragraphsOf(text).map(([from, to]) => text.slice(from, to))).toEqual(['one\ntwo', 'three', 'four']);
});

test('script in a text is shown as text', () => {
  const text = '<script>alert(1)</script><img src=x onerror=alert(1)>';
  const { container } = render(<MarkedText text={text} ranges={[[0, 8]]} />);
  expect(container.textContent).toBe(text);
  expect(container.querySelector('script, img')).toBeNull();
});

test('whatever the ranges, every word is shown once', () => {
  const range = fc.tuple(fc.integer(), fc.integer()) as fc.Arbitrary<TextRange>;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(range), (text, ranges) => {
      const { container, unmount } = render(<LinkedText text={`https://a.org ${text}`} ranges={ranges} />);
      expect(container.textContent?.replaceAll(/\s/gu, '')).toBe(`https://a.org${text}`.replaceAll(/\s/gu, ''));
      unmount();
    }),
  );
});
