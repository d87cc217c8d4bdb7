import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { JournalAdapter } from './journal-adapter.ts';
import { Store } from './store.ts';

const rounds = 4;
const papers = 5;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-crash-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes notes of growing numbers to a few papers at once, as fast as it can, and reports each acknowledged one. */
const script = `
  import { writeSync } from 'node:fs';
  const here = ${JSON.stringify(new URL('.', import.meta.url).href)};
  const { lockFolder } = await import(here + 'folder-lock.ts');
  const { JournalAdapter } = await import(here + 'journal-adapter.ts');
  const { History } = await import(here + 'history.ts');
  const { Store } = await import(here + 'store.ts');
  const { ReaderMarks } = await import(here + 'marks.ts');
  const [folder, first] = process.argv.slice(1);
  await lockFolder(folder);
  // So short a journal that it is folded all the time.
  const store = await Store.open(new JournalAdapter(folder, undefined, 2000));
  const marks = new ReaderMarks(store, new History(store, async () => new Map(), {}));
  let number = Number(first);
  async function keepWriting(id) {
    for (;;) {
      const mine = ++number;
      await marks.setNote({ id, markedAs: [] }, 'note ' + mine);
      writeSync(1, id + ' ' + mine + '\\n');
    }
  }
  for (let paper = 0; paper < ${papers}; paper += 1) keepWriting('arxiv:' + paper);`;

test(`killed ${rounds} times while writing: every acknowledged note is there`, async () => {
  const acknowledged = new Map<string, number>();
  let highest = 0;
  for (let round = 0; round < rounds; round += 1) {
    const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module'];
    const child = spawn(process.execPath, [...flags, '-e', script, folder, String(highest)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    let acks = 0;
    for await (const line of createInterface(child.stdout)) {
      const [id = '', number = ''] = line.split(' ');
      acknowledged.set(id, Number(number));
      highest = Math.max(highest, Number(number));
      acks += 1;
      // At another point of the write each time. What it still reports after this was acknowledged too.
      if (acks === 3 + round * 37) child.kill('SIGKILL');
    }
    await exited;
    expect(acks).toBeGreaterThan(0);

    const lock = await lockFolder(folder);
    // So short a journal that it is folded all the time.
    const store = await Store.open(new JournalAdapter(folder, undefined, 2000));
    // A line that was not whole was never acknowledged.
    expect(store.notices.filter((notice) => !notice.includes('cut off'))).toEqual([]);
    for (const [id, number] of acknowledged) {
      const [, kept = '0'] = /^note (\d+)$/.exec(store.record(id)?.note ?? '') ?? [];
      // A write that was under way may have ended without its acknowledgement; nothing older may stand.
      expect(Number(kept), id).toBeGreaterThanOrEqual(number);
      highest = Math.max(highest, Number(kept));
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(store.history.undo.length).toBeGreaterThan(0);
    await store.close();
    lock.release();
  }
});
