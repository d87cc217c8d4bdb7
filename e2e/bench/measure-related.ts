/**
 * Run in a process of its own: finds the neighbours of papers of a library, each beside bare FTS5 ranking its title,
 * in the same process; then reads papers while neighbours are looked for without a pause. Prints the figures.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLibrary } from '../../main/library.ts';
import { timed } from './statistics.ts';

const [folder = '', count = '200'] = process.argv.slice(2);
const papers = Number(count);

const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: 'bench' });
const { handlers } = library;
const { result, total } = await handlers['list.open']({ view: 'all', query: '', sort: [], limit: 0 });
const database = new DatabaseSync(join(folder, 'corpus.db'), { readOnly: true });
const bare = database.prepare('SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search) LIMIT 15');
bare.setReturnArrays(true);

const related: number[] = [];
const titleQuery: number[] = [];
const alone: number[] = [];
const meanwhile: number[] = [];
const rowAt = async (at: number) => {
  const offset = Math.floor(((at + 0.5) * total) / papers);
  const { rows } = await handlers['list.rows']({ result, offset, limit: 1 });
  return rows[0] ?? { id: '', title: '' };
};

for (let at = 0; at < papers; at += 1) {
  const { id, title } = await rowAt(at);
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  const ours = () => timed(() => handlers['papers.related']({ id, limit: 15 }));
  const theirs = () => timed(() => bare.all(words.map((word) => `"${word}"`).join(' OR ')));
  // Turn about, so that neither finds the pages that the other has read more often than not.
  if (at % 2 === 0) related.push(await ours());
  titleQuery.push(await theirs());
  if (at % 2 === 1) related.push(await ours());
  alone.push(await timed(() => handlers['paper.get']({ id, query: '' })));
}

// As if every paper that is gone past were waited on: the worst that a window could ask.
let isLooking = true;
const looking = (async () => {
  for (let at = 0; isLooking; at = (at + 1) % papers) {
    const { id } = await rowAt(at);
    await handlers['papers.related']({ id, limit: 15 });
  }
})();
for (let at = 0; at < papers; at += 1) {
  const { id } = await rowAt(papers - 1 - at);
  meanwhile.push(await timed(() => handlers['paper.get']({ id, query: '' })));
  // A window does not ask without a pause either: the looking goes on between, and each request meets it anew.
  await new Promise((resolve) => setTimeout(resolve, 3));
}
isLooking = false;
await looking;

database.close();
await library.close();
process.stdout.write(`${JSON.stringify({ related, titleQuery, alone, meanwhile })}\n`);
