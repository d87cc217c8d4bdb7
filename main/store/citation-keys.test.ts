import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalAdapter } from './journal-adapter.ts';
import { readLibrary } from './library-file.ts';
import { Store } from './store.ts';

let folder: string;
let store: Store;
const open = () => Store.open(new JournalAdapter(folder));
const reopen = async () => {
  await store.close();
  store = await open();
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-keys-'));
  store = await open();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('keys are kept in the journal and in the library file, beside all else, and are no marks', async () => {
  const { stamp } = store;
  await store.change({ citationKeys: new Map([['arxiv:1', 'Okafor2024']]) });
  await store.change({ citationKeys: new Map([['doi:10.1/"x', 'Li "2"']]) });
  expect(store.stamp).toBe(stamp);
  await reopen();
  expect(store.records.size).toBe(0);
  const keys = [
    ['arxiv:1', 'Okafor2024'],
    ['doi:10.1/"x', 'Li "2"'],
  ];
  expect([...store.citationKeys]).toEqual(keys);
  await store.change({ papers: new Map([['arxiv:1', { changedAt: 1, starred: true }]]) });
  await store.fold();
  await reopen();
  expect([...store.citationKeys]).toEqual(keys);
  expect(store.record('arxiv:1')).toEqual({ changedAt: 1, starred: true });
  const file = readFileSync(join(folder, 'library.json'));
  expect(Object.entries(JSON.parse(file.toString()).citationKeys)).toEqual(keys);
});

test('what is in the file in another way is read all the same, and what is no key is left out and said', async () => {
  await store.change({ citationKeys: new Map([['arxiv:1', 'a']]), settings: { theme: 'dark' } });
  await store.fold();
  const file = JSON.parse(readFileSync(join(folder, 'library.json'), 'utf8'));
  const read = readLibrary(Buffer.from(JSON.stringify({ ...file, citationKeys: { 'arxiv:1': 'b', 'arxiv:2': 3 } })));
  expect(read).toMatchObject({ kind: 'good', unclear: ['“citationKeys”'] });
  if (read.kind !== 'damaged') expect([...read.data.citationKeys]).toEqual([['arxiv:1', 'b']]);
});

test('a store that is closed takes no keys', async () => {
  await store.change({ citationKeys: new Map([['arxiv:1', 'a']]) });
  await store.close();
  const refused = store.change({ citationKeys: new Map([['arxiv:2', 'b']]) });
  await expect(refused).rejects.toThrow('closed');
  expect([...store.citationKeys.keys()]).toEqual(['arxiv:1']);
});
