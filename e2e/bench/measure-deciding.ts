/**
 * Run in a process of its own: what the service alone takes for queries typed letter by letter,
 * beside bare FTS5 answering and ranking the same words, and for marks of one paper and of many.
 */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLibrary } from '../../main/library.ts';
import { timed } from './statistics.ts';
import { typedPrefixes } from './typed-queries.ts';

const [folder = '', many = '10000'] = process.argv.slice(2);
const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: 'bench' });
const { handlers } = library;

const database = new DatabaseSync(join(folder, 'corpus.db'), { readOnly: true });
const bare = database.prepare('SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 10, 5, 1) LIMIT 50');
bare.setReturnArrays(true);

/** All words, the last one as a prefix: what anybody would ask FTS5. */
function plainExpression(text: string): string {
  const words = text.trim().split(' ');
  return words
    .map((word, at) => (at === words.length - 1 && !text.endsWith(' ') ? `"${word}"*` : `"${word}"`))
    .join(' AND ');
}

const typing: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
for (let round = 0; round < 2; round += 1) {
  for (const query of typedPrefixes()) {
    let result = 0;
    const ours = await timed(async () => {
      ({ result } = await handlers['list.open']({ view: 'all', query, sort: [], limit: 50 }));
    });
    await handlers['list.close']({ result });
    const theirs = await timed(() => bare.all(plainExpression(query)));
    // The first round warms the file cache for both.
    if (round === 0) continue;
    typing.ours.push(ours);
    typing.bare.push(theirs);
  }
}
database.close();

const opened = await handlers['list.open']({ view: 'inbox', query: '', sort: [], limit: 500 });
const file = openSync(join(folder, 'bare-append'), 'a');
const marking: Record<'one' | 'append' | 'many' | 'counted' | 'undoMany', number[]> = {
  one: [],
  append: [],
  many: [],
  counted: [],
  undoMany: [],
};
for (const { id } of opened.rows.slice(0, 200)) {
  marking.one.push(
    await timed(() => handlers['papers.mark']({ selection: { ids: [id] }, change: { status: 'read' } })),
  );
  marking.append.push(
    await timed(() => {
      writeSync(file, `${JSON.stringify({ id, status: 'read' })}\n`);
      fsyncSync(file);
    }),
  );
}
closeSync(file);
const all = await handlers['list.open']({ view: 'all', query: '', sort: [], limit: 0 });
const to = Math.min(Number(many), all.total);
for (let round = 0; round < 6; round += 1) {
  const change = round % 2 === 0 ? { status: 'queued' as const } : { addTags: [`round ${round}`] };
  const started = performance.now();
  await handlers['papers.mark']({ selection: { result: all.result, ranges: [[0, to]] }, change });
  marking.many.push(performance.now() - started);
  // Acknowledged is on the disk; the counts of the views follow.
  await handlers['library.state']({});
  marking.counted.push(performance.now() - started);
  marking.undoMany.push(await timed(() => handlers['history.undo']({})));
  await handlers['library.state']({});
}
await library.close();
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ typing, marking, marked: to, peakMegabytes })}\n`);
