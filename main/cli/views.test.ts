import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let cli: TestCommandLine;

interface Listed {
  total: number;
  papers: { id: string; title: string; tags: string[]; status: string; starred: boolean }[];
}
interface Views {
  views: { id: string; name: string; query: string; count: number; icon?: string; sort?: unknown }[];
}

const list = async (...args: string[]) => (await cli.json<Listed>(['list', '--json', ...args])).papers;
const ids = async (...args: string[]) => (await list(...args)).map(({ id }) => id);
const said = (out: string) => ({ code: 0, out, err: '' });

describe('tags', () => {
  beforeAll(() => {
    cli = makeTestCommandLine();
  });
  afterAll(() => cli.remove());

  test('are given to papers and taken from them, one by one', async () => {
    const [a = '', b = '', c = ''] = await ids();
    expect(await cli.offprint(['tag', 'ml/vision', a, b])).toEqual(said('Tagged 2 papers “ml/vision”.\n'));
    await cli.offprint(['tag', 'ml', c]);
    expect(await ids('tag:ml')).toEqual([a, b, c]);
    expect(await cli.offprint(['untag', 'ml/vision', a])).toEqual(said('Removed “ml/vision” from 1 paper.\n'));
    expect(await ids('tag:ml/vision')).toEqual([b]);
    expect(await cli.offprint(['untag', 'ml/vision', a])).toEqual(said('Nothing to change.\n'));
  });

  test('are given to all papers that a query finds, and so are status and star', async () => {
    const found = await ids('title:learning');
    expect(found.length).toBeGreaterThan(1);
    expect(await cli.offprint(['tag', 'learns', '--query', 'title:learning'])).toEqual(
      said(`Tagged ${found.length} papers “learns”.\n`),
    );
    expect((await ids('tag:learns')).toSorted()).toEqual(found.toSorted());
    await cli.offprint(['status', 'skipped', '--query', 'tag:learns']);
    await cli.offprint(['star', '--query', 'status:skipped']);
    expect((await ids('is:starred')).toSorted()).toEqual(found.toSorted());
    expect(await cli.offprint(['unstar', '--query', 'nosuchword'])).toEqual({
      code: 0,
      out: '',
      err: 'No paper matches. Nothing was changed.\n',
    });
  });

  test('that none can be, and ids beside a query, are wrong usage; an unknown paper is named', async () => {
    const [id = ''] = await ids();
    for (const wrong of [
      ['tag', 'a,b', id],
      ['tag', '', id],
      ['tag', 'x'],
      ['tag', 'x', id, '--query', 'y'],
      ['untag', 'x'],
      ['star', '--query', ''],
      ['star', '--query', ' ?! '],
    ]) {
      const { code, err } = await cli.offprint(wrong);
      expect([code, err]).toEqual([2, expect.stringContaining(`Usage: offprint ${wrong[0]}`)]);
    }
    expect(await cli.offprint(['tag', 'x', id, 'arxiv:9999.99999'])).toMatchObject({
      code: 1,
      err: 'offprint: There is no paper with the id arxiv:9999.99999.\n',
    });
    expect(await ids('tag:x')).toEqual([]);
  });
});

describe('views', () => {
  beforeAll(() => {
    cli = makeTestCommandLine();
  });
  afterAll(() => cli.remove());

  test('built in are listed with their counts, and by name', async () => {
    const [a = ''] = await ids();
    await cli.offprint(['status', 'queued', a]);
    const { views } = await cli.json<Views>(['views', '--json']);
    expect(views).toContainEqual({ id: 'queued', name: 'To read', query: 'status:queued', count: 1 });
    expect(views).toContainEqual({ id: 'all', name: 'All papers', query: '', count: 55 });
    expect((await cli.offprint(['views'])).out).toContain('\n 1  To read  status:queued\n');
    for (const name of ['queued', 'To read', 'to READ']) {
      expect(await cli.json<Listed>(['view', name, '--json'])).toMatchObject({ total: 1, papers: [{ id: a }] });
    }
    expect(await cli.offprint(['view', 'reading'])).toEqual({ code: 0, out: '', err: 'The view is empty.\n' });
  });

  test('are saved, shown in their order, changed and removed', async () => {
    const found = await ids('title:learning', 'sort:-title');
    expect(
      await cli.offprint(['view', 'save', 'On learning', 'title:learning', '--icon', 'flask', '--sort', 'title:desc']),
    ).toEqual(said(`Saved the view On learning: ${found.length} papers.\n`));
    const { views } = await cli.json<Views>(['views', '--json']);
    expect(views.at(-1)).toEqual({
      id: expect.stringMatching(/^view:/),
      name: 'On learning',
      query: 'title:learning',
      icon: 'flask',
      sort: [{ field: 'title', desc: true }],
      columns: null,
      count: found.length,
    });
    const shown = async (...args: string[]) =>
      (await cli.json<Listed>(['view', 'on learning', '--json', ...args])).papers.map(({ id }) => id);
    expect(await shown()).toEqual(found);
    expect(await shown('--sort', 'title')).toEqual(found.toReversed());
    expect(await shown('--limit', '1', '--offset', '1')).toEqual(found.slice(1, 2));

    // A view of the name that is there is changed: it keeps its order and its picture.
    expect((await cli.offprint(['view', 'save', 'On learning', '-title:learning'])).out).toMatch(/^Changed the view/);
    const now = (await cli.json<Views>(['views', '--json'])).views.filter(({ name }) => name === 'On learning');
    expect(now).toMatchObject([{ icon: 'flask', query: '-title:learning', count: 55 - found.length }]);

    expect(await cli.offprint(['view', 'remove', 'On Learning'])).toEqual(said('Removed the view On learning.\n'));
    expect(await cli.offprint(['view', 'On learning'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no view “On learning”'),
    });
  });

  test('of a tag or a source are views, too', async () => {
    const [a = ''] = await ids();
    await cli.offprint(['tag', 'mine', a]);
    expect((await cli.json<Listed>(['view', 'tag:mine', '--json'])).total).toBe(1);
    expect((await cli.json<Listed>(['view', 'source:1', '--json'])).total).toBe(55);
  });

  test.each([
    [['view'], 'Usage: offprint view NAME'],
    [['view', 'save', 'x'], 'Usage: offprint view save NAME QUERY'],
    [['view', 'save', 'x', 'y', '--icon', 'umbrella'], 'Allowed choices are search, bookmark'],
    [['view', 'save', 'x', 'y', '--colour', 'red'], "unknown option '--colour'"],
    [['view', 'remove'], 'Usage: offprint view remove NAME'],
    [['views', 'inbox'], 'Usage: offprint views [--json]'],
  ])('%j ends with 2 and says how', async (args, says) => {
    const { code, out, err } = await cli.offprint(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });
});

describe('list', () => {
  beforeAll(() => {
    cli = makeTestCommandLine();
  });
  afterAll(() => cli.remove());

  test('takes the whole language', async () => {
    const all = await ids();
    expect(await ids('(title:imitation', 'OR', 'title:boosting)', '-title:zzz')).toEqual(
      await ids('title:imitation OR title:boosting'),
    );
    expect(await ids('added:<1d')).toHaveLength(all.length);
    expect(await ids('added:>1d')).toEqual([]);
    expect(await ids('is:new')).toEqual(all);
  });

  test('is sorted as the query says, whatever the option says', async () => {
    const byTitle = await ids('--sort', 'title');
    expect(await ids('sort:-title')).toEqual(byTitle.toReversed());
    expect(await ids('sort:-title', '--sort', 'title')).toEqual(byTitle.toReversed());
  });
});
