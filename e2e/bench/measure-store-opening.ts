/**
 * Run in a process of its own for each sample: opens the store in a folder, or reads and parses the
 * bytes of its library file and nothing more, and prints what it took.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openReader } from '../../main/store/store-testing.ts';
import { timed } from './statistics.ts';

const [folder = '', how = 'store'] = process.argv.slice(2);
let found = 0;
let close: () => Promise<void> = async () => {};
const milliseconds = await timed(async () => {
  if (how === 'parse') {
    found = Object.keys(JSON.parse(readFileSync(join(folder, 'library.json'), 'utf8')).papers).length;
    return;
  }
  const { store } = await openReader(folder);
  found = store.records.size;
  close = () => store.close();
});
await close();
process.stdout.write(`${JSON.stringify({ milliseconds, found })}\n`);
