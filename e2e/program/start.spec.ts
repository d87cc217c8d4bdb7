import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findElectron } from '../../main/start/electron-runtime.ts';

const root = dirname(dirname(import.meta.dirname));

interface Run {
  child: ChildProcess;
  /** Everything written so far. */
  text(): string;
  /** The address in what was written; null when the program ended without one. */
  address: Promise<string | null>;
  ended: Promise<number | null>;
}

/** What a test has started, to be ended with it however it ends. */
const started: ChildProcess[] = [];

/** `npm start` as a reader would type it, on a library of its own and with no browser to open. */
function npmStart(dataFolder: string, ...more: string[]): Run {
  const env = { ...process.env, DISPLAY: '' };
  const child = spawn('npm', ['start', '--', '--data-dir', dataFolder, ...more], { cwd: root, env, detached: true });
  started.push(child);
  let written = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  const address = new Promise<string | null>((resolve) => {
    const look = (data: Buffer) => {
      written += data.toString();
      const found = /(http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+)\s/.exec(written);
      if (found) resolve(found[1] ?? null);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void ended.then(() => resolve(null));
  });
  return { child, text: () => written, address, ended };
}

test.describe('npm start', () => {
  // One after the other: only the first may have to build.
  test.describe.configure({ mode: 'serial' });
  test.skip(process.platform === 'win32', 'signals are sent otherwise on Windows');
  let dataFolder: string;
  test.beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'offprint-start-'));
  });
  test.afterEach(() => {
    for (const { pid } of started.splice(0)) {
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended, and all that it started.
      }
    }
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  });

  for (const [how, stop] of [
    ['Ctrl-C', (run: Run) => process.kill(-(run.child.pid ?? 0), 'SIGINT')],
    ['being told to end', (run: Run) => run.child.kill('SIGTERM')],
  ] as const) {
    test(`without a screen prints an address that answers, and stops on ${how}`, async ({ page }) => {
      const run = npmStart(dataFolder);
      const address = await run.address;
      expect(address, run.text()).not.toBeNull();
      if (findElectron(root) === null)
        await expect.poll(run.text).toMatch(/The Electron runtime is missing.* opens in the browser/);
      await page.goto(address ?? '');
      await expect(page.getByRole('grid')).toBeVisible();
      await expect(page).not.toHaveURL(/token/);
      stop(run);
      await run.ended;
      const refused = await fetch(address ?? '').catch(() => null);
      expect(refused).toBeNull();
    });
  }

  test('where one runs already, a second start tells of it and leaves it to that one', async () => {
    const first = npmStart(dataFolder, '--browser', '--no-open');
    expect(await first.address, first.text()).not.toBeNull();
    const second = npmStart(dataFolder, '--browser', '--no-open');
    expect(await second.ended).toBe(0);
    expect(second.text()).toMatch(/running already \(process \d+\)/);
    expect(second.text()).toContain(await first.address);
    first.child.kill('SIGTERM');
    await first.ended;
  });
});
