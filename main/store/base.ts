import { join } from 'node:path';
import type { FileOperations } from './durable-file.ts';
import { type FoundLibrary, findEntry } from './found-file.ts';
import { Generations } from './generation-files.ts';
import type { ScannedSegment } from './journal-scan.ts';
import { emptyLibrary, type LibraryData } from './library-data.ts';
import type { ReadableLibrary } from './library-file.ts';
import type { JournalPosition } from './library-reading.ts';
import { salvageLibrary } from './library-salvage.ts';
import { beginningOf, isWithout, type Survey, survey } from './replay.ts';

/** Where the reader's data come from before the journal is laid over them. */
export interface Base {
  /** `remains`: what is left of a broken library file. */
  from: 'library' | 'backup' | 'generation' | 'journal' | 'remains';
  data: LibraryData;
  position: JournalPosition | null;
  isNewer: boolean;
  /** As in `ReadableLibrary`. */
  unclear: string[];
  /** The file it comes from; null for the journal. */
  path: string | null;
  /** When it was so, in milliseconds since 1970; null where that is not known. */
  since: number | null;
  /** Length of the library file, and when it was put in its place; of that only. */
  size: number;
  placedAt: number | null;
}

/** Data, and the journal that goes on from them. */
export interface Plan {
  base: Base;
  found: Survey;
  /** Whether something that there once was is in neither, as far as that can be known. */
  isIncomplete: boolean;
  /** What is left of broken files that may have what they lack; nothing where that is not needed. */
  remains: ReadableLibrary[];
}

/** What there is to choose from. */
export interface Choice {
  library: FoundLibrary;
  libraryPath: string;
  /** Null when it was not looked at. */
  backup: FoundLibrary | null;
  backupPath: string;
  segments: readonly ScannedSegment[];
}

/** Whether a file says something. */
export function isReadable(found: FoundLibrary | null): found is Extract<FoundLibrary, { kind: 'good' | 'newer' }> {
  return found?.kind === 'good' || found?.kind === 'newer';
}

/** Finds the newest good state of the reader's data. Changes nothing on the disk. */
export class BaseFinder {
  /** Why earlier states could not be read, by the system's code; null when none was needed or all could be. */
  unreadable: string | null = null;
  /** Earlier states that were looked at and are damaged. */
  readonly damaged: string[] = [];
  readonly #generations: Generations;
  readonly #files: FileOperations;
  readonly #choice: Choice;

  constructor(folder: string, files: FileOperations, choice: Choice) {
    this.#generations = new Generations(folder, files);
    this.#files = files;
    this.#choice = choice;
  }

  /** The library file if it can be read, else what comes nearest to it. Null when there is nothing at all. */
  async find(): Promise<Plan | null> {
    const { library, libraryPath, backup, backupPath } = this.#choice;
    if (isReadable(library)) {
      const plan = await this.#beside(this.#plan(this.#baseOf('library', library, libraryPath)));
      if (!plan.isIncomplete) return plan;
      // What the journal lacks may be in a state that was kept meanwhile.
      const { position } = plan.base;
      const later = await this.#generation((each) => each.id === position?.id && each.upTo > position.upTo);
      return later ?? plan;
    }
    const fromBackup = isReadable(backup)
      ? await this.#beside(this.#plan(this.#baseOf('backup', backup, backupPath)))
      : null;
    if (fromBackup && !fromBackup.isIncomplete && fromBackup.found.refused === null) return fromBackup;
    const kept = await this.#generation(() => true);
    const plans = [fromBackup, kept].filter((plan) => plan !== null).toSorted(byWorth);
    return this.#withRemains(plans[0] ?? null);
  }

