import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';

const bib = `
@article{lecun15, title={Deep Learning}, author={LeCun, Yann and Bengio, Yoshua}, journal={Nature}, year=2015, doi={10.1038/nature14539}}
@misc{x, title={On <script>alert(1)</script> Things}, author={Okafor, Ada}, year=2024, eprint={2401.00001}}`;
const [first, second] = ['doi:10.1038/nature14539', 'arxiv:2401.00001'];
let folder: string;
let library: Library;
const open = () => openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '0' });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-citations-'));
  library = await open();
  await importText(library, bib, 'two.bib');
});

afterEach(async () => {
  await library.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a key is kept across restarts, changes nothing that is shown of a paper, and Undo knows nothing of it', async () => {
  const before = await list(library);
  expect(await call(library, 'citations.key', { id: first })).toEqual({ key: 'lecun15' });
  await importText(
    library,
    '@misc{lecun15, title={Another}, author={Li, Wei}, year=2020, eprint={2001.00009}}',
    'b.bib',
  );
  expect(await call(library, 'citations.key', { id: 'arxiv:2001.00009' })).toEqual({ key: 'lecun15a' });
  const undoable = (await call(library, 'library.state', {})).undo;
  expect(undoable).toContain('Imported');
  expect((await list(library)).rows.slice(-2)).toEqual(before.rows);
  await call(library, 'history.undo', {});
  await call(library, 'history.redo', {});

  await library.close();
  library = await open();
  await call(library, 'settings.set', { citationKeys: '[year]' });
  expect(await call(library, 'citations.key', { id: 'arxiv:2001.00009' })).toEqual({ key: 'lecun15a' });
  expect((await call(library, 'paper.get', { id: 'arxiv:2001.00009', query: '' })).citationKey).toBe('lecun15a');
  expect((await list(library, 'all', 'status:read')).total).toBe(0);
});

test('papers are cited as text and as HTML in which nothing of theirs is an element', async () => {
  const cited = await call(library, 'citations.format', { ids: [second, first, second], style: 'apa' });
  expect(cited.text).toBe(
    'LeCun, Y., & Bengio, Y. (2015). Deep Learning. Nature. https://doi.org/10.1038/nature14539\n' +
      'Okafor, A. (2024). On <script>alert(1)</script> Things (No. arXiv:2401.00001). arXiv. https://arxiv.org/abs/2401.00001',
  );
  expect(cited.html.replaceAll(/<\/?i>|<a href="https:[^"<>]*">|<\/a>|<br>/g, '')).not.toMatch(/[<>]/);
  const { text } = await call(library, 'citations.format', { ids: [first], style: 'bibtex' });
  expect(text).toMatch(/^@article\{lecun15,\n/);
  await expect(call(library, 'citations.format', { ids: ['arxiv:9'], style: 'apa' })).rejects.toThrow(
    'There is no paper',
  );
});
