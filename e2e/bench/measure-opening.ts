/**
 * Run in a process of its own for each sample: opens the library in the folder given, asks for
 * the frame and the first screenful of the inbox, and prints what it took.
 */
import { openLibrary } from '../../main/library.ts';
import { timed } from './statistics.ts';

const [folder = ''] = process.argv.slice(2);
let shown = 0;
let close: () => Promise<void> = async () => {};
const milliseconds = await timed(async () => {
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: 'bench' });
  close = () => library.close();
  const [, list] = await Promise.all([
    library.handlers['library.state']({}),
    library.handlers['list.open']({ view: 'inbox', query: '', sort: [], limit: 50 }),
  ]);
  shown = list.rows.length;
});
await close();
if (shown !== 50) throw new Error(`the first screenful has ${shown} rows`);
process.stdout.write(`${JSON.stringify({ milliseconds })}\n`);
