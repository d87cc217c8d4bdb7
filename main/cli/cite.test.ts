import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

const bib =
  '@article{lecun15, title={Deep Learning}, author={LeCun, Yann}, journal={Nature}, year=2015, doi={10.1038/x}}';
let cli: TestCommandLine;

beforeAll(async () => {
  cli = makeTestCommandLine();
  writeFileSync(join(cli.folder, 'one.bib'), bib);
  await cli.offprint(['import', 'one.bib']);
});
afterAll(() => cli.remove());

test('papers are printed as a style cites them; without one as Settings say', async () => {
  const said = (...args: string[]) => cli.offprint(['cite', 'doi:10.1038/x', ...args]);
  expect(await said()).toEqual({
    code: 0,
    out: 'LeCun, Y. (2015). Deep Learning. Nature. https://doi.org/10.1038/x\n',
    err: '',
  });
  expect((await said('--style', 'ieee', '--html')).out).toBe(
    '[1] Y. LeCun, “Deep Learning,” <i>Nature</i>, 2015, doi: <a href="https://doi.org/10.1038/x">10.1038/x</a>.\n',
  );
  expect((await said('--style', 'bibtex')).out).toMatch(/^@article\{lecun15,/);
  expect((await said('--style', 'harvard')).err).toContain('apa');
  expect((await cli.offprint(['cite', 'arxiv:9'])).err).toContain('There is no paper');
});
