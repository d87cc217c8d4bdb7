import { expect, test } from 'vitest';
import { oneLine, withoutControls } from './clean-text.ts';

test('what shows nothing goes, so that a search finds the word; what shapes letters stays', () => {
  expect(withoutControls('auto\u00admatic\u200b, \ufeffzero\u2060')).toBe('automatic, zero');
  expect(withoutControls('می\u200cخواهم 👩\u200d🔬')).toBe('می\u200cخواهم 👩\u200d🔬');
  expect(oneLine('\u200b A\u00a0title\tof\u0001 it \u200b')).toBe('A title of it');
});
