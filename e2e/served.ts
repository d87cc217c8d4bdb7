import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// As built: it is what is shipped, and starts in a third of the time.
const commandLine = join(root, 'out/main/cli.js');

/** How a test runs `serve` by itself. */
export interface ServedOptions {
  dataFolder: string;
  /** 0 for any that is free. */
  port?: number;
  env?: Record<string, string | undefined>;
  /** While there is a file at this path, whatever the program writes fails as on a full disk. */
  fullWhile?: string;
}

/** A `serve` of a test's own, of which everything that it writes is known. */
export interface Served {
  url: string;
  port: number;
  pid: number;
  /** All of standard output and standard error so far. */
  written(): string;
  /** Ends it as a reader would, or as a power cut would. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts `serve`. Rejects with what it wrote when it ends without an address. */
export async function startServed({ dataFolder, port = 0, env = {}, fullWhile }: ServedOptions): Promise<Served> {
  const preload = fullWhile === undefined ? [] : ['--import', pathToFileURL(join(root, 'e2e/full-disk.ts')).href];
  const child = spawn(
    process.execPath,
    [
      ...['--disable-warning=ExperimentalWarning', ...preload, commandLine, 'serve', '--no-open', '--json'],
      ...['--port', String(port), '--data-dir', dataFolder],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env, OFFPRINT_FULL_WHILE: fullWhile } },
  );
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (written += data.toString()));
  const address = await new Promise<{ url: string; port: number }>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => {
      const { url } = JSON.parse(line) as { url: string };
      resolve({ url, port: Number(new URL(url).port) });
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${written}`)));
  });
  return {
    ...address,
    pid: child.pid ?? 0,
    written: () => written,
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      await ended(child);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('close', resolve));
}

/** Runs the command line to its end, whatever comes of it. */
export function runOffprint(
  dataFolder: string,
  args: readonly string[],
  env: Record<string, string | undefined> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', commandLine, ...args, '--data-dir', dataFolder],
      { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}
