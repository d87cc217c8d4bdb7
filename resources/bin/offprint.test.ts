import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askedAtStart, commandLineOf } from '../../main/opening/start-arguments.ts';

let folder: string;
let script: string;

/** An installed program of which the real file only prints what it was started with, one argument a line. */
function install(program: string): void {
  const bin = join(folder, 'resources/bin');
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(folder, program, '..'), { recursive: true });
  writeFileSync(join(folder, program), '#!/bin/sh\nprintf "%s\\n" "$0" "$@"\nexit 7\n');
  chmodSync(join(folder, program), 0o755);
  script = join(bin, 'offprint');
  copyFileSync(join(import.meta.dirname, 'offprint'), script);
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'offprint bin é-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function started(args: readonly string[], env: Record<string, string> = { DISPLAY: ':0' }) {
  const { stdout, status } = spawnSync('/bin/sh', [script, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  });
  expect(status).toBe(7);
  const [program = '', ...given] = stdout.split('\n').slice(0, -1);
  return { program: realpathSync(program), given };
}

const onCommandLine = ['--no-sandbox', '--no-zygote', '--ozone-platform=headless', '--command-line', '--'];

describe.runIf(process.platform !== 'win32')('the script that is offprint in a terminal', () => {
  beforeEach(() => install('offprint'));

  test.each([
    [['list'], {}],
    [['list', '--json', 'a b', '-c', '*', ''], { DISPLAY: ':0' }],
    [['--data-dir', 'list', 'show', 'x'], { DISPLAY: ':0' }],
    [['--help'], {}],
    [['--version'], {}],
    [['open', 'a.bib'], {}],
  ])('runs %j without a display, and without what windows need', (args, env) => {
    const { program, given } = started(args, env as Record<string, string>);
    expect(program).toBe(join(folder, 'offprint'));
    expect(given).toEqual([...onCommandLine, ...args]);
    expect(commandLineOf([program, ...given], true)).toEqual(args);
  });

  const files = ['a b.bib', 'offprint://paper/arxiv:2306.12345'];
  test.each<[string[], string[], string[]]>([
    [[], [], []],
    [files, ['--', ...files], files],
    [['open', 'a.bib'], ['--', 'a.bib'], ['a.bib']],
    [['--data-dir', 'list'], ['--data-dir', 'list'], []],
    [['--data-dir', 'x', 'open', 'a.bib'], ['--data-dir', 'x', 'open', 'a.bib'], ['a.bib']],
    [['--', 'list'], ['--', 'list'], ['list']],
  ])('opens the window for %j, in its sandbox', (args, given, asked) => {
    for (const env of [{ DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'wayland-0' }] as Record<string, string>[]) {
      expect(started(args, env).given).toEqual(given);
    }
    expect(commandLineOf(['offprint', ...given], true)).toBeNull();
    expect(askedAtStart(['offprint', ...given], true).map(({ text }) => text)).toEqual(asked);
  });

  test('finds its program by links to it, from anywhere', () => {
    const link = join(folder, 'elsewhere/bin/offprint');
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync('../../resources/bin/offprint', link);
    const second = join(folder, 'second');
    symlinkSync(link, second);
    script = second;
    expect(started(['list'])).toEqual({ program: join(folder, 'offprint'), given: [...onCommandLine, 'list'] });
  });

  test('on macOS starts the program of the bundle', () => {
    rmSync(folder, { recursive: true });
    install('MacOS/Offprint');
    expect(started(['list'], {})).toEqual({
      program: join(folder, 'MacOS/Offprint'),
      given: ['--command-line', '--', 'list'],
    });
    expect(started(['open', 'a.bib'], {}).given).toEqual(['--', 'a.bib']);
  });

  test('is one that any sh reads', () => {
    execFileSync('/bin/sh', ['-n', script]);
  });
});
