import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';
import { run } from './program.ts';
import { processTerminal } from './terminal.ts';

interface Listed {
  total: number;
  papers: { id: string; title: string; status: string; starred: boolean; tags: string[]; hasNote: boolean }[];
}

let cli: TestCommandLine;

async function ids(...query: string[]): Promise<string[]> {
  const { papers } = await cli.json<Listed>(['list', '--json', ...query]);
  return papers.map(({ id }) => id);
}

describe('list and show', () => {
  beforeAll(() => {
    cli = makeTestCommandLine();
  });
  afterAll(() => cli.remove());

  test('a fresh library lists the 55 bundled papers with exactly the promised fields', async () => {
    const { total, papers } = await cli.json<Listed>(['list', '--json']);
    expect(total).toBe(55);
    expect(papers).toHaveLength(55);
    expect(papers[0]).toEqual({
      id: expect.stringMatching(/^title:\S+$/),
      title: 'Adversarial Imitation Learning via Boosting',
      authors: [],
      published: null,
      status: 'unread',
      starred: false,
      tags: [],
      hasNote: false,
      sources: ['Daily Papers'],
    });
    expect(papers.at(-1)?.title).toBe(
      'Making the Most of your Model: Methods for Finetuning and Applying Pretrained Transformers',
    );
  });

  test('limit and offset cut a window; total counts what matches', async () => {
    const all = await ids();
    expect(await cli.json<Listed>(['list', '--json', '--limit', '2', '--offset', '3'])).toMatchObject({
      total: 55,
      papers: [{ id: all[3] }, { id: all[4] }],
    });
    expect(await cli.json(['list', '--json', '--limit', '0'])).toEqual({ total: 55, papers: [] });
    expect(await cli.json(['list', '--json', '--offset', '99'])).toEqual({ total: 55, papers: [] });
    expect(await ids('--offset', '50', '--limit', '99')).toEqual(all.slice(50));
  });

  test('sorting, by a column or its other name', async () => {
    const titles = async (sort: string) =>
      (await cli.json<Listed>(['list', '--json', '--sort', sort])).papers.map(({ title }) => title);
    const ascending = await titles('title');
    expect(ascending).not.toEqual(await titles('order'));
    expect(await titles('date:asc,title:desc')).toEqual(ascending.toReversed());
  });

  test('a query of several words, one that begins with a minus, and one in quotes', async () => {
    const both = await ids('imitation', 'learning');
    expect(both.length).toBeGreaterThan(0);
    expect(await ids('imitation learning')).toEqual(both);
    expect(await ids('learning', '-imitation')).not.toContain(both[0]);
    expect((await ids('-imitation', 'learning')).sort()).toEqual((await ids('learning -imitation')).sort());
    expect(await ids('"imitation learning via"')).toHaveLength(1);
    expect(await ids('nosuchwordatall')).toEqual([]);
  });

  test('lines for people: cut to the terminal, whole in a file', async () => {
    const narrow = await cli.offprint(['list'], { width: 60 });
    expect(narrow.out.trimEnd().split('\n')).toHaveLength(55);
    expect(narrow.out.split('\n').every((line) => line.length <= 60)).toBe(true);
    expect(narrow.out).toContain('…');
    const whole = await cli.offprint(['list', '--limit', '1']);
    expect(whole.out).toMatch(/^○ {2} +title:\S+ +Adversarial Imitation Learning via Boosting\n$/);
    expect(await cli.offprint(['list', 'nosuchwordatall'])).toEqual({ code: 0, out: '', err: 'No paper matches.\n' });
    expect((await cli.offprint(['list', 'titel:strategic', 'is:starred'])).err).toBe('No paper matches.\n');
    expect((await cli.offprint(['list', 'imitaton'])).err).toMatch(
      /^No paper matches\. With “imitation”, \d papers do\.\n$/,
    );
    expect((await cli.offprint(['list', 'title:boosting', 'is:starred'])).err).toBe(
      'No paper matches. Without is:starred, 2 papers do.\n',
    );
  });

  test('show prints everything, as JSON and to be read', async () => {
    const [id = ''] = await ids();
    const paper = await cli.json(['show', id, '--json']);
    expect(paper).toMatchObject({
      id,
      abstract: expect.stringContaining('imitation learning'),
      note: '',
      noteChangedAt: null,
      arxivId: null,
      doi: null,
      links: [],
      status: 'unread',
      sources: [{ name: 'Daily Papers' }],
    });
    const { out } = await cli.offprint(['show', id], { width: 70 });
    expect(out).toMatch(/^Adversarial Imitation Learning via Boosting\n/);
    expect(out.split('\n').every((line) => line.length <= 70 || line.includes(id))).toBe(true);
  });
});