  #withRemains(best: Plan | null): Plan | null {
    const { segments } = this.#choice;
    const beginning = beginningOf(segments);
    // What belongs to another journal is still more than nothing: all that the journal says comes after it.
    const plan = best?.found.refused && beginning ? this.#plan({ ...best.base, position: beginning }) : best;
    if (plan && !plan.isIncomplete) return plan;
    const fromJournal = beginning && this.#journalPlan(beginning);
    if (!plan && fromJournal?.isIncomplete === false) return fromJournal;
    const left = this.#salvaged();
    if (plan) return { ...plan, remains: left.map(({ readable }) => readable) };
    const [most, ...others] = left;
    if (!most) return fromJournal;
    const remains = this.#baseOf('remains', { ...most.readable, ...unknownTimes }, most.path);
    const laid = this.#plan(remains);
    const isOther = laid.found.refused !== null && beginning;
    const last = isOther ? this.#plan({ ...remains, position: beginning }) : laid;
    return { ...last, isIncomplete: true, remains: others.map(({ readable }) => readable) };
  }

  /** The plan beside what the newest kept state knows of the journal: that it was longer once, perhaps. */
  async #beside(plan: Plan): Promise<Plan> {
    const { base, found, isIncomplete } = plan;
    if (base.position === null || found.refused !== null || isIncomplete) return plan;
    const reached = found.lines.at(-1)?.sequence ?? base.position.upTo;
    const known = (await this.#generations.newest())?.position;
    if (known?.id !== base.position.id || known.upTo <= reached) return plan;
    return { ...plan, found: { ...found, lost: known.upTo - reached }, isIncomplete: true };
  }

  #plan(base: Base): Plan {
    const { segments } = this.#choice;
    const found = survey(segments, base.position, base.placedAt);
    const isGone = base.position !== null && found.refused === null && isWithout(segments, base.position);
    return { base, found, isIncomplete: found.lost > 0 || isGone, remains: [] };
  }

  #journalPlan(beginning: JournalPosition): Plan {
    const data = emptyLibrary();
    if (beginning.upTo > 0) data.history = { ...data.history, heard: null };
    const base: Base = {
      ...{ from: 'journal', data, position: beginning, isNewer: false, unclear: [] },
      ...{ path: null, since: null, size: 0, placedAt: null },
    };
    const plan = this.#plan(base);
    return { ...plan, isIncomplete: plan.isIncomplete || beginning.upTo > 0 };
  }

  #baseOf(
    from: Exclude<Base['from'], 'journal'>,
    found: ReadableLibrary & { size: number; placedAt: number; writtenAt: number },
    path: string,
    since = found.writtenAt,
  ): Base {
    const { data, unclear, isAstray, size } = found;
    const beginning = beginningOf(this.#choice.segments);
    let { position } = found;
    if (position === null && beginning) {
      // One that knows no journal is what the journal was begun on, by way of a newer layout.
      if (from !== 'library' && beginning.upTo === 0) position = beginning;
      // Lines that the file holds already say nothing new.
      if (isAstray) position = beginning;
      if (isAstray) forgetSteps(data, beginning.upTo);
    }
    const placedAt = from === 'library' && !isAstray ? found.placedAt : null;
    return { from, data, position, isNewer: found.kind === 'newer', unclear, path, since, size, placedAt };
  }

  /** The newest kept state that is good, of those that are wanted by where they stand in the journal. */
  async #generation(isWanted: (position: JournalPosition) => boolean): Promise<Plan | null> {
    const entry = await findEntry(this.#files, this.#generations.folder);
    if (entry.kind === 'unreadable') this.unreadable = entry.code;
    if (entry.kind !== 'folder') return null;
    const { generations, damaged } = await this.#generations.list().catch((error: unknown) => {
      this.unreadable = codeOf(error);
      return { generations: [], damaged: [] };
    });
    this.damaged.push(...damaged.map(({ id }) => id));
    for (const { id, position, takenAt, bytes } of generations) {
      if (!isWanted(position ?? { id: '', upTo: 0, line: '' })) continue;
      const result = await this.#generations.read(id).catch((error: unknown) => {
        this.unreadable = codeOf(error);
        return null;
      });
      if (result?.kind === 'damaged') this.damaged.push(id);
      if (!result || result.kind === 'damaged') continue;
      const path = join(this.#generations.folder, `${id}.json.gz`);
      return this.#plan(this.#baseOf('generation', { ...result, ...unknownTimes, size: bytes }, path, takenAt));
    }
    return null;
  }

  /** What is left of the library file and of its backup, the one with more papers first. */
  #salvaged(): { readable: ReadableLibrary; path: string }[] {
    const { library, libraryPath, backup, backupPath } = this.#choice;
    return [[library, libraryPath] as const, [backup, backupPath] as const]
      .flatMap(([found, path]) => {
        const readable = found?.kind === 'damaged' && found.bytes ? salvageLibrary(found.bytes) : null;
        return readable ? [{ readable, path }] : [];
      })
      .toSorted((one, other) => other.readable.data.papers.size - one.readable.data.papers.size);
  }
}

const unknownTimes = { size: 0, placedAt: 0, writtenAt: 0 };

/** The one to take first: what belongs to the journal, then what stands later in it, then what is later. */
function byWorth(one: Plan, other: Plan): number {
  const [a, b] = [one, other].map(({ found }) => Number(found.refused !== null));
  if (a !== b) return (a ?? 0) - (b ?? 0);
  const [here, there] = [one.base.position, other.base.position];
  if (here && there && here.id === there.id) return there.upTo - here.upTo;
  return (other.base.since ?? 0) - (one.base.since ?? 0);
}

/** Takes steps out of the history that the journal will tell once more. */
function forgetSteps(data: LibraryData, upTo: number): void {
  const { undo, redo } = data.history;
  const before = ({ sequence }: { sequence: number }) => sequence <= upTo;
  data.history = { ...data.history, undo: undo.filter(before), redo: redo.filter(before) };
}

function codeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
}
