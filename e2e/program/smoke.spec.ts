import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { test } from '@playwright/test';
import { browserArguments, findBrowser } from '../browser.ts';
import { type Served, startServed } from '../served.ts';
import { startDriven } from '../smoke/pipe-driver.ts';
import { smoke } from '../smoke/smoke.ts';

const commandLine = join(dirname(import.meta.dirname), '../main/cli/main.ts');

// What a release is driven by when it is installed: here it drives the served page, so that it is known to do so.
test('the smoke test of installed programs passes with the served page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'offprint-smoke-'));
  const dataFolder = join(folder, 'data');
  const servers: Served[] = [];
  const programs: { child: { kill(signal: 'SIGKILL'): boolean } }[] = [];
  try {
    await smoke(
      {
        async start() {
          const served = await startServed({ dataFolder });
          servers.push(served);
          const args = [
            ...browserArguments,
            '--headless',
            '--window-size=1280,800',
            `--user-data-dir=${join(folder, `browser-${servers.length}`)}`,
          ];
          const program = startDriven(process.env['PLAYWRIGHT_CHROMIUM'] ?? findBrowser() ?? 'chromium', [
            ...args,
            served.url,
          ]);
          programs.push(program);
          return { program, page: await program.page(`http://127.0.0.1:${served.port}/`) };
        },
        async quit(program, page) {
          await page.evaluate(`location.assign('about:blank')`);
          program.child.kill('SIGTERM');
          const code = await program.ended();
          await servers.at(-1)?.end();
          return code;
        },
        async command(...args) {
          const all = ['--disable-warning=ExperimentalWarning', commandLine, ...args, '--data-dir', dataFolder];
          return (await promisify(execFile)(process.execPath, all)).stdout;
        },
      },
      (line) => test.info().annotations.push({ type: 'holds', description: line }),
    );
  } finally {
    for (const { child } of programs) child.kill('SIGKILL');
    for (const served of servers) await served.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
