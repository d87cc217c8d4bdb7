import { execFile } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { parseDn } from 'builder-util-runtime';
import * as z from 'zod';

/** Runs a program of the system's; resolves with what it printed, and rejects when it failed or complained. */
export type RunTool = (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => Promise<string>;

const patience = 60_000;

const runTool: RunTool = (file, args, env) =>
  new Promise((resolve, reject) => {
    execFile(file, args, { env, timeout: patience, windowsHide: true, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error) reject(error);
      else if (stderr.trim() !== '') reject(new Error('the tool complained'));
      else resolve(stdout);
    });
  });

/**
 * Whether the running macOS program is signed by somebody whom Apple knows. Only such a one is replaced from within:
 * the system then takes nothing in its place that is not signed by the same.
 * @param executable the program's own file, in `Contents/MacOS` of its bundle
 */
export async function isSignedBundle(executable: string, run: RunTool = runTool): Promise<boolean> {
  const contents = dirname(dirname(executable));
  if (basename(contents) !== 'Contents') return false;
  try {
    const rule = '-R=anchor apple generic';
    // It tells what it thinks by its exit code, and everything else on standard error.
    await run('/usr/bin/codesign', ['--verify', '--strict', rule, dirname(contents)], process.env);
    return true;
  } catch {
    return false;
  }
}

const signatureSchema = z.object({ status: z.int(), path: z.string(), subject: z.string() });

/** The path of the file is handed over beside the script, where nothing in it can be read as a part of it. */
const script = [
  '$ErrorActionPreference = "Stop"',
  '[Console]::OutputEncoding = [System.Text.Encoding]::UTF8',
  '$s = Get-AuthenticodeSignature -LiteralPath $env:OFFPRINT_UPDATE',
  '@{ status = [int]$s.Status; path = [string]$s.Path; subject = [string]$s.SignerCertificate.Subject } | ConvertTo-Json -Compress',
].join('; ');

/**
 * Why an installer must not be run on Windows; null when it is signed, the signature is good, and it is that of one of
 * these. In the place of electron-updater's own check, which lets everything through where PowerShell cannot be run.
 * @param publishers distinguished names, or common names
 */
export async function whyUnsigned(
  publishers: readonly string[],
  file: string,
  run: RunTool = runTool,
): Promise<string | null> {
  if (publishers.length === 0) return 'nobody is named who would have signed it';
  const { PSModulePath: _others, ...env } = process.env;
  const shell = join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  try {
    const args = ['-NoProfile', '-NonInteractive', '-InputFormat', 'None', '-Command', script];
    const said = signatureSchema.parse(JSON.parse(await run(shell, args, { ...env, OFFPRINT_UPDATE: file })));
    if (said.status !== 0) return 'the signature is not good';
    if (said.path !== file) return 'another file was looked at';
    return publishers.some((publisher) => isSubject(publisher, said.subject)) ? null : 'somebody else has signed it';
  } catch {
    return 'the signature could not be checked';
  }
}

/** Whether a certificate is that of a publisher: every part of the name that is given is the same. */
function isSubject(publisher: string, subject: string): boolean {
  const given = parseDn(publisher);
  const found = parseDn(subject);
  if (given.size === 0) return publisher !== '' && found.get('CN') === publisher;
  return given.has('CN') && [...given].every(([part, value]) => found.get(part) === value);
}
