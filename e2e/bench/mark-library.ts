/**
 * Run in a process of its own: marks and tags a fifth of the papers of a library as a reader would
 * have over the years, by the library's own calls, and writes some notes.
 */
import { openLibrary } from '../../main/library.ts';

const [folder = '', size = '0'] = process.argv.slice(2);
const papers = Number(size);
const fifth = Math.floor(papers / 5);
/** One marked paper of so many has a note. */
const noteEvery = 50;

const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: 'bench' });
const { handlers } = library;
const { result } = await handlers['list.open']({ view: 'all', query: '', sort: [], limit: 0 });
const changes = [
  { status: 'read', addTags: ['read in 2025'] },
  { status: 'queued', addTags: ['to discuss', 'ml/vision'] },
  { status: 'reading', starred: true, addTags: ['ml/language'] },
  { status: 'skipped', addTags: ['elsewhere'] },
] as const;
const quarter = Math.ceil(fifth / changes.length);
// Spread over the library, so that no view is one stretch of it, and none is empty.
const stretch = Math.min(1000, quarter);
const step = 5 * stretch;
let marked = 0;
for (let from = 0; from < papers; from += step) {
  const to = Math.min(papers, from + Math.min(stretch, fifth));
  const change = changes[Math.min(changes.length - 1, Math.floor(marked / quarter))] ?? changes[0];
  await handlers['papers.mark']({
    selection: { result, ranges: [[from, to]] },
    change: { ...change, addTags: [...change.addTags] },
  });
  const { rows } = await handlers['list.rows']({ result, offset: from, limit: Math.min(500, to - from) });
  for (const [index, row] of rows.entries()) {
    if (index % (noteEvery / 2) !== 0) continue;
    await handlers['note.set']({
      id: row.id,
      text: `Compare with **${row.title}**; the model is a diffusion transformer.`,
    });
  }
  marked += to - from;
}
// What is found out once after an import is no part of what is measured.
await handlers['duplicates.list']({ offset: 0, limit: 1 });
await library.close();
process.stdout.write(`${JSON.stringify({ marked })}\n`);
