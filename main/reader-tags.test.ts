import { beforeEach, expect, test } from 'vitest';
import type { PaperId } from '../shared/paper.ts';
import type { SavedView } from '../shared/views.ts';
import { ReaderTags } from './reader-tags.ts';
import type { PaperRecord, TagColours } from './store/library-data.ts';
import type { Deed } from './store/step.ts';

let records: Map<PaperId, PaperRecord>;
let colours: TagColours;
let views: SavedView[];
let deeds: Deed[];
const handlers = new ReaderTags({
  records: () => records,
  tagColours: () => colours,
  views: () => views,
  // `arxiv:2` is known by its DOI; what begins with `title:` is not here.
  resolve: async (ids) =>
    new Map(
      ids
        .filter((id) => !id.startsWith('title:'))
        .map((id) => [id, id.endsWith('2') ? { id: 'arxiv:2', markedAs: ['doi:10.1/2'] } : { id, markedAs: [id] }]),
    ),
  do: async (deed) => {
    deeds.push(deed);
  },
}).handlers;

function taggedWith(...tags: string[]): PaperRecord {
  return { tags, changedAt: 1 };
}

/** The tags that a step takes from each paper and gives it, by the paper's id. */
function changesOf({ marks }: Deed, tags: Record<PaperId, string[]>) {
  return marks?.targets.map(({ id }) => {
    const { change } = marks;
    const asked = { status: 'unread' as const, starred: false, hasNote: false, changedAt: 1, readAt: null };
    return [id, typeof change === 'function' ? change({ ...asked, tags: tags[id] ?? [] }) : change];
  });
}

beforeEach(() => {
  records = new Map([
    ['arxiv:1', taggedWith('ml', 'other')],
    ['doi:10.1/2', taggedWith('ml/vision')],
    ['title:gone', taggedWith('ml')],
    ['arxiv:4', taggedWith('mlops')],
    ['arxiv:5', { note: 'ml', changedAt: 1 }],
  ]);
  const view = { icon: 'search' as const, sort: null, columns: null };
  views = [
    { ...view, id: 'view:0001', name: 'One', query: 'tag:ml/vision is:starred' },
    { ...view, id: 'view:0002', name: 'Two', query: 'tag:mlops' },
  ];
  colours = new Map([
    ['ml', 'red'],
    ['ml/vision', 'blue'],
    ['other', 'grey'],
  ]);
  deeds = [];
});

test('a tag gets another name on all papers, in the views and with its colour, in one step', async () => {
  const done = await handlers['tags.rename']({ from: 'ml', to: 'ai/ml' });
  expect(done).toEqual({ changed: 3, label: 'Renamed the tag “ml” to “ai/ml” on 3 papers and in 1 view' });
  const [deed, ...others] = deeds;
  expect(others).toEqual([]);
  expect(deed?.label).toBe(done.label);
  expect(
    deed && changesOf(deed, { 'arxiv:1': ['ml', 'other'], 'arxiv:2': ['ml/vision'], 'title:gone': ['ml'] }),
  ).toEqual([
    ['arxiv:1', { removeTags: ['ml'], addTags: ['ai/ml'] }],
    ['arxiv:2', { removeTags: ['ml/vision'], addTags: ['ai/ml/vision'] }],
    ['title:gone', { removeTags: ['ml'], addTags: ['ai/ml'] }],
  ]);
  expect([...(deed?.tagColours ?? [])]).toEqual([
    ['other', 'grey'],
    ['ai/ml', 'red'],
    ['ai/ml/vision', 'blue'],
  ]);
  expect(deed?.views?.map(({ query }) => query)).toEqual(['tag:ai/ml/vision is:starred', 'tag:mlops']);
});

test('a tag that becomes one that is there leaves that its colour', async () => {
  await handlers['tags.rename']({ from: 'ml', to: 'other' });
  expect([...(deeds[0]?.tagColours ?? [])]).toEqual([
    ['other', 'grey'],
    ['other/vision', 'blue'],
  ]);
});

test('the same name in another case is another name; a view goes on asking for what keeps it', async () => {
  records.set('arxiv:6', taggedWith('ML/vision'));
  await handlers['tags.rename']({ from: 'ml', to: 'machines' });
  expect(deeds[0]?.marks?.targets.map(({ id }) => id)).not.toContain('arxiv:6');
  expect(deeds[0]?.views).toBeUndefined();
});

test('nothing is changed where there is no such tag, nothing new, or a name too long', async () => {
  await expect(handlers['tags.rename']({ from: 'nope', to: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(handlers['tags.remove']({ tag: 'nope' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(handlers['tags.rename']({ from: 'ml', to: 'x'.repeat(95) })).rejects.toMatchObject({
    code: 'bad-input',
  });
  expect(await handlers['tags.rename']({ from: 'ml', to: 'ml' })).toMatchObject({ changed: 0 });
  expect(deeds).toEqual([]);
});

test('a tag goes from all papers, and those nested in it, and their colours', async () => {
  expect(await handlers['tags.remove']({ tag: 'ml/vision' })).toEqual({
    changed: 1,
    label: 'Removed the tag “ml/vision” from 1 paper',
  });
  await handlers['tags.remove']({ tag: 'ml' });
  expect(deeds.map(({ marks }) => marks?.targets.length)).toEqual([1, 3]);
  expect(deeds.map(({ tagColours }) => [...(tagColours?.keys() ?? [])])).toEqual([['ml', 'other'], ['other']]);
});

test('a colour comes and goes; the one that it has already is no step', async () => {
  await handlers['tags.colour']({ tag: 'new', colour: 'teal' });
  await handlers['tags.colour']({ tag: 'ml', colour: null });
  await handlers['tags.colour']({ tag: 'ml', colour: 'red' });
  await handlers['tags.colour']({ tag: 'none', colour: null });
  expect(deeds.map(({ label }) => label)).toEqual(['Coloured “new” teal', 'Took the colour of “ml” away']);
  expect(deeds[0]?.tagColours?.get('new')).toBe('teal');
  expect(deeds[1]?.tagColours?.has('ml')).toBe(false);
});
