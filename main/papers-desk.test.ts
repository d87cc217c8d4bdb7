import { expect, test } from 'vitest';
import type { ImportPreview, ImportProgress, ImportReport } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { OnProgress, PapersWriter } from './corpus/papers-writer.ts';
import { PapersDesk } from './papers-desk.ts';

const empty: ImportReport = { files: [], failures: [], total: { new: 0, merged: 0, unchanged: 0, skipped: 0 } };
const preview: ImportPreview = { ...empty, sample: [], marked: 0 };
const papers = { revision: 1, added: [], changed: [], removed: [] };

/** A writer that writes down what it is asked for, and whose previews and writes end when the test says so. */
class HeldWriter implements PapersWriter {
  readonly asked: string[] = [];
  progress: OnProgress = () => {};
  #held: PromiseWithResolvers<void> | null = null;
  #open = false;

  #hold(what: string, onProgress: OnProgress): Promise<void> {
    this.asked.push(what);
    this.progress = onProgress;
    this.#held = Promise.withResolvers();
    return this.#held.promise;
  }
  end(error?: Error): void {
    if (error) this.#held?.reject(error);
    else this.#held?.resolve();
  }
  async preview(_request: unknown, onProgress: OnProgress): Promise<ImportPreview> {
    expect(this.#open, 'a transaction inside a transaction').toBe(false);
    await this.#hold('preview', onProgress);
    this.#open = true;
    return preview;
  }
  async confirm(onProgress: OnProgress) {
    expect(this.#open).toBe(true);
    await this.#hold('confirm', onProgress);
    this.#open = false;
    return { change: 1, label: 'Imported 0 papers', papers, report: empty };
  }
  async cancel(): Promise<void> {
    this.asked.push('cancel');
    this.#open = false;
    this.end(new OffprintError('refused', 'cancelled'));
  }
  async rebuild() {
    return null;
  }
  async importedMarks() {
    return [];
  }
  async removeSource() {
    expect(this.#open, 'a removal inside an import').toBe(false);
    this.asked.push('remove');
    return { change: 2, label: '', papers, removed: 0, kept: 0 };
  }
  async undo() {
    this.asked.push('undo');
    return { change: null, label: '', papers };
  }
  async redo() {
    this.asked.push('redo');
    return { change: null, label: '', papers };
  }
  async forgetUndone() {}
  async setPairs() {
    this.asked.push('pairs');
    return { change: null, label: '', papers };
  }
  async findDuplicates() {
    return false;
  }
  async close(): Promise<void> {
    this.asked.push('close');
  }
}

function makeDesk() {
  const writer = new HeldWriter();
  let opened = 0;
  const desk = new PapersDesk(async () => {
    opened += 1;
    return writer;
  });
  const told: ImportProgress[] = [];
  const ended: number[] = [];
  let begun = 0;
  const begin = () => {
    begun += 1;
    const at = begun;
    return desk.begin({
      files: [],
      format: null,
      onProgress: (progress) => told.push(progress),
      ended: async () => {
        ended.push(at);
      },
    });
  };
  return { desk, writer, told, ended, begin, opened: () => opened };
}

/** Resolves once the writer has been asked for something so many times. */
async function asked(writer: HeldWriter, times: number): Promise<void> {
  await expect.poll(() => writer.asked.length, { interval: 1 }).toBeGreaterThanOrEqual(times);
}

async function previewed({ desk, writer, begin }: ReturnType<typeof makeDesk>): Promise<number> {
  const before = writer.asked.length;
  const job = begin();
  await expect.poll(() => writer.asked.slice(before).includes('preview'), { interval: 1 }).toBe(true);
  writer.end();
  await desk.preview(job);
  return job;
}

test('an import is read, waits, is written, and has ended once what follows it is done', async () => {
  const all = makeDesk();
  const { desk, writer, ended, told } = all;
  expect(all.opened()).toBe(0);
  const job = await previewed(all);
  expect(await desk.preview(job)).toBe(preview);
  const steps: string[] = [];
  const confirming = desk.confirm(job, async (_writer, { label }) => {
    steps.push(label);
    expect(ended).toEqual([]);
    return 'done';
  });
  await asked(writer, 2);
  writer.progress({ phase: 'writing', file: 'x', index: 1, files: 1, done: 0.1, papers: 1 });
  writer.progress({ phase: 'writing', file: 'x', index: 1, files: 1, done: 0.2, papers: 2 });
  writer.progress({ phase: 'writing', file: 'x', index: 1, files: 1, done: 1, papers: 3 });
  expect(told.map(({ job: number, papers: count }) => [number, count])).toEqual([
    [job, 1],
    [job, 3],
  ]);
  expect(() => all.begin()).toThrow('under way');
  await expect(desk.alone(async () => {})).rejects.toMatchObject({ code: 'refused' });
  writer.end();
  expect(await confirming).toBe('done');
  expect([steps, ended]).toEqual([['Imported 0 papers'], [1]]);
  await expect(desk.confirm(job, async () => {})).rejects.toMatchObject({ code: 'refused' });
  await desk.cancel(job);
  expect(writer.asked).toEqual(['preview', 'confirm']);
});

test('one that waits for its reader gives way to the next, whose number is another', async () => {
  const all = makeDesk();
  const first = await previewed(all);
  const second = await previewed(all);
  expect(second).not.toBe(first);
  expect(all.ended).toEqual([1]);
  await expect(all.desk.confirm(first, async () => {})).rejects.toMatchObject({ code: 'refused' });
  await all.desk.cancel(first);
  expect(await all.desk.preview(second)).toBe(preview);
});

test('and to a removal, even when it is confirmed in the same moment', async () => {
  const all = makeDesk();
  const job = await previewed(all);
  const removing = all.desk.alone((writer) => writer.removeSource(1));
  const confirming = all.desk.confirm(job, async () => {});
  await expect(confirming).rejects.toMatchObject({ code: 'refused' });
  await removing;
  expect(all.ended).toEqual([1]);
});

test('cancelled while it is read, while it waits, while it is written, and before it has its turn', async () => {
  const reading = makeDesk();
  const first = reading.begin();
  await asked(reading.writer, 1);
  await reading.desk.cancel(first);
  await expect(reading.desk.preview(first)).rejects.toMatchObject({ code: 'refused' });

  const waiting = makeDesk();
  await waiting.desk.cancel(await previewed(waiting));

  const writing = makeDesk();
  const job = await previewed(writing);
  const confirming = writing.desk.confirm(job, async () => {});
  await asked(writing.writer, 2);
  await Promise.all([expect(confirming).rejects.toMatchObject({ code: 'refused' }), writing.desk.cancel(job)]);

  const queued = makeDesk();
  const work = Promise.withResolvers<void>();
  const working = queued.desk.alone(() => work.promise);
  const late = queued.begin();
  const cancelling = queued.desk.cancel(late);
  work.resolve();
  await Promise.all([working, cancelling]);
  expect(queued.writer.asked).not.toContain('preview');

  for (const { ended } of [reading, waiting, writing, queued]) expect(ended).toEqual([1]);
  for (const all of [reading, waiting, writing, queued]) await previewed(all);
});

test('one that fails leaves the desk free, and a writer that broke is replaced', async () => {
  const all = makeDesk();
  const job = all.begin();
  const preview = all.desk.preview(job);
  await asked(all.writer, 1);
  all.writer.end(new Error('the thread died'));
  await expect(preview).rejects.toThrow('the thread died');
  await previewed(all);
  expect(all.opened()).toBe(2);
});

test('closing stops an import, and takes nothing more', async () => {
  const all = makeDesk();
  const job = all.begin();
  const preview = all.desk.preview(job);
  await asked(all.writer, 1);
  await Promise.all([expect(preview).rejects.toMatchObject({ code: 'refused' }), all.desk.close()]);
  expect(all.writer.asked.at(-1)).toBe('close');
  expect(() => all.begin()).toThrow('closed');
});

test('while papers are occupied nothing else is done to them but what must be, and the reason is said', async () => {
  const { desk, writer, begin } = makeDesk();
  desk.occupy('They are being read again.');
  expect([desk.isBusy, desk.isImporting]).toEqual([true, false]);
  const refused = { code: 'refused', message: 'They are being read again.' };
  expect(() => begin()).toThrow(expect.objectContaining(refused));
  await expect(desk.alone(async () => {})).rejects.toMatchObject(refused);
  expect(await desk.inSpite((open) => open.rebuild(() => {}))).toBeNull();
  desk.occupy(null);
  await desk.alone((open) => open.removeSource(1));
  expect(writer.asked).toEqual(['remove']);
});

test('whatever needs the database to itself gives up the import there is and closes the writer', async () => {
  const all = makeDesk();
  const { desk, writer } = all;
  const job = await previewed(all);
  await desk.withoutWriter(async () => void writer.asked.push('alone'));
  expect(writer.asked).toEqual(['preview', 'cancel', 'close', 'alone']);
  await expect(desk.preview(job)).rejects.toMatchObject({ code: 'refused' });
  await desk.alone((open) => open.removeSource(1));
  expect(all.opened()).toBe(2);
});

test('a writer that finds the database damaged is told of', async () => {
  const { desk } = makeDesk();
  let told = 0;
  desk.onDamaged(() => {
    told += 1;
  });
  const damaged = new OffprintError('damaged', 'It is damaged.');
  await expect(desk.alone(() => Promise.reject(damaged))).rejects.toBe(damaged);
  await expect(desk.alone(() => Promise.reject(new OffprintError('refused', 'no')))).rejects.toThrow('no');
  expect(told).toBe(1);
});
