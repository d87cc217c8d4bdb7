import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';
import { run } from './program.ts';

describe('explain', () => {
  let cli: TestCommandLine;
  beforeAll(() => {
    cli = makeTestCommandLine();
  });
  afterAll(() => cli.remove());

  test('says in words what was understood', async () => {
    const said = await cli.offprint(['explain', 'is:unread', '-tag:ml', 'title:"weak to"', 'sort:-added']);
    expect(said).toEqual({
      code: 0,
      out: 'unread, not tagged “ml”, with “weak to” in the title; newest first\n',
      err: '',
    });
    expect((await cli.offprint(['explain', '-cat', 'status:great'])).out).toBe('without “cat”, with “status:great…”\n');
    expect((await cli.offprint(['explain'])).out).toBe('all papers\n');
  });

  test('prints the tree, and the query written out in full', async () => {
    expect(await cli.json(['explain', '--json', 'arXiv:2306.12345v2 ', 'OR NOT is:starred,read', 'sort:date'])).toEqual(
      {
        explanation:
          'either the paper arxiv:2306.12345 (or one that mentions it) or not (read or starred); earliest published first',
        query: 'arXiv:2306.12345v2 OR -(status:read OR is:starred) sort:published',
        where: {
          kind: 'or',
          of: [
            { kind: 'id', id: 'arxiv:2306.12345' },
            { kind: 'text', field: 'any', text: 'arXiv:2306.12345v2', phrase: false, prefix: false },
            { kind: 'not', of: { kind: 'or', of: [{ kind: 'status', statuses: ['read'] }, { kind: 'starred' }] } },
          ],
        },
        sort: [{ field: 'published', desc: false }],
      },
    );
  });

  test('shows no control characters to a terminal', async () => {
    expect((await cli.offprint(['explain', '\u001b[31mred\u202e ', 'שלום '])).out).toBe(
      'with “␛[31mred�” and “שלום”\n',
    );
  });

  test('opens no library, so that it works while another Offprint has it', async () => {
    const lines: string[] = [];
    const terminal = {
      out: (text: string) => void lines.push(text),
      err: (line: string) => void lines.push(line),
      drained: () => Promise.resolve(),
      progress: null,
      input: (async function* () {})(),
      width: null,
      folder: cli.folder,
      env: {},
      stopped: () => new Promise<void>(() => {}),
    };
    const open = () => Promise.reject(new Error('It is open elsewhere.'));
    expect(await run(['explain', 'weak '], terminal, open)).toBe(0);
    expect(lines).toEqual(['with “weak”\n']);
  });

  test('refuses what is too long, and options that it does not have', async () => {
    const long = await cli.offprint(['explain', 'x'.repeat(10_001)]);
    expect([long.code, long.err]).toEqual([1, expect.stringContaining('10001 characters')]);
    expect((await cli.offprint(['explain', 'weak', '--jsonn'])).code).toBe(2);
  });
});
