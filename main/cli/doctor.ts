import { dataFolderPath } from '../data-folder.ts';
import type { Check } from '../doctor/report.ts';
import { safeLine } from './safe-text.ts';
import type { ExitCode, JsonOptions } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Options of `doctor`. */
export interface DoctorOptions extends JsonOptions {
  repair?: true;
}

const labels: Readonly<Record<Check['state'], string>> = { ok: 'ok', warning: 'warning', problem: 'PROBLEM' };
const widest = Math.max(...Object.values(labels).map((label) => label.length));

/**
 * Looks at everything in the data folder and says what is amiss and what repairing would do, or does it.
 * Works while another Offprint has the folder open, but for repairing.
 */
export async function doctor(
  terminal: Terminal,
  dataDir: string | undefined,
  options: DoctorOptions,
): Promise<ExitCode> {
  const folder = dataFolderPath(dataDir ?? null, { env: terminal.env, folder: terminal.folder });
  const { diagnose, repair } = await import('../doctor/doctor.ts');
  const report = await (options.repair ? repair(folder) : diagnose(folder));
  const code = report.healthy ? 0 : 1;
  if (options.json) {
    terminal.out(`${JSON.stringify(report, null, 2)}\n`);
    return code;
  }
  for (const { name, done } of report.repaired ?? []) terminal.out(`repaired  ${name}: ${safeLine(done)}\n`);
  if (report.repaired?.length === 0) terminal.out('There was nothing to repair.\n');
  for (const { name, state, message, would } of report.checks) {
    terminal.out(`${labels[state].padEnd(widest)}  ${name}: ${safeLine(message)}\n`);
    if (would !== null) terminal.out(`${' '.repeat(widest)}  --repair would: ${safeLine(would)}\n`);
  }
  const problems = report.checks.filter(({ state }) => state === 'problem').length;
  const hints = report.checks.some(({ would }) => would !== null) ? ' doctor --repair does what is said above.' : '';
  const verdict =
    problems === 0 ? 'All is well.' : problems === 1 ? 'There is 1 problem.' : `There are ${problems} problems.`;
  terminal.out(`${verdict}${hints}\n`);
  return code;
}
