import type { PaperId } from '../../shared/paper.ts';
import { refused, systemCode } from './durable-file.ts';
import { byNewest, type NoteEntry } from './note-versions-line.ts';
import type { NoteLog, NotePlace } from './note-versions-log.ts';
import { makePauses } from './note-versions-scan.ts';
import { thinned } from './note-versions-thinning.ts';

/** A past version, and where its text stands. */
export interface PlacedEntry {
  readonly entry: NoteEntry;
  place: NotePlace;
}

/** A file is written anew when so large a part of its texts goes. */
const worthRewriting = 1 / 8;

/** Which past versions the files hold, and where. One call at a time. */
export class NoteIndex {
  readonly #log: NoteLog;
  readonly #byId = new Map<PaperId, PlacedEntry[]>();
  /** The one replaced last under each id, which always stays. */
  readonly #newest = new Map<PaperId, NoteEntry>();
  /** Files that a newer Offprint has begun. */
  readonly #newer = new Set<string>();

  private constructor(log: NoteLog) {
    this.#log = log;
  }

  /**
   * Reads all files, in slices. What cannot be read of them is said and left out; a copy of such a file
   * is kept aside, and the file written anew without it.
   * @param mayWrite false where nothing may be written
   * @throws whatever the system throws
   */
  static async read(log: NoteLog, tell: (notice: string) => void, mayWrite: boolean): Promise<NoteIndex> {
    const index = new NoteIndex(log);
    for (const name of await log.names()) await index.#take(name, tell, mayWrite);
    return index;
  }

  /** The past version replaced last under each id. */
  get newest(): ReadonlyMap<PaperId, NoteEntry> {
    return this.#newest;
  }

  /** The past versions of notes that stood under an id, in no order, some perhaps twice. */
  of(id: PaperId): readonly PlacedEntry[] {
    return this.#byId.get(id) ?? [];
  }

  add(entry: NoteEntry, place: NotePlace): void {
    const others = this.#byId.get(entry.id);
    if (others) others.push({ entry, place });
    else this.#byId.set(entry.id, [{ entry, place }]);
    const newest = this.#newest.get(entry.id);
    if (!newest || byNewest(entry, newest) < 0) this.#newest.set(entry.id, entry);
  }

  /**
   * Which past versions stay, by the file that they are in, in slices; see `thinned`.
   * @param now in milliseconds since 1970
   */
  async thinned(now: number): Promise<Map<string, PlacedEntry[]>> {
    const pause = makePauses();
    const stay = new Map<string, PlacedEntry[]>();
    for (const versions of [...this.#byId.values()]) {
      const placed = new Map(versions.map((version) => [version.entry, version]));
      for (const entry of thinned([...placed.keys()], now)) {
        const version = placed.get(entry);
        const others = version && stay.get(version.place.file);
        if (others) others.push(version);
        else if (version) stay.set(version.place.file, [version]);
      }
      await pause();
    }
    return stay;
  }

  /** Names of the files that nothing is added to any more. @throws OffprintError `unreadable` */
  async finished(): Promise<string[]> {
    try {
      return (await this.#log.names()).slice(0, -1);
    } catch (error) {
      throw refused(this.#log.path, 'could not be read', error);
    }
  }

  /**
   * Files that are to become one each, so that those that do not stay go.
   * @param names files all texts of which were in the index when it was found out which of them stay
   */
  worthRewriting(names: readonly string[], stay: ReadonlyMap<string, readonly PlacedEntry[]>): string[][] {
    const all = new Map<string, number>();
    for (const versions of this.#byId.values()) {
      for (const { place } of versions) all.set(place.file, (all.get(place.file) ?? 0) + place.length);
    }
    const keptOf = (name: string) => (stay.get(name) ?? []).reduce((sum, { place }) => sum + place.length, 0);
    const groups: { names: string[]; all: number; kept: number }[] = [];
    for (const name of names) {
      if (this.#newer.has(name)) {
        groups.push({ names: [], all: 0, kept: Number.POSITIVE_INFINITY });
        continue;
      }
      const own = { names: [name], all: all.get(name) ?? 0, kept: keptOf(name) };
      const last = groups.at(-1);
      if (last && last.kept + own.kept <= this.#log.longest) {
        last.names.push(name);
        last.all += own.all;
        last.kept += own.kept;
      } else groups.push(own);
    }
    return groups
      .filter((group) => group.names.length > 1 || group.all - group.kept > group.all * worthRewriting)
      .map((group) => group.names);
  }

  /**
   * Makes some files one, of those that stay.
   * @throws whatever the system throws; the index is not to be used any more then
   */
  async rewrite(names: readonly string[], stay: ReadonlyMap<string, readonly PlacedEntry[]>): Promise<void> {
    const parts = names.map((file) => ({ file, kept: (stay.get(file) ?? []).toSorted(byPlace) }));
    const kept = parts.flatMap((part) => part.kept);
    const places = await this.#log.rewrite(parts.map(({ file, kept }) => ({ file, spans: kept.map(placeOf) })));
    const staying = new Set(kept);
    const files = new Set(names);
    for (const [id, versions] of this.#byId) {
      const left = versions.filter((version) => !files.has(version.place.file) || staying.has(version));
      if (left.length === 0) this.#byId.delete(id);
      else if (left.length < versions.length) this.#byId.set(id, left);
    }
    for (const [at, version] of kept.entries()) version.place = places[at] ?? version.place;
  }

  async #take(file: string, tell: (notice: string) => void, mayWrite: boolean): Promise<void> {
    const { texts, damaged, newer, good } = await this.#log.scan(file);
    if (newer) {
      this.#newer.add(file);
      tell(`Past versions of notes in ${file} were written by a newer Offprint; they are left as they are.`);
    }
    const moved = damaged && !newer && mayWrite ? await this.#mend(file, good, tell) : null;
    for (const { entry, span } of texts) this.add(entry, moved?.get(span.at) ?? { file, ...span });
  }

  /** Where the lines stand now that could be read of a damaged file, by where they stood; null where it stays as it is. */
  async #mend(
    file: string,
    good: readonly { at: number; length: number }[],
    tell: (notice: string) => void,
  ): Promise<Map<number, NotePlace> | null> {
    const what =
      `The file ${file} with past versions of notes is damaged at one place or more. ` +
      'What stands before and after has been kept; a version in between may be lost.';
    try {
      if (file === this.#log.current) await this.#log.close();
      const kept = await this.#log.keepAside(file);
      const places = await this.#log.rewrite([{ file, spans: good }]);
      tell(`${what} The damaged file is kept as ${kept}.`);
      return new Map(good.flatMap(({ at }, index) => (places[index] ? [[at, places[index]]] : [])));
    } catch (error) {
      tell(`${what} No copy of it could be kept (${systemCode(error) ?? 'not now'}).`);
      return null;
    }
  }
}

function placeOf({ place }: PlacedEntry): NotePlace {
  return place;
}

function byPlace({ place: one }: PlacedEntry, { place: other }: PlacedEntry): number {
  return one.at - other.at;
}