describe('marks and notes', () => {
  beforeAll(() => {
    cli = makeTestCommandLine();
  });
  afterAll(() => cli.remove());

  test('status, star and unstar', async () => {
    const [a = '', b = '', c = ''] = await ids();
    expect(await cli.offprint(['status', 'read', a, b])).toEqual({ code: 0, out: 'Marked 2 papers read.\n', err: '' });
    expect(await cli.offprint(['star', b, c])).toMatchObject({ code: 0, out: 'Starred 2 papers.\n' });
    expect(await cli.offprint(['unstar', c])).toMatchObject({ code: 0 });
    expect(await ids('status:read')).toEqual([a, b]);
    expect(await ids('is:starred')).toEqual([b]);
    expect((await cli.offprint(['list', 'is:starred'])).out).toMatch(/^✓★ /);
  });

  test.each([
    'arxiv:9999.99999',
    'nonsense',
    'title:\u001b[2J',
  ])('unknown paper %j: named, nothing changed', async (id) => {
    const [first = ''] = await ids('status:unread');
    for (const command of [['status', 'skipped'], ['star'], ['unstar']]) {
      const { code, out, err } = await cli.offprint([...command, first, id]);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/^offprint: There is no paper with the id .*\n$/);
      expect(err).toContain(id.replace('\u001b', '␛'));
    }
    expect(await ids('status:skipped')).toEqual([]);
    for (const command of [
      ['show', id],
      ['note', id],
      ['note', id, '--set', 'x'],
    ]) {
      expect(await cli.offprint(command)).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('There is no'),
      });
    }
  });

  test('a note goes in and comes out exactly, by --set, from a file and from standard input', async () => {
    const [id = ''] = await ids();
    const text = '--set  # “Idea”\r\n\u001b[31m<b>\n\n';
    expect(await cli.offprint(['note', id])).toEqual({ code: 0, out: '', err: '' });
    expect(await cli.offprint(['note', id, '--set', text])).toMatchObject({ code: 0, err: '' });
    expect((await cli.offprint(['note', id])).out).toBe(text);
    expect((await cli.json<{ note: string }>(['show', id, '--json'])).note).toBe(text);
    expect((await cli.offprint(['show', id])).out).not.toContain('\u001b');
    expect(await ids('has:note')).toEqual([id]);

    const file = join(cli.folder, 'note.md');
    writeFileSync(file, 'from a file\n');
    await cli.offprint(['note', id, '--file', file]);
    expect((await cli.offprint(['note', id])).out).toBe('from a file\n');
    await cli.offprint(['note', id, '--file', '-'], { input: 'from standard input' });
    expect((await cli.offprint(['note', id])).out).toBe('from standard input');
    await cli.offprint(['note', id, '--set', '']);
    expect(await ids('has:note')).toEqual([]);
  });

  test('more than the library takes at once is refused in words', async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => `arxiv:${index}`);
    expect(await cli.offprint(['star', ...many])).toEqual({
      code: 1,
      out: '',
      err: 'offprint: 10001 papers are too many for one command: at most 10000. Nothing was changed.\n',
    });
    expect(await cli.offprint(['list', 'a'.repeat(10_001)])).toEqual({
      code: 1,
      out: '',
      err: 'offprint: The query is too long: 10001 characters, and at most 10000 can be searched for.\n',
    });
  });

  test('what comes through a pipe is read before the library is taken: it may come from another Offprint', async () => {
    const steps: string[] = [];
    async function* input() {
      steps.push('reads');
      yield new TextEncoder().encode('piped');
      steps.push('has read');
    }
    const err = (line: string) => steps.push(line);
    const terminal = { ...processTerminal(), input: input(), err };
    const code = await run(['note', 'arxiv:1', '--file', '-'], terminal, async () => {
      steps.push('opens');
      throw new OffprintError('locked', 'It is taken.');
    });
    expect(code).toBe(1);
    expect(steps).toEqual(['reads', 'has read', 'opens', 'offprint: It is taken.']);
  });

  test('a file that is no note leaves the note as it is, and is named', async () => {
    const [id = ''] = await ids();
    await cli.offprint(['note', id, '--set', 'kept']);
    const binary = join(cli.folder, 'binary');
    const large = join(cli.folder, 'large.md');
    writeFileSync(binary, Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
    writeFileSync(large, 'x'.repeat(longestNote + 1));
    for (const path of [join(cli.folder, 'missing'), cli.folder, binary]) {
      const { code, err } = await cli.offprint(['note', id, '--file', path]);
      expect(code).toBe(1);
      expect(err).toContain(path);
    }
    expect(await cli.offprint(['note', id, '--file', large])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/too long .* at most 1000000 .* left as it is\.\n$/),
    });
    expect((await cli.offprint(['note', id])).out).toBe('kept');
  });
});

