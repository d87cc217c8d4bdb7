import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Copies } from '../../shared/backup.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { backupsIn, type FoundBackup } from './backups-in.ts';
import { isUnfinished } from './unfinished.ts';

const [minute, hour] = [60_000, 60 * 60_000];
const day = 24 * hour;

/** Milliseconds after opening at which it is first looked whether a copy is due, and from one look to the next. */
const [firstLook, nextLook] = [minute, hour];

/**
 * Milliseconds after a copy at which the next is due: somewhat less than the day or the week, so that
 * one who starts Offprint each morning has one each morning.
 */
const dueAfter: Record<Copies['every'], number> = { day: 20 * hour, week: 6.5 * day };

/** A clock, for tests. */
export interface Clock {
  now(): number;
  /** Calls back once, later; must not keep the process alive. Returns what calls it off. */
  later(milliseconds: number, call: () => void): () => void;
}

/** The system's clock. */
export const systemClock: Clock = {
  now: Date.now,
  later: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

/** What copies are made with. */
export interface CopiesParts {
  settings(): Pick<Settings, 'copies' | 'copiedAt' | 'copiesId'>;
  /** Remembers settings. */
  remember(settings: Partial<Pick<Settings, 'copiedAt' | 'copiesId'>>): Promise<void>;
  /** Writes a backup into a folder; rejects when that is not there. Null when it had to give way to something. */
  write(folder: string, copyOf: string): Promise<string | null>;
  /** Told when {@link ScheduledCopies.trouble} is another than before. */
  onTrouble(): void;
  clock: Clock;
}

/**
 * Makes the copies that `settings.copies` asks for while a library is open: soon after it was opened
 * and every hour it is looked whether one is due. One that cannot be made is tried again an hour later.
 */
export class ScheduledCopies {
  readonly #parts: CopiesParts;
  #trouble: string | null = null;
  #callOff = () => {};
  #looking: Promise<void> | null = null;
  /** The settings have changed while it looks. */
  #looksAgain = false;
  #isStopped = false;

  constructor(parts: CopiesParts) {
    this.#parts = parts;
  }

  /** Why the last copy that was due could not be made, as a sentence; null when all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Begins to look. */
  start(): void {
    this.#lookIn(firstLook);
  }

  /** Looks soon, for the settings have changed. */
  changed(): void {
    if (this.#parts.settings().copies === null) this.#say(null);
    if (this.#looking) this.#looksAgain = true;
    else this.#lookIn(0);
  }

  /** Looks at once. Resolves when the copy that is due has been made, or it is known why it could not be. */
  async tryNow(): Promise<void> {
    if (this.#isStopped) return;
    this.#callOff();
    await this.#begin();
  }

  /** Looks no more, and waits until what is under way has ended, which the caller cuts short. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#callOff();
    await this.#looking;
  }

  #lookIn(milliseconds: number): void {
    if (this.#isStopped) return;
    this.#callOff();
    this.#callOff = this.#parts.clock.later(milliseconds, () => void this.#begin());
  }

  #begin(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      const isDueAgain = this.#looksAgain;
      this.#looksAgain = false;
      this.#looking = null;
      this.#lookIn(isDueAgain ? 0 : nextLook);
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { copies, copiedAt } = this.#parts.settings();
    const now = this.#parts.clock.now();
    if (copies === null || !isDue(copies, copiedAt, now)) return;
    try {
      const id = await this.#ownId();
      const written = await this.#parts.write(copies.folder, id);
      if (written === null) return;
      if (this.#parts.settings().copies?.folder !== copies.folder) return;
      await this.#parts.remember({ copiedAt: now });
      this.#say(null);
      await removeOld(copies, id, { path: written, at: now });
    } catch (error) {
      if (this.#isStopped) return;
      this.#say(failureOf(error).message);
    }
  }

  async #ownId(): Promise<string> {
    const { copiesId } = this.#parts.settings();
    if (copiesId !== null) return copiesId;
    const made = crypto.randomUUID();
    await this.#parts.remember({ copiesId: made });
    return made;
  }

  #say(trouble: string | null): void {
    if (this.#trouble === trouble) return;
    this.#trouble = trouble;
    this.#parts.onTrouble();
  }
}

/** Whether a copy is due. One of the future was made by a clock that went wrong. */
function isDue({ every }: Copies, copiedAt: number | null, now: number): boolean {
  return copiedAt === null || copiedAt > now || now - copiedAt >= dueAfter[every];
}

/**
 * Removes copies that are too many: only files that are called as ours are and that say themselves that
 * they are copies of this library on this machine. What cannot be read or removed stays.
 * @param written the copy that has just been made, and when; it stays
 */
async function removeOld(
  { folder, keep }: Copies,
  copyOf: string,
  written: { path: string; at: number },
): Promise<void> {
  const copies = await backupsIn(folder, (manifest) => manifest.reason === 'copy' && manifest.copyOf === copyOf);
  const before = copies.filter(({ path }) => path !== written.path);
  // One of the future was made while the clock was wrong: it is not newer than those made since.
  const isWrong = ({ madeAt }: FoundBackup) => Number(madeAt > written.at);
  const old = before.toSorted((one, other) => isWrong(one) - isWrong(other));
  for (const { path } of old.slice(keep - 1)) await unlink(path).catch(() => {});
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isUnfinished)) {
    const path = join(folder, name);
    const isOld = await stat(path).then(
      ({ mtimeMs }) => written.at - mtimeMs > day,
      () => false,
    );
    if (isOld) await unlink(path).catch(() => {});
  }
}
