import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs one of the measuring scripts of this folder in a process of its own, and reads the line of JSON it prints. */
export async function measure<T>(script: string, ...args: string[]): Promise<T> {
  const file = join(import.meta.dirname, script);
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    file,
    ...args,
  ]);
  return JSON.parse(stdout) as T;
}
