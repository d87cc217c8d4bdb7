import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const root = join(import.meta.dirname, '../..');
const hasPage = existsSync(join(root, 'out/renderer/index.html'));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-main-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(...args: string[]): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  const flags = ['--disable-warning=ExperimentalWarning', join(root, 'main/cli/main.ts')];
  const child = spawn(process.execPath, [...flags, ...args, '--data-dir', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return child as ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}

async function offprint(...args: string[]) {
  const child = start(...args);
  const [out, err, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}

test('a real process prints JSON and nothing else', async () => {
  const { code, out, err } = await offprint('list', '--json', '--limit', '1');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    total: 55,
    papers: [{ title: 'Adversarial Imitation Learning via Boosting' }],
  });
});

test('an unknown paper ends with 1 and one line', async () => {
  const { code, out, err } = await offprint('show', 'arxiv:9999.99999');
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: 'offprint: There is no paper with the id arxiv:9999.99999.\n',
  });
});

test('Ctrl+C ends an import that waits for its input, with nothing written', async () => {
  const flags = ['--disable-warning=ExperimentalWarning', join(root, 'main/cli/main.ts')];
  const child = spawn(process.execPath, [...flags, 'import', '-', '--data-dir', folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.write('Daily Papers\n');
  // The library is open and reads once what it takes in stands in its folder.
  const incoming = join(folder, 'incoming');
  await expect.poll(() => existsSync(incoming) && readdirSync(incoming).length, { timeout: 20_000 }).toBe(1);
  child.kill('SIGINT');
  const [err, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
  expect({ code, err }).toEqual({ code: 130, err: 'offprint: The import was cancelled. Nothing was imported.\n' });
  expect(existsSync(incoming)).toBe(false);
});

test('a reader of the output that goes away is not an error', async () => {
  const child = start('list', '--json');
  child.stdout.once('data', () => (child.stdout as unknown as { destroy(): void }).destroy());
  const [err, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.skipIf(!hasPage)('serve (needs the built page): one line of JSON, the folder locked, a clean end', async () => {
  const server = start('serve', '--no-open', '--json');
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  expect(JSON.parse(line)).toEqual({ url, pid: server.pid, address: '127.0.0.1', loopback: true });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.headers.get('set-cookie')).not.toBeNull();

  const { code, err } = await offprint('list');
  expect(code).toBe(1);
  expect(err).toMatch(
    new RegExp(`^offprint: Another Offprint \\(process ${server.pid}, in the browser\\) .*${folder}.*\\n$`),
  );

  // A second one leaves it to the first.
  const second = await offprint('serve', '--no-open', '--json');
  expect(second).toEqual({ code: 0, out: `${line}\n`, err: '' });
  const told = await offprint('serve', '--no-open');
  expect(told.out).toContain(`process ${server.pid}), at ${url}`);

  // Under npm a signal may arrive twice.
  server.kill('SIGINT');
  server.kill('SIGTERM');
  const [ended, signal] = await once(server, 'exit');
  expect({ ended, signal }).toEqual({ ended: 0, signal: null });
  expect(existsSync(join(folder, 'lock.json'))).toBe(false);
  expect((await offprint('list', '--json', '--limit', '0')).code).toBe(0);

  // The log has what served, and that others could not; of a command only what goes wrong by a mistake of ours.
  const entries = readFileSync(join(folder, 'logs/offprint.log'), 'utf8').trimEnd().split('\n');
  const served = entries.map((entry) => JSON.parse(entry)).filter(({ pid }) => pid === server.pid);
  expect(served.map(({ event }) => event)).toEqual(['start', 'opened', 'quit']);
  expect(served[0]).toMatchObject({ host: 'serve', platform: process.platform });
  expect(entries.join('')).not.toMatch(/command|internal/);
  expect(entries.join('')).not.toContain(folder);
});

test.skipIf(!hasPage)(
  'serve (needs the built page): of two started at once, one serves and both tell its address',
  async () => {
    const servers = [start('serve', '--no-open', '--json'), start('serve', '--no-open', '--json')];
    const lines = servers.map(async ({ stdout }) =>
      JSON.parse(((await once(createInterface(stdout), 'line')) as [string])[0]),
    );
    const [one, other] = await Promise.all(lines);
    expect(one).toEqual(other);
    const holder = servers.find(({ pid }) => pid === one.pid);
    const guest = servers.find((server) => server !== holder);
    if (guest?.exitCode === null) await once(guest, 'exit');
    expect(guest?.exitCode).toBe(0);
    holder?.kill('SIGTERM');
    if (holder) await once(holder, 'exit');
  },
);

test('a lock whose holder was killed is in nobody’s way', async () => {
  const flags = ['--disable-warning=ExperimentalWarning', join(root, 'main/cli/main.ts')];
  // It waits for its input, which does not come.
  const holder = spawn(process.execPath, [...flags, 'import', '-', '--data-dir', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await expect.poll(() => existsSync(join(folder, 'lock.json')), { timeout: 20_000 }).toBe(true);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(existsSync(join(folder, 'lock.json'))).toBe(true);
  expect((await offprint('list', '--json', '--limit', '0')).code).toBe(0);
});

test.skipIf(!hasPage || process.platform !== 'linux')(
  'serve (needs the built page): where no browser opens it says so and goes on serving',
  async () => {
    vi.stubEnv('BROWSER', 'false');
    for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_CURRENT_DESKTOP', 'DESKTOP_SESSION']) vi.stubEnv(name, '');
    const server = start('serve', '--json');
    try {
      const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
      const [complaint] = (await once(createInterface(server.stderr), 'line')) as [string];
      expect(complaint).toBe('offprint: no browser could be opened; open the address above by hand.');
      expect((await fetch(JSON.parse(line).url, { redirect: 'manual' })).status).toBe(303);
    } finally {
      vi.unstubAllEnvs();
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
  },
);

test.skipIf(!hasPage || process.platform !== 'linux')(
  'serve (needs the built page): what stands on the browser’s command line is good once, also at a second start',
  async () => {
    const [browser, opened] = [join(folder, 'browser'), join(folder, 'opened')];
    writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n`, { mode: 0o755 });
    vi.stubEnv('BROWSER', browser);
    for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_CURRENT_DESKTOP', 'DESKTOP_SESSION']) vi.stubEnv(name, '');
    const server = start('serve', '--json');
    try {
      const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
      const { url } = JSON.parse(line) as { url: string };
      const addresses = () => (existsSync(opened) ? readFileSync(opened, 'utf8').trim().split('\n') : []);
      await expect.poll(addresses, { timeout: 20_000 }).toHaveLength(1);
      expect((await offprint('serve', '--json')).out).toBe(`${line}\n`);
      await expect.poll(addresses, { timeout: 20_000 }).toHaveLength(2);
      for (const address of addresses()) {
        expect(new URL(address).origin).toBe(new URL(url).origin);
        expect(address).not.toBe(url);
        const open = async () => (await fetch(address, { redirect: 'manual' })).status;
        expect([await open(), await open()]).toEqual([303, 401]);
      }
    } finally {
      vi.unstubAllEnvs();
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
  },
);

const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const reachable = outside.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

test.skipIf(!hasPage || reachable === undefined)(
  'serve (needs the built page, and a network): others reach it at the address that is asked for, and each start says so',
  async () => {
    const address = reachable ?? '';
    const server = start('serve', '--no-open', '--json', '--host', address);
    const said = textOf(server.stderr);
    try {
      const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
      const { url, ...rest } = JSON.parse(line) as { url: string };
      expect(rest).toEqual({ pid: server.pid, address, loopback: false });
      expect(new URL(url).hostname).toBe(address);
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
      await expect(fetch(url.replace(address, '127.0.0.1'))).rejects.toThrow();
      const second = await offprint('serve', '--no-open', '--json', '--host', address);
      expect(second.out).toBe(`${line}\n`);
      expect(second.err).toMatch(
        /^offprint: Every computer that can reach .*\noffprint: .*not encrypted.*\noffprint: .*\n$/,
      );
    } finally {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    expect(await said).toMatch(
      /^offprint: Every computer that can reach .*\noffprint: .*not encrypted.*\noffprint: .*\n$/,
    );
  },
);

test.skipIf(!hasPage || process.platform === 'win32')(
  'serve (needs the built page): ends with the shell that npm runs it in',
  async () => {
    const flags = ['--disable-warning=ExperimentalWarning', join(root, 'main/cli/main.ts')];
    const command = [process.execPath, ...flags, 'serve', '--no-open', '--json', '--data-dir', folder];
    // With a command after it, no shell puts the program in its own place.
    const shell = spawn('sh', ['-c', '"$@"; exit', 'sh', ...command], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'offprint' },
    });
    const [line] = (await once(createInterface(shell.stdout), 'line')) as [string];
    const { pid } = JSON.parse(line) as { pid: number };
    const ended = once(shell.stdout, 'close');
    try {
      shell.kill('SIGTERM');
      // The program holds its end of the pipe for as long as it runs.
      await ended;
      expect(existsSync(join(folder, 'lock.json'))).toBe(false);
    } finally {
      if (existsSync(join(folder, 'lock.json'))) process.kill(pid);
    }
  },
);
