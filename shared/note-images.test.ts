import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteImages, withImagesUp, withoutImagesUp } from './note-images.ts';

const name = `${'0f'.repeat(16)}.png`;

test.each([
  [`![a](images/${name})`, true],
  [`![a](images/${name} "title")\n![b](images/${name})`, true],
  [`[a]: images/${name}\n\n![a]`, true],
  [`![a](<images/${name}>)`, true],
  [`![a](../images/${name})`, false],
  [`![a](/images/${name})`, false],
  [`![a](images/../../${name})`, false],
  [`![a](images/../images/${name})`, false],
  [`![a](images\\${name})`, false],
  [`![a](images/${name}\0)`, true],
  [`![a](images/${name}.exe)`, false],
  [`![a](https://example.org/images/${name})`, false],
  [`![a](images/CON.png)`, false],
  [`![a](images/${'a'.repeat(5000)}.png)`, false],
])('%j shows a kept picture: %s', (note, isShown) => {
  expect(noteImages(note)).toEqual(isShown ? [name] : []);
});

test('the way up to pictures is put before what is shown, and nothing else of a note is changed', () => {
  const piece = fc.constantFrom(`images/${name}`, '../', '![a](', ')', ' ', '/', 'x', '.', 'images/', name, '\n');
  const notes = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(notes, fc.constantFrom('', '../', '../../'), (note, up) => {
      const moved = withImagesUp(note, up);
      expect(withoutImagesUp(moved)).toBe(withoutImagesUp(note));
      if (up === '' || noteImages(note).length === 0) expect(moved).toBe(note);
      else expect([moved === note, noteImages(moved)]).toEqual([false, []]);
    }),
  );
});
