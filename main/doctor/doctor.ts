import { realpath } from 'node:fs/promises';
import { failureOf, OffprintError } from '../../shared/outcome.ts';
import { systemCode, systemFiles } from '../store/durable-file.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { reasonOfCode } from '../store/system-reasons.ts';
import { checkDisk, checkFolder, checkPermissions } from './check-folder.ts';
import { checkImages } from './check-images.ts';
import { checkGenerations, checkNotes, checkUndo } from './check-kept.ts';
import { checkCopies, checkLeftovers, checkSetAside } from './check-leftovers.ts';
import { checkLock, checkRestoring, isHeld } from './check-lock.ts';
import { checkCaptures, checkMarks, checkPapers, lookAtPapers } from './check-papers.ts';
import { checkBackup, checkJournal, checkLibrary, lookAtStore } from './check-store.ts';
import { amiss, type Finding, type Patient } from './finding.ts';
import { RepairBench } from './repair-bench.ts';
import type { Check, CheckName, DoctorReport } from './report.ts';

/** So often a library is looked at again that another Offprint may have been writing just then. */
const looks = 3;

/** Says why a check could not be made. */
async function orSaid(name: CheckName, check: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const code = systemCode(error);
    const why =
      error instanceof OffprintError ? error.message : code === null ? failureOf(error).message : reasonOfCode(code);
    return amiss(name, 'problem', `This could not be looked at: ${why}`);
  }
}

async function lookAtAll(patient: Patient, isOurs: boolean): Promise<Finding[]> {
  const store = await lookAtStore(patient);
  const papers = await lookAtPapers(patient);
  const { data } = store.opened;
  const checks: [CheckName, () => Promise<Finding> | Finding][] = [
    ['folder', () => checkFolder(patient)],
    ['disk', () => checkDisk(patient)],
    ['lock', () => checkLock(patient, isOurs)],
    ['restoring', () => checkRestoring(patient)],
    ['permissions', () => checkPermissions(patient)],
    ['library', () => checkLibrary(patient, store)],
    ['backup', () => checkBackup(patient, store)],
    ['journal', () => checkJournal(patient, store)],
    ['undo', () => checkUndo(patient, data)],
    ['generations', () => checkGenerations(patient, data)],
    ['notes', () => checkNotes(patient)],
    ['images', () => checkImages(patient, data)],
    ['papers', () => checkPapers(patient, papers)],
    ['captures', () => checkCaptures(patient, papers)],
    ['marks', () => checkMarks(patient, data?.stamp ?? null)],
    ['leftovers', () => checkLeftovers(patient)],
    ['set-aside', () => checkSetAside(patient)],
    ['copies', () => checkCopies(patient, data)],
  ];
  const findings: Finding[] = [];
  for (const [name, check] of checks) findings.push(await orSaid(name, check));
  return findings;
}

async function examine(folder: string, isOurs: boolean): Promise<Finding[]> {
  const patient: Patient = { folder, files: systemFiles, isHeld: !isOurs && isHeld(folder) };
  let findings = await lookAtAll(patient, isOurs);
  // What another Offprint changes between two looks must not be taken for damage.
  for (let look = 1; patient.isHeld && look < looks && !isHealthy(findings); look += 1) {
    findings = await lookAtAll(patient, isOurs);
  }
  return findings;
}

function isHealthy(findings: readonly Check[]): boolean {
  return findings.every(({ state }) => state !== 'problem');
}

function reportOf(folder: string, findings: readonly Finding[]): DoctorReport {
  const checks = findings.map(({ name, state, message, would }) => ({ name, state, message, would }));
  return { folder, healthy: isHealthy(checks), checks };
}

async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const why =
      systemCode(error) === 'ENOENT' ? 'there is no such folder' : reasonOfCode(systemCode(error) ?? 'unknown');
    throw new OffprintError('unreadable', `The data folder ${path} cannot be looked at: ${why}.`);
  }
}

/**
 * Looks at everything in a data folder, which another Offprint may have open, and changes nothing.
 * @throws OffprintError `unreadable` when there is no such folder
 */
export async function diagnose(path: string): Promise<DoctorReport> {
  const folder = await realFolder(path);
  return reportOf(folder, await examine(folder, false));
}

/**
 * Does about each problem and warning what {@link diagnose} says that it would, and looks once more. Nothing
 * is deleted but what is half written, or a copy of something else.
 * @throws OffprintError `locked` when another Offprint has the folder open, `unreadable` when it cannot be
 * locked or is not there; nothing has been changed then
 */
export async function repair(path: string): Promise<DoctorReport> {
  const folder = await realFolder(path);
  const left = checkLock({ folder, files: systemFiles, isHeld: isHeld(folder) }, false);
  const lock = await lockFolder(folder);
  const repaired: NonNullable<DoctorReport['repaired']> = [];
  try {
    // Taking the lock has named us in the file that another one left, and letting it go takes that away.
    if (left.repair) repaired.push({ name: 'lock', done: 'What was left is removed.' });
    const mend = async (findings: readonly Finding[]) => {
      const bench = new RepairBench(folder, systemFiles);
      for (const { name, repair } of findings) {
        if (repair === null) continue;
        repaired.push({
          name,
          done: await repair(bench).catch((error: unknown) => `Not done: ${failureOf(error).message}`),
        });
      }
      await bench.close().catch((error: unknown) => {
        repaired.push({ name: 'library', done: `Not all could be written anew: ${failureOf(error).message}` });
      });
    };
    // Once a restore is finished, this is another library altogether.
    await mend([checkRestoring({ folder, files: systemFiles, isHeld: false })]);
    await mend(await examine(folder, true));
    return { ...reportOf(folder, await examine(folder, true)), repaired };
  } finally {
    lock.release();
  }
}
