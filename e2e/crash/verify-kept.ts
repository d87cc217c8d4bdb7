import { systemFiles } from '../../main/store/durable-file.ts';
import { Generations, type KeptGeneration } from '../../main/store/generation-files.ts';
import { readSettings } from '../../main/store/library-data.ts';
import type { NoteVersionsReader } from '../../main/store/note-versions.ts';
import { thinned } from '../../main/store/note-versions-thinning.ts';
import { thinnedOut } from '../../main/store/thinned-generations.ts';
import type { Expected } from './expected.ts';
import { keyOf, type Life } from './life.ts';
import type { ToldGeneration } from './messages.ts';
import { allPromised } from './promised-notes.ts';
import type { Round } from './round.ts';
import { keptDigest } from './state-digest.ts';

/** As long as this a generation taken before a large change stays in any case, in milliseconds. */
const aDay = 24 * 3_600_000;

/**
 * Looks for all texts of notes that are to be found again. One may be missing that is thinned with age.
 * @returns what is missing, in words; null for nothing
 */
export async function missingVersion(versions: NoteVersionsReader, { promised, at }: Expected): Promise<string | null> {
  for (const [id, texts] of allPromised(promised)) {
    const found = await versions.of([id]);
    const names = new Map(found.map((entry) => [`${entry.replacedAt} ${entry.length}`, entry]));
    const wanted = texts.map((text) => ({ ...text, version: `${text.replacedAt} ${text.text.length}` }));
    const missing = wanted.filter(({ version }) => !names.has(version));
    const stay = new Set(
      thinned(
        [...wanted, ...found.map((entry) => ({ ...entry, version: `${entry.replacedAt} ${entry.length}` }))],
        Math.max(at, Date.now()),
      ).map(({ version }) => version),
    );
    const lost = missing.find(({ version }) => stay.has(version));
    if (lost)
      return `the note of ${id} that was replaced at ${lost.replacedAt} is not among its ${found.length} versions`;
    // The newest ones, and now and then all, to the letter.
    for (const { version, text } of wanted.slice(0, 5)) {
      const entry = names.get(version);
      if (entry && (await versions.text([id], entry.version)) !== text)
        return `a version of the note of ${id} says something else`;
    }
  }
  return null;
}

/**
 * Looks at all generations: each must be whole and say what the library once said, those acknowledged must
 * be there unless they are thinned with age, and one from before the last large change.
 * @returns what is wrong, in words; null for nothing
 */
export async function wrongGeneration(
  folder: string,
  life: Life,
  round: Pick<Round, 'beforeLarge' | 'clock'>,
  expected: Expected,
  isOneByOne: boolean,
): Promise<string | null> {
  const generations = new Generations(folder, systemFiles);
  const { generations: listed, damaged } = await generations.list();
  if (damaged.length > 0) return `generations are damaged: ${damaged.map(({ id }) => id).join(', ')}`;
  const digests = new Set<string>();
  for (const generation of listed) {
    const key = keyOf(generation);
    const digest = life.looked.get(key) ?? (await contentOf(generations, generation, life));
    if (digest === null) return `the generation ${generation.id} says what the library never said`;
    life.looked.set(key, digest);
    // Of the last one, its process may not have been able to tell.
    life.kept.set(key, generation);
    digests.add(digest);
  }
  const present = new Set(listed.map(keyOf));
  const missing = [...life.kept].filter(([key]) => !present.has(key)).map(([, generation]) => generation);
  // One goes when another one is taken, which may not be there any more either.
  const known = [...listed, ...missing] as ToldGeneration[];
  const lost = missing.find(({ id, takenAt }) =>
    known.every((other) => {
      const then = known.filter((each) => each.takenAt <= other.takenAt);
      return other.takenAt < takenAt || !thinnedOut(then, other.takenAt).has(id);
    }),
  );
  if (lost) return `the generation ${lost.id} was acknowledged and is not there`;
  const large = round.beforeLarge;
  // Whether it came to be is only known of the last change there is.
  if (isOneByOne && large && large.change === expected && round.clock - large.change.at < aDay) {
    if (large.stage.records.size > 0 && !digests.has(keptDigest(large.stage))) {
      return 'there is no generation from before a large change';
    }
  }
  return null;
}

/** What a generation says, as a digest; null when it is not whole or says what the library never said. */
async function contentOf(generations: Generations, { id, stamp }: KeptGeneration, life: Life): Promise<string | null> {
  const content = await generations.read(id);
  if (content.kind !== 'good' || content.unclear.length > 0) return null;
  const { papers, pairs, views, tagColours, settings } = content.data;
  const digest = keptDigest({ records: papers, pairs, views, tagColours, settings: readSettings(settings) });
  const states = stamp === null ? [life.first] : [life.first, ...(life.states.get(stamp) ?? [])];
  return states.some((state) => keptDigest(state) === digest) ? digest : null;
}
