import { expect, test } from 'vitest';
import type { PaperId } from '../../shared/paper.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { type CitationKeys as Keys, withKeys } from '../store/library-data.ts';
import { CitationKeys, type KeyStore, type PaperToName } from './citation-keys.ts';

/** A store of nothing but keys. */
class KeysInMemory implements KeyStore {
  citationKeys: Keys = new Map();
  readOnly: string | null = null;
  settings = settingsSchema.parse({});
  changes = 0;
  refusal: Error | null = null;

  async change({ citationKeys }: { citationKeys?: Keys }): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.changes += 1;
    if (citationKeys) this.citationKeys = withKeys(this.citationKeys, citationKeys);
  }
}

function paper(id: PaperId, said: Partial<PaperToName> = {}): PaperToName {
  return { id, title: 'Sparse Attention', authors: ['Ada Okafor'], published: '2024', citationKey: null, ...said };
}

test('papers of one pattern get letters, in the order in which they are asked for, and keep them', async () => {
  const store = new KeysInMemory();
  const giving = new CitationKeys(store).begin();
  const ids = Array.from({ length: 30 }, (_, at) => `arxiv:2401.000${String(at).padStart(2, '0')}`);
  const keys = ids.map((id) => giving.keyOf(paper(id)));
  expect(keys.slice(0, 3)).toEqual(['Okafor2024Sparse', 'Okafor2024Sparsea', 'Okafor2024Sparseb']);
  expect(keys.slice(26, 28)).toEqual(['Okafor2024Sparsez', 'Okafor2024Sparseaa']);
  expect(new Set(keys).size).toBe(30);
  await giving.keep();
  expect(store.changes).toBe(1);
  const again = new CitationKeys(store).begin();
  expect(ids.toReversed().map((id) => again.keyOf(paper(id, { title: 'Renamed' })))).toEqual(keys.toReversed());
  await again.keep();
  expect(store.changes).toBe(1);
  // Not even after another paper has come that would have had it.
  expect(again.keyOf(paper('arxiv:2401.99999'))).toBe('Okafor2024Sparsead');
});

test('a paper keeps the key that it came with, unless another has it, letter case aside', () => {
  const giving = new CitationKeys(new KeysInMemory()).begin();
  expect(giving.keyOf(paper('arxiv:1', { citationKey: 'DBLP:conf/x/Y24' }))).toBe('DBLP:conf/x/Y24');
  expect(giving.keyOf(paper('arxiv:2', { citationKey: 'dblp:conf/x/y24' }))).toBe('dblp:conf/x/y24a');
  expect(giving.keyOf(paper('arxiv:3', { citationKey: '%%' }))).toBe('Okafor2024Sparse');
});

test('a key is the paper’s under every id that it has had, and of merged papers each keeps its own', async () => {
  const store = new KeysInMemory();
  const keys = new CitationKeys(store);
  const giving = keys.begin();
  expect(giving.keyOf(paper('title:abc'))).toBe('Okafor2024Sparse');
  await giving.keep();
  expect(giving.keyOf(paper('arxiv:2', { aliases: ['title:abc'] }))).toBe('Okafor2024Sparse');
  expect(keys.given({ id: 'arxiv:9', aliases: [] })).toBeNull();
  // Two that had a key each and are one now: that of its own id; the other is given to none.
  expect(giving.keyOf(paper('arxiv:3'))).toBe('Okafor2024Sparsea');
  expect(giving.keyOf(paper('arxiv:3', { aliases: ['title:abc'] }))).toBe('Okafor2024Sparsea');
  expect(giving.keyOf(paper('arxiv:4'))).toBe('Okafor2024Sparseb');
  expect(giving.keyOf(paper('title:abc'))).toBe('Okafor2024Sparse');
});

test('a paper that gives no letters has a key all the same, and a pattern that is none is as the usual one', () => {
  const store = new KeysInMemory();
  const giving = new CitationKeys(store).begin();
  expect(giving.keyOf(paper('arxiv:1', { title: '深度学习', authors: ['张三'] }))).toBe('paper2024');
  expect(giving.keyOf(paper('arxiv:2', { title: '学', authors: [], published: null }))).toBe('paper');
  store.settings = { ...store.settings, citationKeys: '[broken' };
  expect(giving.keyOf(paper('arxiv:3'))).toBe('Okafor2024Sparse');
  store.settings = { ...store.settings, citationKeys: '[auth][year]' };
  expect(giving.keyOf(paper('arxiv:5', { authors: [], published: null }))).toBe('Sparse');
  store.settings = { ...store.settings, citationKeys: '[auth:lower]:[shortyear]' };
  expect(giving.keyOf(paper('arxiv:4'))).toBe('okafor:24');
});

test('what could not be written is still to be kept, and where nothing can be, keys hold for the session', async () => {
  const store = new KeysInMemory();
  const keys = new CitationKeys(store);
  const giving = keys.begin();
  const key = giving.keyOf(paper('arxiv:1'));
  store.refusal = new Error('full');
  await expect(giving.keep()).rejects.toThrow('full');
  store.refusal = null;
  store.readOnly = 'Nothing can be written.';
  await giving.keep();
  expect(store.citationKeys.size).toBe(0);
  expect(keys.given({ id: 'arxiv:1' })).toBe(key);
  store.readOnly = null;
  await keys.begin().keep();
  expect([...store.citationKeys]).toEqual([['arxiv:1', key]]);
});
