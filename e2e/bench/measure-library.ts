/**
 * Run in a process of its own: searches a library and marks papers in it, each beside the bare
 * operation on the same disk in the same process, and prints the figures.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLibrary } from '../../main/library.ts';
import { median, percentile, timed } from './statistics.ts';

const [folder = '', rounds = '7', marks = '200'] = process.argv.slice(2);

/**
 * From rare to nearly everything: single words, several, phrases, prefixes as typed, a field, a
 * negation; and what asks bare FTS5 for the same.
 */
const queries = {
  'adversarial imitation ': 'adversarial AND imitation',
  'weak-to-strong ': '"weak-to-strong"',
  '"language models" ': '"language models"',
  'retrieval augmented generation ': 'retrieval AND augmented AND generation',
  learn: 'learn*',
  'learning ': 'learning',
  transfor: 'transfor*',
  'title:boosting ': 'title : boosting',
  'tool use -multimodal ': '(tool AND use) NOT multimodal',
  'data ': 'data',
  mo: 'mo*',
  'the model ': 'the AND model',
  vercablimi: 'vercablimi*',
  'sparse autoencoder': 'sparse AND autoencoder*',
};

const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: 'bench' });
const { handlers } = library;
const all = { view: 'all', sort: [], limit: 50 };

const database = new DatabaseSync(join(folder, 'corpus.db'), { readOnly: true });
const bare = database.prepare('SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 10, 5, 1)');
bare.setReturnArrays(true);

const search: { query: string; hits: number; ours: number; bare: number }[] = [];
for (const [query, expression] of Object.entries(queries)) {
  const ours: number[] = [];
  const plain: number[] = [];
  let hits = 0;
  // One round to warm the page cache for both, then turn about.
  for (let round = 0; round <= Number(rounds); round += 1) {
    const mine = await timed(async () => {
      hits = (await handlers['list.open']({ ...all, query })).total;
    });
    const theirs = await timed(() => bare.all(expression));
    if (round === 0) continue;
    ours.push(mine);
    plain.push(theirs);
  }
  search.push({ query, hits, ours: median(ours), bare: median(plain) });
}
database.close();

const { rows } = await handlers['list.open']({ view: 'inbox', query: '', sort: [], limit: 500 });
const ids = rows.map((row) => row.id);
const plainFile = openSync(join(folder, 'bare-append'), 'a');
const marking: number[] = [];
const appending: number[] = [];
for (let index = 0; index < Number(marks); index += 1) {
  const id = ids[index % ids.length] ?? '';
  const status = index % 2 === 0 ? 'read' : 'queued';
  marking.push(await timed(() => handlers['papers.mark']({ selection: { ids: [id] }, change: { status } })));
  appending.push(
    await timed(() => {
      writeSync(plainFile, `${JSON.stringify({ id, status })}\n`);
      fsyncSync(plainFile);
    }),
  );
}
closeSync(plainFile);
const storeBytes = readFileSync(join(folder, 'library.json')).length;
await library.close();
process.stdout.write(
  `${JSON.stringify({
    search,
    marking: { p50: median(marking), p95: percentile(marking, 0.95) },
    appending: { p50: median(appending), p95: percentile(appending, 0.95) },
    storeBytes,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  })}\n`,
);
