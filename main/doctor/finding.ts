import type { FileOperations } from '../store/durable-file.ts';
import type { RepairBench } from './repair-bench.ts';
import type { Check, CheckName } from './report.ts';

/** Where the doctor looks. */
export interface Patient {
  /** The data folder's real path. */
  folder: string;
  files: FileOperations;
  /** Whether another Offprint has it open: then files change while they are looked at. */
  isHeld: boolean;
}

/** A check, and how to do what it says that repairing would. */
export interface Finding extends Check {
  /** Says in whole sentences what it has done. @throws OffprintError when it could not be done */
  repair: ((bench: RepairBench) => Promise<string>) | null;
}

/** A check that found everything as it should be. */
export function fine(name: CheckName, message: string): Finding {
  return { name, state: 'ok', message, would: null, repair: null };
}

/** A check that found something about which nothing can be done here. */
export function amiss(name: CheckName, state: 'warning' | 'problem', message: string): Finding {
  return { name, state, message, would: null, repair: null };
}

/** A few of many names, in words. */
export function some(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** So many of something, in words. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
