import { afterAll, describe, expect, test } from 'vitest';
import { fixtures, judgeImport } from './fixtures-for-tests.ts';
import { inputFolder } from './inputs-for-tests.ts';
import { mutated } from './mutations.ts';
import { importers } from './registry.ts';

/** Damaged files for each format; `npm run fuzz` tries as many as it is told. */
const casesPerFormat = 120;

const folder = inputFolder();
afterAll(() => folder.remove());

const all = fixtures();
const others = all.map(({ bytes }) => bytes);

describe('a damaged file is refused in plain words or gives records as they must be', () => {
  test.each(importers.map(({ format }) => format))('%s', async (format) => {
    const own = all.filter((fixture) => fixture.format === format);
    expect(own).not.toEqual([]);
    const outcomes = { refused: 0, read: 0 };
    for (let seed = 0; seed < casesPerFormat; seed += 1) {
      const bytes = mutated(own[seed % own.length]?.bytes ?? Buffer.alloc(0), others, seed);
      const path = folder.write('damaged', bytes);
      try {
        // Every second one as if the reader had said what it is, so that recognition spares it nothing.
        outcomes[(await judgeImport(path, 'damaged', seed % 2 === 0 ? null : format)).outcome] += 1;
      } catch (error) {
        throw new Error(`seed ${seed} of ${format}`, { cause: error });
      }
    }
    // What is hardly damaged is read, what is hardly there is refused: both must have been tried.
    expect(outcomes.refused).toBeGreaterThan(5);
    expect(outcomes.read).toBeGreaterThan(5);
  });
});
