// node e2e/smoke/run.ts PROGRAM COMMAND: drives an installed Offprint. PROGRAM is what opens its window, COMMAND what a
// terminal calls. Exits with 0 when all of it holds.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDriven } from './pipe-driver.ts';
import { smoke } from './smoke.ts';

const [program = '', command = ''] = process.argv.slice(2);
if (program === '' || command === '') {
  process.stderr.write('Usage: node e2e/smoke/run.ts PROGRAM COMMAND\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'offprint smoke é-'));
const data = ['--data-dir', join(folder, 'data')];

try {
  await smoke(
    {
      async start(...opened) {
        const driven = startDriven(program, [...data, ...(opened.length > 0 ? ['--', ...opened] : [])]);
        return { program: driven, page: await driven.page('app://offprint/') };
      },
      async quit(driven, page) {
        await page.evaluate('void setTimeout(() => window.close())');
        // There a program goes on without a window.
        if (process.platform === 'darwin') driven.child.kill('SIGTERM');
        return await driven.ended();
      },
      async command(...args) {
        // What is typed at a prompt of Windows goes through its shell, and so does a script of it.
        const shell = process.platform === 'win32';
        const quoted = [...args, ...data].map((each) => (shell ? `"${each}"` : each));
        // A command needs no display; only of an AppImage, which is both, this is not promised.
        const { DISPLAY, WAYLAND_DISPLAY, ...bare } = process.env;
        const env = command === program ? process.env : bare;
        return (await promisify(execFile)(shell ? `"${command}"` : command, quoted, { shell, env })).stdout;
      },
      async startAgain(...opened) {
        const again = spawn(program, [...data, '--', ...opened], { stdio: 'ignore' });
        await new Promise((resolve, reject) => {
          again.once('error', reject);
          again.once('exit', resolve);
        });
      },
    },
    (line) => process.stdout.write(`ok: ${line}\n`),
  );
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
