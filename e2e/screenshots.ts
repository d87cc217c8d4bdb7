/**
 * `npm run screenshots`: takes the README's pictures of the window, light and dark, from the real
 * program in a browser, on a library that a reader has used for a while; of going through a view, of
 * the commands, of an import and of duplicates.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { openLibrary } from '../main/library.ts';
import { startServer } from '../main/serve/serve.ts';
import type { MarkChange } from '../shared/contract.ts';
import type { TagColour } from '../shared/paper.ts';
import type { SavedView } from '../shared/views.ts';
import { browserArguments, findBrowser } from './browser.ts';

const root = dirname(import.meta.dirname);
const pictures = join(root, 'resources', 'screenshots');

/** What the reader has done: by the beginning of a title. */
const marks: [title: string, change: MarkChange][] = [
  ['Small LLMs Are Weak Tool Learners', { status: 'read', addTags: ['agents', 'agents/tool use'] }],
  ['Debate Helps Weak-to-Strong', { status: 'queued', addTags: ['weak supervision'] }],
  ['Weak-to-Strong Reasoning', { status: 'reading', addTags: ['weak supervision'] }],
  ['Weak-to-Strong Generalization', { status: 'read', starred: true, addTags: ['weak supervision', 'alignment'] }],
  ['Soft Prompt Tuning', { status: 'queued', addTags: ['retrieval'] }],
  ['Retrieval-Augmented Meta Learning', { status: 'skipped' }],
  ['Mistral-SPLADE', { status: 'queued', starred: true, addTags: ['retrieval', 'retrieval/sparse'] }],
  ['Evaluating Unsupervised Text', { status: 'read', addTags: ['zero-shot'] }],
  ['Boosting Tool Use', { status: 'queued', addTags: ['agents/tool use'] }],
];
const colours: Record<string, TagColour> = {
  agents: 'blue',
  'agents/tool use': 'teal',
  alignment: 'pink',
  retrieval: 'orange',
  'weak supervision': 'purple',
};
/** What the reader looks for again and again. */
const views: Pick<SavedView, 'name' | 'icon' | 'query'>[] = [
  { name: 'Weak to strong', icon: 'bolt', query: 'weak strong' },
  { name: 'Language models, unread', icon: 'flask', query: 'title:("language model" OR llm) is:unread' },
  { name: 'Surveys', icon: 'book', query: 'title:survey' },
];
const noted = 'Weak-to-Strong Generalization: Eliciting';
const note = `The **confidence loss** is the interesting part: it lets the student *disagree* with its teacher.

Compare with the debate paper. Does the gain survive when the teacher's errors are systematic?`;

/** The same note, worse. */
const regretted = `The **confidence loss** is the least interesting part: it lets the student *disagree* with its teacher.

Compare with the debate paper.`;

/** What a colleague sends: works that do not exist, one without a title, and one that is in the capture. */
const bibliography = `
@inproceedings{moss2024kettles,
  title = {Kettles That Learn When to Boil},
  author = {Moss, Ada and Kettle, Jos{\\'e} and Nakamura, Kenji},
  booktitle = {Workshop on Domestic Reinforcement},
  date = {2024-05-14},
  abstract = {An agent that waits for steam wastes most of its time. We let it listen instead.}
}
@article{wall2023lanterns,
  title = {Lanterns for Sparse Retrieval},
  author = {Wall, Anna and Dupont, Cl{\\'e}o},
  journal = {Journal of Measured Learning},
  year = {2023},
  doi = {10.1000/jml.45},
  abstract = {Dense vectors see everything dimly. We light a few dimensions well.}
}
@misc{draft2022,
  author = {Wall, Anna},
  year = {2022}
}
@misc{burns2023weak,
  title = {Weak-to-Strong Generalisation: Eliciting Strong Capabilities With Weak Supervision},
  author = {Burns, Collin and Izmailov, Pavel and Kirchner, Jan Hendrik},
  year = {2023}
}
`;

const dataFolder = mkdtempSync(join(tmpdir(), 'offprint-pictures-'));
const library = await openLibrary({
  dataFolder,
  bundledCapture: join(root, 'resources', 'daily-papers.txt'),
  appVersion: 'screenshots',
});
const server = await startServer({
  library,
  rendererFolder: join(root, 'out', 'renderer'),
  port: 0,
  report: (error) => {
    throw error;
  },
});
const executablePath = findBrowser();
const browser = await chromium.launch({
  args: [...browserArguments],
  ...(executablePath === null ? {} : { executablePath }),
});
try {
  const { handlers } = library;
  const { rows } = await handlers['list.open']({ view: 'all', query: '', sort: [], limit: 100 });
  const idOf = (title: string) => {
    const row = rows.find((each) => each.title.startsWith(title));
    if (!row) throw new Error(`the capture has no paper “${title}”`);
    return row.id;
  };
  for (const [title, change] of marks) await handlers['papers.mark']({ selection: { ids: [idOf(title)] }, change });
  for (const [tag, colour] of Object.entries(colours)) await handlers['tags.colour']({ tag, colour });
  for (const view of views) await handlers['views.save']({ ...view, id: null, sort: null, columns: null });
  await handlers['note.set']({ id: idOf(noted), text: note });
  await handlers['settings.set']({ view: 'all' });

  mkdirSync(pictures, { recursive: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const file = { name: 'colleague.bib', mimeType: 'text/plain', buffer: Buffer.from(bibliography) };
  page.on('filechooser', (chooser) => void chooser.setFiles(file));
  await page.goto(server.url);
  await page.getByRole('row').filter({ hasText: noted }).click();
  await page.getByRole('article').getByRole('heading', { name: noted }).waitFor();
  await page.locator('.note strong').waitFor();
  await page.evaluate(() => document.fonts.ready);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${colorScheme}.png`) });
  }

  // The palette, over the window by night.
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('weak');
  await page.getByRole('option', { name: noted }).waitFor();
  await page.screenshot({ path: join(pictures, 'palette.png') });
  await page.keyboard.press('Escape');

  // Going through the inbox, some papers in.
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.type('gi');
  await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+t');
  for (const key of ['x', 'm', 'q', 'x']) await page.keyboard.press(key);
  await page.getByRole('application', { name: /^5 of / }).waitFor();
  await page.screenshot({ path: join(pictures, 'triage.png') });
  await page.keyboard.press('Escape');
  await page.keyboard.type('ga');
  await page.getByRole('heading', { name: 'All papers', exact: true }).waitFor();

  await page.keyboard.press('ControlOrMeta+o');
  await page.getByRole('dialog', { name: 'Import these papers?' }).waitFor();
  await page.screenshot({ path: join(pictures, 'import.png') });
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Possible duplicates/ }).waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.keyboard.type('gu');
  await page.getByRole('dialog', { name: 'Are these the same paper?' }).waitFor();
  await page.screenshot({ path: join(pictures, 'duplicates.png') });
  await page.keyboard.press('Escape');

  // An earlier state, after a day that the reader regrets.
  await handlers['generations.take']({});
  await handlers['note.set']({ id: idOf(noted), text: regretted });
  const selection = { ids: [idOf(noted), idOf('Mistral-SPLADE')] };
  await handlers['papers.mark']({ selection, change: { status: 'skipped', starred: false } });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.type('gb');
  await page.getByRole('button', { name: 'Kept by you' }).click();
  await page.getByRole('article', { name: noted }).waitFor();
  await page.screenshot({ path: join(pictures, 'earlier-state.png') });
} finally {
  await browser.close();
  await server.close();
  await library.close();
  rmSync(dataFolder, { recursive: true, force: true });
}
