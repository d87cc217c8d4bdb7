import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { browserArguments, findBrowser } from '../browser.ts';
import { runOffprint, type Served, startServed } from '../served.ts';
import { everythingIn, filesWith } from '../traces.ts';
import { expectSaved, note, noteField, rewriteNote } from '../window/note-parts.ts';
import { expectReading, expectRows, firstTitle, goToSearch, leaveDialog, writeNote } from '../window/parts.ts';

/** A word that stands nowhere but in what the reader of this test writes. */
const canary = 'zanzibarquux';

let folder: string;
let dataFolder: string;
let served: Served | null;
let browser: BrowserContext | null;
let umask: number;

test.beforeEach(() => {
  // However open the reader's own settings are.
  umask = process.umask(0);
  folder = mkdtempSync(join(tmpdir(), 'offprint-privacy-'));
  dataFolder = join(folder, 'data');
  for (const name of ['tmp', 'home', 'profile', 'away']) mkdirSync(join(folder, name));
  [served, browser] = [null, null];
});

test.afterEach(async () => {
  process.umask(umask);
  await browser?.close();
  await served?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Where programs of this test write what they would connect to. */
const connections = () => join(folder, 'connections');

/** Where a program of this test has its temporary files, its home and all that it might leave there. */
function surroundings(): Record<string, string | undefined> {
  const home = join(folder, 'home');
  const places = { HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home };
  // Every program of the session tells what it would connect to.
  const watching = pathToFileURL(join(dirname(import.meta.dirname), 'watch-connections.ts')).href;
  const watched = { NODE_OPTIONS: `--import=${watching}`, OFFPRINT_CONNECTIONS: connections() };
  // Asked for both, as the runner of these tests does, Node complains to whoever reads what a program says.
  return { ...places, ...watched, TMPDIR: join(folder, 'tmp'), FORCE_COLOR: undefined };
}

/** A browser as a reader has it, with a profile on the disk; and all that it says of its pages to the world. */
async function openBrowser(): Promise<{ page: Page; told: string[]; asked: string[] }> {
  const executablePath = findBrowser();
  browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
    args: [...browserArguments],
    viewport: { width: 1280, height: 800 },
    env: { ...process.env, ...surroundings() } as Record<string, string>,
    ...(executablePath !== null && { executablePath }),
  });
  const told: string[] = [];
  const asked: string[] = [];
  browser.on('request', (request) => {
    asked.push(request.url());
    told.push(request.url(), JSON.stringify(request.headers()));
  });
  browser.on('console', (message) => told.push(message.text()));
  browser.on('weberror', (error) => told.push(String(error.error())));
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.on('framenavigated', (frame) => told.push(frame.url()));
  return { page, told, asked };
}

