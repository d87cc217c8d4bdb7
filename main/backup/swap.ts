import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { OffprintError } from '../../shared/outcome.ts';
import { instantSchema } from '../../shared/paper.ts';
import { type FileOperations, renameWithRetries, replaceFile, syncFolder, systemCode } from '../store/durable-file.ts';
import { libraryNames } from './entry-names.ts';
import { explained } from './trouble.ts';

/**
 * The folder inside a data folder in which a library is made ready that is to take the place of the one
 * there; and what it is called once it is no use any more.
 */
const [stagingName, doneName] = ['restoring', 'restoring.done'];

/** What there is of it: the new one, the one before, and, once the new one is whole, what is to become of them. */
const [newName, oldName, planName] = ['new', 'old', 'plan.json'];

const planSchema = z.object({
  format: z.literal('offprint-restoring'),
  schema: z.literal(1),
  /** When the backup was made, and where what was there before is kept. */
  madeAt: instantSchema,
  kept: z.string(),
  /** What makes up a library; what of these was there before, and what comes in. */
  leaving: z.array(z.string().regex(/^[\w.-]+$/)),
  before: z.array(z.string().regex(/^[\w.-]+$/)),
  coming: z.array(z.string().regex(/^[\w.-]+$/)),
  /** What was there before is to have its place again. */
  back: z.boolean(),
});

type Plan = z.infer<typeof planSchema>;

/**
 * Puts one library in the place of another, in a data folder that nobody uses: all of it or nothing,
 * whatever happens at whatever moment. What is to come in is made ready in a folder of its own; once
 * it is whole, a plan says so; then names are moved, each of which can be told to have been moved or
 * not. A program that ends in between leaves the plan, and the next opening does the rest. Without a
 * plan nothing has been moved.
 */
export class LibrarySwap {
  /** Where the new library is made ready. */
  readonly staging: string;
  readonly #folder: string;
  readonly #old: string;
  readonly #plan: string;
  readonly #done: string;
  readonly #dataFolder: string;
  readonly #files: FileOperations;
  readonly #names: readonly string[];