describe('usage', () => {
  beforeAll(() => {
    cli = makeTestCommandLine();
  });
  afterAll(() => cli.remove());

  test.each([
    [[], 'Usage: offprint'],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['show'], 'Usage: offprint show ID [--json] [--data-dir DIR]'],
    [['status', 'read'], 'Usage: offprint status STATUS ID… | --query QUERY [--data-dir DIR]'],
    [['status', 'done', 'arxiv:1'], 'unread, queued, reading, read, skipped'],
    [['star'], 'Usage: offprint star ID…'],
    [['list', '--sort', 'titel'], 'Usage: offprint list [QUERY] [--sort FIELD[:asc|:desc][,…]]'],
    [['list', '--limit', 'many'], 'Usage: offprint list'],
    [['list', '--offset', '-1'], 'Usage: offprint list'],
    [['list', '--jsn'], "unknown option '--jsn'"],
    [['show', 'arxiv:1', 'arxiv:2'], 'Usage: offprint show'],
    [['note', 'arxiv:1', '--set', 'x', '--file', 'f'], 'Usage: offprint note ID [--set TEXT | --file F'],
    [['note', 'arxiv:1', '--set'], 'Usage: offprint note'],
    [['import'], 'Usage: offprint import FILE… [--dry-run]'],
    [['import', 'a.txt', '--format', 'parchment'], 'Formats: '],
    [['export'], 'Usage: offprint export FILE'],
    [['sources', 'list'], 'Usage: offprint sources [--json]'],
    [['sources', 'remove'], 'Usage: offprint sources remove ID [--dry-run]'],
    [['sources', 'remove', '0'], 'numbered from 1'],
    [['sources', 'remove', 'one'], 'whole number'],
    [['merge', 'arxiv:1'], 'Usage: offprint merge ID ID…'],
    [['undo', 'everything'], 'Usage: offprint undo [--data-dir DIR]'],
    [['serve', '--port', '70000'], 'Usage: offprint serve'],
    [['serve', '--host', '0.0.0.0'], 'every address at once'],
    [['serve', '--host', 'localhost'], 'Usage: offprint serve'],
    [['list', '--data-dir'], 'Usage: offprint list'],
    [['list', '--data-dir', ''], 'Usage: offprint list'],
    [['--data-dir=', 'list'], 'Usage: offprint'],
    [['show', ''], 'Usage: offprint show'],
    [['star', 'arxiv:1', ''], 'Usage: offprint star'],
    [['note', 'arxiv:1', '--file', ''], 'Usage: offprint note'],
    [['import', 'a.txt', ''], 'Usage: offprint import'],
  ])('%j ends with 2 and says how', async (args, says) => {
    const { code, out, err } = await cli.offprint(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });

  test('help is no mistake', async () => {
    expect(await cli.offprint(['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('import') });
    expect(await cli.offprint(['list', '--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('--data-dir'),
    });
    expect(await cli.offprint(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  test('the data folder is named before or after the command', async () => {
    const elsewhere = makeTestCommandLine();
    const [id = ''] = await ids();
    await cli.offprint(['--data-dir', elsewhere.folder, 'star', id]);
    await cli.offprint(['status', 'read', id, '--data-dir', elsewhere.folder]);
    expect(await ids('is:starred')).toEqual([]);
    expect(await ids('--data-dir', elsewhere.folder, 'is:starred', 'is:read')).toEqual([id]);
    await elsewhere.remove();
  });

  test('a folder that cannot be a data folder is named', async () => {
    const file = join(cli.folder, 'file');
    writeFileSync(file, '');
    expect(await cli.offprint(['list', '--data-dir', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining(file),
    });
  });
});