/** Everything that a reader does with a note, each time with the word in it. */
async function workWithNotes(page: Page, fullWhile: string): Promise<void> {
  await expectReading(page, firstTitle);
  await rewriteNote(page, `A thought about ${canary}, long enough to be kept when it is taken away.`);
  await rewriteNote(page, `Another one, of ${canary} as well, which takes the place of the first.`);
  await page.keyboard.press('Shift+h');
  await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectSaved(page);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(note(page)).toContainText('takes the place');
  await rewriteNote(page, '');
  await page.keyboard.type('ge');
  await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('is back');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  writeFileSync(fullWhile, '');
  await writeNote(page, ` And ${canary} on a full disk.`);
  await expect(note(page).getByRole('alert')).toContainText('Not saved');
  expect(await note(page).getByRole('alert').textContent()).not.toContain(canary);
  rmSync(fullWhile);
  await note(page).getByRole('button', { name: 'Retry' }).click();
  await expectSaved(page);
  await noteField(page).focus();
  await page.keyboard.press('Escape');

  await goToSearch(page);
  await page.keyboard.type(`note:${canary}`);
  await expectRows(page, 1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type(canary);
  await leaveDialog(page);
  await page.reload();
  await expectReading(page, firstTitle);
  // Half written as the page goes away.
  await writeNote(page, ` The last of ${canary}.`);
  await expect(page).toHaveTitle('Offprint');
  await page.goto('about:blank');
}

test('no word of a note is in a log, an address, a title, or any file that others may read, or outside of the data folder, and nobody is asked for anything', async () => {
  const fullWhile = join(folder, 'full');
  writeFileSync(join(folder, 'away/one.bib'), '@misc{one, title={One more}, eprint={2306.00001}}', { mode: 0o600 });
  served = await startServed({ dataFolder, fullWhile, env: surroundings() });
  const { page, told, asked } = await openBrowser();
  const titles: string[] = [];
  await page.exposeFunction('tellTitle', (title: string) => void titles.push(title));
  await page.addInitScript(() => {
    if (location.protocol === 'about:') return;
    const watch = () => (Reflect.get(window, 'tellTitle') as (title: string) => void)(document.title);
    addEventListener('DOMContentLoaded', () => {
      new MutationObserver(watch).observe(document.head, { subtree: true, childList: true, characterData: true });
      watch();
    });
  });
  const { port } = served;
  await page.goto(served.url);
  await workWithNotes(page, fullWhile);
  await browser?.close();
  // As it is while the program runs.
  expect(openTo(dataFolder)).toEqual([]);
  if (process.platform === 'linux') expect(socketsOf(served.pid)).toEqual([`127.0.0.1:${port} listens`]);
  const refused = await runOffprint(dataFolder, ['note', 'title:x', '--set', canary], surroundings());
  expect(refused.code).not.toBe(0);
  await served.end();

  const said: string[] = [served.written(), refused.stdout, refused.stderr];
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runOffprint(dataFolder, args, surroundings());
    expect([code, stderr]).toEqual([0, '']);
    said.push(stdout);
    return stdout;
  };
  const [id = ''] = (await run('list', `note:${canary}`, '--json')).match(/(?<="id": ?")[^"]+/) ?? [];
  await run('note', id, '--set', `Written as ${canary} from a terminal.`);
  await run('undo');
  await run('redo');
  await run('star', id);
  await run('import', join(folder, 'away/one.bib'));
  await run('export', join(folder, 'away/export.json'));
  await run('backup', join(folder, 'away/backup.offprint'));
  const unknown = await runOffprint(dataFolder, ['note', 'arxiv:2306.00002', '--set', canary], surroundings());
  expect(unknown.code).toBe(1);
  said.push(unknown.stdout, unknown.stderr);

  // Neither the page nor any of the programs has asked anybody for anything.
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((address) => !address.startsWith(`http://127.0.0.1:${port}/`))).toEqual([]);
  expect(existsSync(connections()) ? readFileSync(connections(), 'utf8') : '').toBe('');
  // They would have been heard.
  const connecting = `require('node:net').connect(${port}, '127.0.0.1').on('error', () => {})`;
  await promisify(execFile)(process.execPath, ['--eval', connecting], { env: { ...process.env, ...surroundings() } });
  expect(readFileSync(connections(), 'utf8')).toMatch(new RegExp(`net connect .*"port":${port},`));

  expect(said.filter((text) => text.includes(canary))).toEqual([]);
  expect(told.filter((text) => text.toLowerCase().includes(canary))).toEqual([]);
  expect([...new Set(titles)]).toEqual(['Offprint']);
  expect(filesWith(folder, canary, [dataFolder, join(folder, 'away')])).toEqual([]);
  expect([...openTo(dataFolder), ...openTo(join(folder, 'away'))]).toEqual([]);
  expect(readdirSync(join(dataFolder, 'logs'))).toEqual(['offprint.log']);
  expect(filesWith(join(dataFolder, 'logs'), canary)).toEqual([]);
  // It was there to be found.
  expect(filesWith(dataFolder, canary)).not.toEqual([]);
  expect(filesWith(join(folder, 'away'), canary)).toContain('export.json');
});

/** The sockets of a process on Linux: its own address, and the one it is connected to, but for pages on this machine. */
function socketsOf(pid: number): string[] {
  const inodes = readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    const link = readlinkSync(`/proc/${pid}/fd/${name}`);
    return /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [];
  });
  const rows = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').split('\n').slice(1),
  );
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((row) => inodes.includes(row[9] ?? ''))
    .map(([, local = '', remote = '']) => {
      const isListening = /^0+:0000$/.test(remote);
      return `${plainAddress(local)} ${isListening ? 'listens' : `to ${plainAddress(remote)}`}`;
    })
    .filter((each) => !each.includes(' to 127.0.0.1:'));
}

/** `127.0.0.1:80` of `0100007F:0050`, as Linux writes it; anything longer as it is. */
function plainAddress(address: string): string {
  const [host = '', port = ''] = address.split(':');
  const parts =
    host.length === 8 ? (host.match(/../g) ?? []).map((part) => Number.parseInt(part, 16)).reverse() : [host];
  return `${parts.join('.')}:${Number.parseInt(port, 16)}`;
}

/** What others than its owner may read or write in a folder. Windows keeps that otherwise. */
function openTo(within: string): string[] {
  if (process.platform === 'win32') return [];
  const all = everythingIn(within);
  expect(all.length).toBeGreaterThan(1);
  return all.filter(({ mode }) => (mode & 0o077) !== 0).map(({ path, mode }) => `${path} ${mode.toString(8)}`);
}
