import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { captureOf } from './capture-testing.ts';
import { openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';
import { ShownPapers } from './shown-papers.ts';
import { JournalAdapter } from './store/journal-adapter.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('Undo takes back what was asked for last, even while that is still looking for its papers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-order-'));
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
  try {
    await importText(library, captureOf('Ash of the Woods'));
    const ids = (await list(library)).rows.map(({ id }) => id);
    const mark = (change: { starred: true } | { status: 'read' }) =>
      call(library, 'papers.mark', { selection: { ids }, change });
    await mark({ starred: true });

    const found = Promise.withResolvers<void>();
    const { targets } = ShownPapers.prototype;
    vi.spyOn(ShownPapers.prototype, 'targets').mockImplementation(async function (this: ShownPapers, ids) {
      await found.promise;
      return targets.call(this, ids);
    });
    const reading = vi.spyOn(JournalAdapter.prototype, 'readStep');
    const marking = mark({ status: 'read' });
    const undoing = call(library, 'history.undo', {});
    await list(library);
    // Undo has not even looked at what it would take back now.
    expect(reading).not.toHaveBeenCalled();
    found.resolve();
    expect((await marking).changed).toBe(1);
    expect((await undoing).done).toBe('Marked 1 paper read');
    expect((await list(library)).rows).toMatchObject([{ status: 'unread', starred: true }]);
  } finally {
    await library.close();
    await rm(folder, { recursive: true, force: true });
  }
});
