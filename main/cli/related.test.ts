import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RelatedPaper } from '../../shared/related-calls.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let cli: TestCommandLine;
let id: string;

const papers = [
  { title: 'Kettles that learn to boil', abstract: 'Steam of kettles is heard by a sensor.' },
  { title: 'Hearing steam', abstract: 'A sensor hears the steam of kettles.' },
  { title: 'Lanterns for moths', abstract: 'Moths circle lanterns.' },
];

beforeAll(async () => {
  cli = makeTestCommandLine();
  await cli.offprint(['import', '-'], { input: papers.map((paper) => JSON.stringify(paper)).join('\n') });
  const { papers: found } = await cli.json<{ papers: { id: string }[] }>(['list', 'title:kettles', '--json']);
  id = found[0]?.id ?? '';
});
afterAll(() => cli.remove());

test('lists what is like a paper, with the words of both, as lines and as JSON', async () => {
  const { papers: found } = await cli.json<{ papers: RelatedPaper[] }>(['related', id, '--json']);
  expect(found).toMatchObject([
    { title: 'Hearing steam', status: 'unread', words: expect.arrayContaining(['sensor']) },
  ]);
  await cli.offprint(['star', found[0]?.id ?? '']);
  const { code, out } = await cli.offprint(['related', id]);
  expect(code).toBe(0);
  expect(out).toBe(`○★ ${found[0]?.id}  Hearing steam\n   ${found[0]?.words.join(', ')}\n`);
  expect((await cli.offprint(['related', id], { width: 12 })).out.split('\n')[1]?.length).toBeLessThanOrEqual(12);
});

test('says where there is none, and where there is no such paper', async () => {
  const { papers: lanterns } = await cli.json<{ papers: { id: string }[] }>(['list', 'lanterns', '--json']);
  const none = { code: 0, out: '', err: 'No other paper of the library says the same.\n' };
  expect(await cli.offprint(['related', lanterns[0]?.id ?? ''])).toEqual(none);
  expect(await cli.json(['related', id, '--limit', '0', '--json'])).toEqual({ papers: [] });
  expect(await cli.offprint(['related', 'arxiv:9999.99999'])).toMatchObject({
    code: 1,
    err: 'offprint: There is no paper with the id arxiv:9999.99999.\n',
  });
});
