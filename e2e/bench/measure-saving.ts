/**
 * Run in a process of its own: saves notes one after another in a library in which many papers are
 * marked, by the store alone or by the whole library, each beside a bare append of a line of the
 * same length with fsync on the same disk, turn about; prints the figures.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLibrary } from '../../main/library.ts';
import { openReader } from '../../main/store/store-testing.ts';
import { openBareFile } from './bare-append.ts';
import { paperAt } from './marked-store.ts';
import { median, percentile, timed } from './statistics.ts';

const [folder = '', how = 'store', saves = '300'] = process.argv.slice(2);
const text = 'The claim of section 4 rests on a table that leaves two of the baselines out. '.repeat(4);

interface Saver {
  save(text: string, at: number): Promise<unknown>;
  close(): Promise<void>;
}

/** Saves by the store alone, on papers all over the library. */
async function storeSaver(): Promise<Saver> {
  const { store, marks } = await openReader(folder);
  const marked = store.records.size;
  return {
    save: (text, at) => marks.setNote({ id: paperAt((at * 7919) % marked), markedAs: [] }, text),
    close: () => store.close(),
  };
}

/** Saves as a window does, on the papers that come with Offprint; what is marked is of papers it has no text of. */
async function librarySaver(): Promise<Saver> {
  const bundledCapture = fileURLToPath(new URL('../../resources/daily-papers.txt', import.meta.url));
  const library = await openLibrary({ dataFolder: folder, bundledCapture, appVersion: 'bench' });
  const { rows } = await library.handlers['list.open']({ view: 'all', query: '', sort: [], limit: 50 });
  return {
    save: (text, at) => library.handlers['note.set']({ id: rows[at % rows.length]?.id ?? '', text }),
    close: () => library.close(),
  };
}

function journalBytes(): number {
  const journal = join(folder, 'journal');
  return readdirSync(journal).reduce((sum, name) => sum + statSync(join(journal, name)).size, 0);
}

const saver = await (how === 'store' ? storeSaver() : librarySaver());
const bare = openBareFile(join(folder, 'bare-append'));
// The first ones find out how long a line is, and warm up what is warm in a program that has been running for a while.
const warming = 200;
const before = journalBytes();
for (let at = 0; at < warming; at += 1) await saver.save(`${at} ${text}`, at);
const lineBytes = Math.round((journalBytes() - before) / warming);
const line = `${'x'.repeat(Math.max(1, lineBytes - 1))}\n`;
for (let at = 0; at < warming; at += 1) bare.append(line);

const saving: number[] = [];
const appending: number[] = [];
for (let at = warming; at < warming + Number(saves); at += 1) {
  saving.push(await timed(() => saver.save(`${at} ${text}`, at)));
  appending.push(await timed(() => bare.append(line)));
}
bare.close();
await saver.close();
const spread = (samples: readonly number[]) => ({ p50: median(samples), p95: percentile(samples, 0.95) });
process.stdout.write(`${JSON.stringify({ lineBytes, saving: spread(saving), appending: spread(appending) })}\n`);
