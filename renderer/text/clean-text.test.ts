import { expect, test } from 'vitest';
import { type Piece, piecesOf } from '../../shared/reading/pieces.ts';
import { cleanText } from './clean-text.ts';

const stored = (text: string): Piece[] => [{ kind: 'text', text, from: 0, to: text.length }];

test('there are no soft hyphens, ligatures and broken lines in what is copied, and paragraphs stay', () => {
  const text = 'The e\ufb03cient net\u00adwork\nlearns.\u00a0So  it is.\n\n  And more.\n';
  expect(cleanText(text, [0, text.length], stored(text))).toBe('The efficient network learns. So it is.\n\nAnd more.');
});

test('a part is copied as far as it goes', () => {
  const text = 'The loss is convex.';
  expect(cleanText(text, [4, 11], stored(text))).toBe('loss is');
  expect(cleanText(text, [8, 8], stored(text))).toBe('');
});

test('mathematics is LaTeX, whole where a part of it is copied; commands for text are text', () => {
  const text = 'We \\emph{show} that $O(n \\log n)$ is best, and \\[ x = 1 \\] too.';
  const pieces = piecesOf(text, { repair: true });
  expect(cleanText(text, [0, text.length], pieces)).toBe('We show that $O(n \\log n)$ is best, and $$x = 1$$ too.');
  expect(cleanText(text, [text.indexOf('log'), text.indexOf(' best')], pieces)).toBe('$O(n \\log n)$ is');
});
