import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importAndTakeBack } from '../../main/corpus/import-fuzzing.ts';
import { LocalPapersWriter } from '../../main/corpus/local-papers-writer.ts';
import { importAll } from '../../main/corpus/writer-testing.ts';
import type { Fixture } from '../../main/importers/fixtures-for-tests.ts';
import { mutated } from '../../main/importers/mutations.ts';

/** A library that batches of damaged files are imported into and taken back from. */
export class FuzzedLibrary {
  readonly #fixtures: readonly Fixture[];
  readonly #scratch = mkdtempSync(join(tmpdir(), 'offprint-fuzz-library-'));
  readonly #folder = join(this.#scratch, 'library');
  readonly #writer: LocalPapersWriter;
  #filled = false;

  constructor(fixtures: readonly Fixture[]) {
    this.#fixtures = fixtures;
    mkdirSync(this.#folder);
    this.#writer = new LocalPapersWriter(this.#folder);
  }

  /** One damaged file of every fixture, in one import. @returns how many were read and how many refused */
  async batch(seed: number): Promise<{ read: number; refused: number; papers: number }> {
    if (!this.#filled) {
      // Some of the same papers are there already.
      const known = this.#fixtures.filter((_, index) => index % 3 === 0);
      await importAll(
        this.#writer,
        known.map(({ file, bytes }) => this.#write(`known-${file}`, bytes)),
      );
      this.#filled = true;
    }
    const others = this.#fixtures.map(({ bytes }) => bytes);
    const files = this.#fixtures.map(({ file, bytes }, index) =>
      this.#write(file, mutated(bytes, others, seed * this.#fixtures.length + index)),
    );
    return await importAndTakeBack(this.#folder, this.#writer, files, seed % 40);
  }

  #write(name: string, bytes: Buffer) {
    const path = join(this.#scratch, name);
    writeFileSync(path, bytes);
    return { path, name };
  }

  async close(): Promise<void> {
    await this.#writer.close();
    rmSync(this.#scratch, { recursive: true });
  }
}
