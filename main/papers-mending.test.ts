import { afterEach, expect, test, vi } from 'vitest';
import { OffprintError } from '../shared/outcome.ts';
import type { CorpusTrouble } from './corpus/corpus-trouble.ts';
import type { PapersWriter, RebuildPiece } from './corpus/papers-writer.ts';
import { PapersDesk } from './papers-desk.ts';
import { PapersMending } from './papers-mending.ts';

afterEach(() => vi.useRealTimers());

const published = { revision: 2, added: [], changed: [], removed: [] };
const piece = (done: number, papers: number): RebuildPiece => ({ published, done, papers, end: null });
const last: RebuildPiece = {
  ...piece(1, 3),
  end: { why: 'damaged', from: 'list', changesKnown: true, lost: [] },
};
const trouble: CorpusTrouble = {
  ...{ kind: 'rebuilt', why: 'damaged', setAside: '/x/corpus.damaged.db', isRebuilding: true },
  ...{ found: 'It was damaged.', notice: 'It was damaged. Papers are being read again.' },
};

/** Mending with doubles in the place of all parts: reading again does what `steps` say, one after the other. */
function mendingOf(steps: (() => Promise<RebuildPiece>)[]) {
  const told: [number, number][] = [];
  const did: string[] = [];
  const desk = new PapersDesk(async () => ({ close: async () => {} }) as Partial<PapersWriter> as PapersWriter);
  const mending = new PapersMending({
    ...{ dataFolder: '/nowhere', store: {} as never, mirror: {} as never, desk },
    corpus: { trouble, isUnclean: false, onDamaged: () => {} } as never,
    changes: {
      prepareRebuild: async () => void did.push('prepare'),
      rebuildOn: async (tell: (done: number) => void) => {
        tell(0.1);
        return steps.shift()?.();
      },
    } as never,
    onProgress: ({ done, papers }) => told.push([done, papers]),
    changed: () => {},
    finished: async (known) => void did.push(`finished ${known}`),
  });
  return { mending, desk, told, did };
}

test('papers are read again piece by piece, and what came of it is said in the end', async () => {
  const { mending, desk, told, did } = mendingOf([async () => piece(0.5, 2), async () => last]);
  mending.begin(true);
  expect(mending.rebuilding).toEqual({ done: 0, papers: 0 });
  expect(desk.isBusy).toBe(true);
  expect(mending.notices).toEqual([trouble.notice]);
  await mending.settled();
  expect([mending.rebuilding, desk.isBusy]).toEqual([null, false]);
  expect(told).toEqual([
    [0.1, 0],
    [0.5, 2],
    [0.5, 2],
    [1, 3],
  ]);
  expect(did).toEqual(['prepare', 'finished true']);
  expect(mending.notices).toEqual([
    'It was damaged. Everything is back, from the files that your papers came from: 3 papers are there.',
  ]);
});

test('a disk that is full is said, and it is gone on with by itself', async () => {
  vi.useFakeTimers();
  const full = new OffprintError('unreadable', 'The disk is full.');
  const { mending, did } = mendingOf([async () => piece(0.5, 2), () => Promise.reject(full), async () => last]);
  mending.begin(false);
  await vi.waitFor(() => expect(mending.notices).toHaveLength(2));
  expect(mending.notices[1]).toBe('It cannot go on now and will be tried again. The disk is full.');
  expect(mending.rebuilding).toEqual({ done: 0.5, papers: 2 });
  await vi.advanceTimersByTimeAsync(60_000);
  await mending.settled();
  expect(did).toEqual(['prepare', 'finished true']);
  expect(mending.notices).toEqual([expect.stringContaining('Everything is back')]);
});

test('closing does not wait for a disk that is full', async () => {
  const full = new OffprintError('unreadable', 'The disk is full.');
  const { mending, did } = mendingOf([() => Promise.reject(full)]);
  mending.begin(false);
  await vi.waitFor(() => expect(mending.notices).toHaveLength(2));
  await mending.close();
  await mending.settled();
  expect(did).toEqual(['prepare']);
});

test('a new database that is damaged, too, is said to be', async () => {
  const damaged = new OffprintError('damaged', 'The paper database is damaged.');
  const { mending, desk } = mendingOf([() => Promise.reject(damaged)]);
  mending.begin(false);
  await mending.settled();
  expect(mending.notices).toEqual([
    'The paper database could not be mended. The paper database is damaged. Start Offprint again.',
  ]);
  expect([mending.rebuilding, desk.isBusy]).toEqual([null, false]);
});
