// npm run undo-security: undoes each item of the security checklist in a copy of the project, and shows the test that
// fails. [--item N]… only these. Ends with 1 when an undoing goes unnoticed by one of the files that are to notice it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { checklist } from './checklist.ts';
import { type Undoing, undoings, undone } from './undoings.ts';

const root = dirname(dirname(import.meta.dirname));
const { values } = parseArgs({ options: { item: { type: 'string', multiple: true } } });
const wanted = new Set((values.item ?? []).map(Number));
const chosen = undoings.filter(({ item }) => wanted.size === 0 || wanted.has(item));

const folder = mkdtempSync(join(tmpdir(), 'offprint-undo-'));
const project = join(folder, 'project');
const report = join(folder, 'report.json');

/** What of the project its tests do not need, or need as it is. */
const left = new Set(['.git', 'node_modules', 'out', 'release', 'test-results', 'screenshots']);

/** What Vitest says of a run. */
interface Report {
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
}

/** Runs tests in the copy. Returns what failed, by file and name; `ran` is how many tests there were. */
function run(tests: readonly string[]): { ran: number; failed: { file: string; name: string }[] } {
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project=node', '--reporter=json', `--outputFile=${report}`, ...tests];
  spawnSync(process.execPath, args, { cwd: project, stdio: 'ignore' });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const all = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({ status, file: basename(name), name: fullName })),
  );
  // A file that cannot even be read has no failed test in it, and proves nothing.
  return { ran: all.length, failed: all.filter(({ status }) => status === 'failed') };
}

/** Undoes one thing, runs its tests and puts it back. Returns the first test that failed in each file, or null for none. */
function whoNotices(undoing: Undoing): { file: string; name: string | null }[] {
  const path = join(project, undoing.file);
  const text = readFileSync(path, 'utf8');
  try {
    writeFileSync(path, undone(text, undoing));
    const { failed } = run(undoing.tests);
    return undoing.tests.map((path) => {
      const file = basename(path);
      return { file, name: failed.find((test) => test.file === file)?.name ?? null };
    });
  } finally {
    writeFileSync(path, text);
  }
}

function line(...cells: string[]): void {
  const plain = cells.map((cell) => cell.replaceAll(/[\p{Cc}|]+/gu, ' '));
  process.stdout.write(`| ${plain.join(' | ')} |\n`);
}

/** A test in the table: its name may be a long one. */
function named({ file, name }: { file: string; name: string | null }): string {
  const short = name !== null && name.length > 80 ? `${name.slice(0, 79)}…` : name;
  return `${file}: ${short ?? 'NONE FAILS'}`;
}

try {
  cpSync(root, project, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');

  const tests = [...new Set(chosen.flatMap((undoing) => undoing.tests))];
  const before = run(tests);
  if (before.failed.length > 0 || before.ran === 0) {
    throw new Error(`These fail although nothing is undone:\n${before.failed.map(named).join('\n')}`);
  }
  process.stdout.write(`${before.ran} tests in ${tests.length} files pass while nothing is undone.\n\n`);

  line('item', 'undone', 'the first test that fails');
  line('---', '---', '---');
  let unnoticed = 0;
  for (const undoing of chosen) {
    const noticed = whoNotices(undoing);
    if (noticed.some(({ name }) => name === null)) unnoticed += 1;
    const title = checklist[undoing.item - 1]?.title ?? '';
    line(`${undoing.item} ${title}`, undoing.what, noticed.map(named).join('; '));
  }
  process.stdout.write(`\n${chosen.length} undone, ${chosen.length - unnoticed} noticed.\n`);
  process.exitCode = unnoticed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
