import { describe, expect, it } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { largestUpload } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { importFiles, importSummary } from './importing.ts';

const report = { path: 'a.txt', format: 'daily-papers', new: 3, merged: 0, unchanged: 52, skipped: [] };

function clientThat(answer: (name: string) => typeof report): Client {
  return {
    call: async (_name, input) => answer((input as { name: string }).name) as never,
    on: () => () => {},
  };
}

describe('importFiles', () => {
  it('imports what can be imported and names what cannot', async () => {
    const client = clientThat((name) => {
      if (name === 'bad.bin') throw new OffprintError('bad-input', 'bad.bin is not a capture.');
      return { ...report, path: name };
    });
    const seen: number[] = [];
    const outcome = await importFiles(
      client,
      [
        new File(['x'], 'bad.bin'),
        new File(['y'], 'good.txt'),
        { name: 'huge', size: largestUpload + 1, arrayBuffer: () => Promise.reject(new Error('never read')) },
        { name: 'folder', size: 4096, arrayBuffer: () => Promise.reject(new Error('is a directory')) },
      ],
      (done) => seen.push(done),
    );
    expect(outcome.files.map((file) => file.path)).toEqual(['good.txt']);
    expect(outcome.failures.map((failure) => failure.name)).toEqual(['bad.bin', 'huge', 'folder']);
    expect(outcome.failures[1]?.reason).toContain('64 MB');
    expect(outcome.failures[2]?.reason).toContain('folder');
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});

describe('importSummary', () => {
  it.each([
    [[report], '55 papers: 3 new, 52 unchanged'],
    [[{ ...report, new: 1, unchanged: 0 }], '1 paper: 1 new'],
    [[{ ...report, new: 0, unchanged: 0, skipped: [{ where: 'line 3', reason: 'x' }] }], '0 papers: 1 skipped'],
    [[report, { ...report, new: 1000, merged: 2 }], '1,109 papers: 1,003 new, 2 merged, 104 unchanged'],
  ])('%#', (files, text) => {
    expect(importSummary(files)).toBe(text);
  });
});