  /** @param names what in the data folder makes up the library */
  constructor(dataFolder: string, files: FileOperations, names: readonly string[] = libraryNames) {
    this.#names = names;
    this.#dataFolder = dataFolder;
    this.#files = files;
    this.#folder = join(dataFolder, stagingName);
    this.staging = join(this.#folder, newName);
    this.#old = join(this.#folder, oldName);
    this.#plan = join(this.#folder, planName);
    this.#done = join(dataFolder, doneName);
  }

  /** Whether names have been moved, or are about to be, and nobody has ended it. */
  async isUnderWay(): Promise<boolean> {
    return (await this.#readPlan()) !== null;
  }

  /**
   * Puts the new library in the place of the one there. To be followed by {@link settle}, or by {@link putBack}.
   * @throws OffprintError `unreadable`; the one before is in its place then, unless even that was refused
   */
  async putIn(madeAt: number, kept: string): Promise<void> {
    try {
      await this.#files.mkdir(this.#old, { recursive: true, mode: 0o700 });
      const before = await this.#namesIn(this.#dataFolder);
      const coming = await this.#namesIn(this.staging);
      const leaving = [...this.#names];
      const plan: Plan = {
        ...{ format: 'offprint-restoring', schema: 1 },
        madeAt,
        kept,
        leaving,
        before,
        coming,
        back: false,
      };
      await this.#writePlan(plan);
      await this.#forward(plan);
    } catch (error) {
      await this.putBack();
      throw explained(error, this.#dataFolder, 'could not be changed', 'Nothing was changed.');
    }
  }

  /**
   * Puts the library that was there before in its place again.
   * @throws OffprintError `unreadable` when that is refused; {@link isUnderWay} then
   */
  async putBack(): Promise<void> {
    try {
      const plan = await this.#readPlan();
      if (plan === null) return;
      // Should the program end now, the next opening shall do this and not the other. A full disk is no reason not to.
      if (!plan.back) await this.#writePlan({ ...plan, back: true }).catch(() => {});
      await this.#backward(plan);
      await this.#end();
    } catch (error) {
      throw this.#stuck(error);
    }
  }

  /** Says that the new library is the one from now on, and lets the other go. */
  async settle(): Promise<void> {
    await this.#end();
    await this.clear();
  }

  /** Brings what was not ended before to its end, and makes room for another library. @throws as {@link finish} does */
  async begin(): Promise<void> {
    if (await this.isUnderWay()) await this.finish();
    await this.clear();
  }

  /** Removes what is left over, unless both libraries are in it. What stays is tried again at the next opening. */
  async clear(): Promise<void> {
    if (await this.isUnderWay().catch(() => true)) return;
    for (const folder of [this.#folder, this.#done]) await remove(folder);
  }

  /**
   * Does the rest of what a program did that ended meanwhile. To be called before anything else is opened.
   * @returns what happened, in plain words, or null when nothing did
   * @throws OffprintError `unreadable` when neither the one nor the other library could be put in its place
   */
  async finish(): Promise<string | null> {
    await remove(this.#done);
    if (!(await this.#exists(this.#folder))) return null;
    try {
      const plan = await this.#readPlan();
      if (plan === null) {
        await this.clear();
        return 'Offprint was cut off while a backup was being restored. Nothing was changed.';
      }
      await (plan.back ? this.#backward(plan) : this.#forward(plan));
      await this.settle();
      if (plan.back) return 'A backup could not be restored. What was there before is in its place again.';
      const made = new Date(plan.madeAt).toISOString().slice(0, 16).replace('T', ' ');
      return (
        `Offprint was cut off while the backup of ${made} UTC was being restored. It has been restored now. ` +
        `What was there before is kept in ${plan.kept}.`
      );
    } catch (error) {
      throw this.#stuck(error);
    }
  }

  async #forward({ leaving, before: names, coming }: Plan): Promise<void> {
    for (const name of leaving) {
      const [here, there, before] = this.#places(name);
      const comes = coming.includes(name);
      if (comes && !(await this.#exists(there))) continue;
      // What stands here may have been made by the new library, which may have been open already.
      const isOld = names.includes(name) && !(await this.#exists(before));
      if (isOld && (await this.#exists(here))) await this.#move(here, before);
      if (comes) await this.#move(there, here);
    }
    await this.#synced();
  }

  async #backward({ leaving, before: names, coming }: Plan): Promise<void> {
    for (const name of leaving) {
      const [here, there, before] = this.#places(name);
      const wasMoved = await this.#exists(before);
      // What stands here has come, or was made by the new library, which may have been open already.
      const isNew = coming.includes(name) ? !(await this.#exists(there)) : wasMoved || !names.includes(name);
      if (isNew && (await this.#exists(here))) await this.#move(here, there);
      if (wasMoved) await this.#move(before, here);
    }
    await this.#synced();
  }

  #move(from: string, to: string): Promise<void> {
    return renameWithRetries(this.#files, from, to);
  }

  #places(name: string): [here: string, there: string, before: string] {
    return [join(this.#dataFolder, name), join(this.staging, name), join(this.#old, name)];
  }

  async #synced(): Promise<void> {
    for (const folder of [this.#old, this.staging, this.#dataFolder]) await syncFolder(this.#files, folder);
  }

  async #writePlan(plan: Plan): Promise<void> {
    await replaceFile(this.#files, this.#plan, `${JSON.stringify(plan)}\n`, null);
  }

  /** Null when there is none. A plan is whole whenever it is there. */
  async #readPlan(): Promise<Plan | null> {
    let text: Uint8Array;
    try {
      text = await this.#files.readFile(this.#plan);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    }
    return planSchema.parse(JSON.parse(Buffer.from(text).toString('utf8')));
  }

  /** All has been moved that is to be: in one go, the plan and what is left over are none any more. */
  async #end(): Promise<void> {
    await remove(this.#done);
    await this.#move(this.#folder, this.#done);
    await syncFolder(this.#files, this.#dataFolder);
  }

  async #namesIn(folder: string): Promise<string[]> {
    const names: string[] = [];
    for (const name of this.#names) if (await this.#exists(join(folder, name))) names.push(name);
    return names;
  }

  async #exists(path: string): Promise<boolean> {
    try {
      await this.#files.stat(path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  #stuck(error: unknown): OffprintError {
    const why = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
    return new OffprintError(
      'unreadable',
      `A backup was being restored into ${this.#dataFolder}, and it can neither be finished nor taken back now (${why}). ` +
        `Nothing is lost: both libraries are there, in that folder and in ${this.#folder}. Start Offprint again to go on.`,
      { cause: error },
    );
  }
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}
