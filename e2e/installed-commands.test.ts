import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const main = join(root, 'out/main/main.js');
const double = pathToFileURL(join(import.meta.dirname, 'commands-in-electron.ts')).href;

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint installed é-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program as built with these arguments, as Electron would start it from the project's folder. */
function start(...args: string[]) {
  const child = spawn(process.execPath, ['--import', double, main, ...args], {
    cwd: folder,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function run(...args: string[]) {
  const child = start(...args);
  child.stdin.end();
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}

const onData = ['--data-dir', 'data'];

// The double shows that a command asks nothing of Electron but its end; that Electron is that far before it has a
// display is seen where its runtime is.
test.runIf(existsSync(main))(
  'a command prints what it prints anywhere, and its exit code is the program’s',
  async () => {
    const listed = await run('list', '--json', '--limit', '1', ...onData);
    expect({ ...listed, out: '' }).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse(listed.out)).toMatchObject({ total: 55 });
    // As the wrapper scripts start it.
    const wrapped = ['--no-sandbox', '--no-zygote', '--ozone-platform=headless', '--command-line', '--'];
    expect(await run(...wrapped, ...onData, 'list', '--json', '--limit', '1')).toEqual(listed);
    expect(await run('--ozone-platform=headless', 'list', '--json', '--limit', '1', ...onData)).toEqual(listed);
    expect(await run('show', 'arxiv:9999.99999', ...onData)).toEqual({
      code: 1,
      out: '',
      err: 'offprint: There is no paper with the id arxiv:9999.99999.\n',
    });
    expect(await run('list', '--nonsense', ...onData)).toMatchObject({ code: 2, out: '' });
    expect(await run(...wrapped, 'nonsense')).toMatchObject({ code: 2, out: '' });
    expect(await run('--version')).toEqual({ code: 0, out: '0.1.0\n', err: '' });
    const help = await run('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('list papers');
  },
);

test.runIf(existsSync(main))('all of a long output arrives, however late it is read', async () => {
  const papers = Array.from({ length: 3000 }, (_, at) => ({ title: `Paper ${at}`, abstract: 'long '.repeat(100) }));
  writeFileSync(join(folder, 'many.json'), JSON.stringify(papers));
  expect(await run('import', 'many.json', ...onData)).toMatchObject({ code: 0 });
  const child = start('export', '-', ...onData);
  const ended = once(child, 'exit');
  // The pipe is full, many times over, before anybody reads.
  await once(child.stdout, 'readable');
  const out = await text(child.stdout);
  expect((await ended)[0]).toBe(0);
  expect(out.length).toBeGreaterThan(1_000_000);
  expect(out.match(/Paper \d+/g)?.length).toBeGreaterThanOrEqual(3000);
  expect(out.trimEnd().endsWith('}') || out.trimEnd().endsWith(']')).toBe(true);
});

test.runIf(existsSync(main))('a reader of the output that goes away is not an error', async () => {
  const child = start('list', '--json', ...onData);
  child.stdout.once('data', () => child.stdout.destroy());
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.runIf(existsSync(main))('Ctrl+C ends an import that waits for its input, with nothing written', async () => {
  const child = start('import', '-', ...onData);
  child.stdin.write('Daily Papers\n');
  const incoming = join(folder, 'data/incoming');
  await expect.poll(() => existsSync(incoming) && readdirSync(incoming).length, { timeout: 60_000 }).toBe(1);
  child.kill('SIGINT');
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ code, err }).toEqual({ code: 130, err: 'offprint: The import was cancelled. Nothing was imported.\n' });
});

test.runIf(existsSync(main))('serve serves the window, and what is opened meanwhile is given to it', async () => {
  const server = start('serve', '--no-open', '--json', ...onData);
  const lines = createInterface(server.stdout);
  const [line] = (await once(lines, 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const response = await fetch(url, { redirect: 'manual' });
  const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const home = new URL(response.headers.get('location') ?? '', url);
  const page = await fetch(home, { headers: { cookie } });
  expect(await page.text()).toContain('<title>Offprint</title>');

  const opened = await run('--command-line', '--', 'open', '--no-open', 'offprint://search?q=boosting', ...onData);
  expect(opened).toMatchObject({ code: 0, err: '' });
  const taken = await fetch(new URL('api/call/opening.take', home), {
    method: 'POST',
    headers: { cookie, origin: home.origin, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(await taken.json()).toEqual({ ok: true, value: { requests: [{ kind: 'search', query: 'boosting' }] } });

  server.kill('SIGTERM');
  expect((await once(server, 'exit'))[0]).toBe(0);
});
