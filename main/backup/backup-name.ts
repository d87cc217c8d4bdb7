import { backupEnding } from '../../shared/backup.ts';

const two = (value: number) => String(value).padStart(2, '0');

/**
 * The name of a backup made at a moment, by the clock on the wall: `Offprint 2026-11-23 08.15.offprint`.
 * @param copy 1, or more when that name is taken
 */
export function backupName(madeAt: number, copy = 1): string {
  const date = new Date(madeAt);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const number = copy === 1 ? '' : ` (${copy})`;
  return `Offprint ${day} ${two(date.getHours())}.${two(date.getMinutes())}${number}${backupEnding}`;
}

/** Copies of one minute that can stand side by side. */
const mostCopies = 1000;

/** The names that a backup of a moment may have, the best first. */
export function backupNames(madeAt: number): string[] {
  return Array.from({ length: mostCopies }, (_, at) => backupName(madeAt, at + 1));
}

const form = /^Offprint \d{4}-\d\d-\d\d \d\d\.\d\d(?: \(\d{1,4}\))?\.offprint$/;

/** Whether a file is called as {@link backupName} calls one. */
export function isBackupName(name: string): boolean {
  return form.test(name);
}
