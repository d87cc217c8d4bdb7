import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { PaperId } from '../../shared/paper.ts';
import { printLine } from './journal-line.ts';
import type { PaperRecord } from './library-data.ts';
import { faultyFiles, openReader } from './store-testing.ts';

/** A data folder as a crash has left it, with everything in it that the store keeps. */
export interface DamageFixture {
  folder: string;
  /** Paths of its files that may be damaged, by what they are. */
  files: ReadonlyMap<string, string>;
}

const paper = (at: number) => ({ id: `arxiv:${at}`, markedAs: [] });

/** The operations of the system, without waiting for the disk. */
export const quickFiles = () => faultyFiles(() => null).files;

/** Makes one: a library file, an older backup, earlier states, and a journal that goes on after all of them. */
export async function makeDamageFixture(): Promise<DamageFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-matrix-'));
  const live = join(folder, 'live');
  mkdirSync(live);
  let now = 1_800_000_000_000;
  const clock = () => {
    now += 100_000;
    return now;
  };
  const sessions: number[][] = [
    [1, 2, 3, 4, 5],
    [1, 6, 2],
    [3, 7],
  ];
  for (const papers of sessions) {
    const { store, marks } = await openReader(live, quickFiles(), undefined, clock);
    for (const [at, each] of papers.entries()) {
      await marks.setNote(paper(each), `Note ${each}, written ${now}. `.repeat(3));
      if (at === 1) await store.keep('hour');
    }
    await store.close();
  }
  const { store, marks } = await openReader(live, quickFiles(), undefined, clock);
  await marks.setNote(paper(2), 'After the library file was written');
  await marks.mark([paper(4), paper(8)], { status: 'read' });
  await store.keep('hour');
  await marks.setNote(paper(5), 'After the last earlier state');
  await marks.mark([paper(9)], { starred: true });
  const crashed = join(folder, 'crashed');
  cpSync(live, crashed, { recursive: true });
  await store.close();
  const files = new Map([
    ['library', 'library.json'],
    ['backup', 'library.backup.json'],
    ['lock', 'lock.json'],
  ]);
  const last = (within: string, form: RegExp) =>
    readdirSync(join(crashed, within))
      .filter((name) => form.test(name))
      .toSorted()
      .map((name) => join(within, name));
  const upTo = (name: string) =>
    Number(/"upTo":(\d+)/.exec(gunzipSync(readFileSync(join(crashed, name))).toString())?.[1]);
  const segments = last('journal', /^\d+\.log$/).toReversed();
  const generations = last('generations', /gz$/).toSorted((one, other) => upTo(other) - upTo(one));
  // The last ones of both, and those before them.
  for (const [at, name] of segments.slice(0, 2).entries()) files.set(`journal ${at}`, name);
  for (const [at, name] of generations.slice(0, 2).entries()) files.set(`generation ${at}`, name);
  for (const name of last('notes', /log$/).slice(-1)) files.set('notes', name);
  writeFileSync(join(crashed, 'lock.json'), '{"pid":1}');
  return { folder, files };
}

/** A way to damage a file. */
export type Damage = (typeof damages)[number];

/** All of them; the first ones leave nothing to be read. */
export const damages = [
  ...(['missing', 'empty', 'zeros', 'a list', 'null', 'a string', 'a number', 'foreign', 'a folder'] as const),
  ...(['a dangling link', 'a loop of links', 'huge', 'random bytes'] as const),
  ...(['cut short', 'garbled'] as const),
  ...(['a byte order mark', 'UTF-16', 'newer'] as const),
] as const;

/** What must still be in the folder, whatever it is called, after a damaged file was opened: null for nothing. */
export function applyDamage(path: string, damage: Damage): Buffer | string | null {
  const before = readFileSync(path);
  const put = (bytes: Buffer | string) => {
    writeFileSync(path, bytes);
    return Buffer.from(bytes);
  };
  switch (damage) {
    case 'missing':
      rmSync(path);
      return null;
    case 'empty':
      put('');
      return null;
    case 'zeros':
      return put(Buffer.alloc(before.length));
    case 'a list':
      return put('[]');
    case 'null':
      return put('null');
    case 'a string':
      return put('"x"');
    case 'a number':
      return put('7');
    case 'foreign':
      return put('{"posts":[],"version":2}\n');
    case 'a folder':
      rmSync(path);
      mkdirSync(path);
      writeFileSync(join(path, 'mine.txt'), path);
      return Buffer.from(path);
    case 'a dangling link':
      rmSync(path);
      symlinkSync('/nowhere/at/all', path);
      return '/nowhere/at/all';
    case 'a loop of links':
      rmSync(path);
      symlinkSync(path, path);
      return path;
    case 'huge':
      put('');
      truncateSync(path, 3 * 1024 ** 3);
      return null;
    case 'random bytes':
      return put(Buffer.from(before.map((byte, at) => (byte * 31 + at * 7) & 0xff)));
    case 'cut short':
      return put(before.subarray(0, before.length >> 1));
    case 'garbled': {
      const garbled = Buffer.from(before);
      garbled.fill(0xff, before.length >> 1, Math.min(before.length, (before.length >> 1) + 9));
      return put(garbled);
    }
    case 'a byte order mark':
      return put(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), before]));
    case 'UTF-16':
      return put(Buffer.from(`\ufeff${before.toString()}`, 'utf16le'));
    case 'newer':
      return put(newer(path, before));
  }
}

function newer(path: string, bytes: Buffer): Buffer {
  const raised = (text: string) => text.replace(/"schema":\d+/, '"schema":9');
  if (path.endsWith('.gz')) return gzipSync(raised(gunzipSync(bytes).toString()));
  const [head = '', ...lines] = bytes.toString().split('\n');
  if (!/^[0-9a-f]{8} /.test(head)) return Buffer.from(raised(bytes.toString()));
  const { sequence, follows, ...fields } = JSON.parse(raised(head.slice(9)));
  return Buffer.concat([printLine(sequence, follows, fields).bytes, Buffer.from(lines.join('\n'))]);
}

/** Something that a file says of a paper, and the number of the change after which it was so. */
interface Said {
  sequence: number;
  id: PaperId;
  record: PaperRecord;
}

/** What is readable of a file: every line that is as it was, whatever else has become of the file. */
function saidBy(path: string, original: Buffer, damage: Damage | null): Said[] {
  const isZipped = path.endsWith('.gz');
  const whole =
    damage === null || damage === 'newer' || (!isZipped && (damage === 'UTF-16' || damage === 'a byte order mark'));
  if (!whole && (isZipped || (damage !== 'cut short' && damage !== 'garbled'))) return [];
  const text = isZipped ? gunzipSync(original).toString() : original.toString();
  const now = whole ? text : readFileSync(path, 'latin1');
  const left = new Set(now.split('\n').slice(0, whole ? undefined : -1));
  const lines = text.split('\n').filter((line) => whole || left.has(Buffer.from(line).toString('latin1')));
  if (basename(path).endsWith('.log')) return lines.flatMap(saidByLine);
  const sequence = Number(/"upTo":(\d+)/.exec(text)?.[1]);
  return lines.flatMap((line) => {
    const [, id, record] = /^"(arxiv:\d+)":(\{.*\}),?$/.exec(line) ?? [];
    return id && record ? [{ sequence, id, record: JSON.parse(record) as PaperRecord }] : [];
  });
}

function saidByLine(line: string): Said[] {
  if (line === '') return [];
  const { sequence, papers = [] } = JSON.parse(line.slice(9)) as {
    sequence: number;
    papers?: { ids: string[]; record: PaperRecord }[];
  };
  return papers.flatMap(({ ids, record }) => ids.map((id) => ({ sequence, id, record })));
}

/**
 * What must be there of each paper: the latest that any file still says that can be read.
 * @param folder a copy of the fixture with the damages done
 */
export function stillSaid({ folder: base }: DamageFixture, folder: string, done: ReadonlyMap<string, Damage>) {
  const crashed = join(base, 'crashed');
  const names = readdirSync(crashed, { recursive: true, encoding: 'utf8' });
  const said = names
    .filter((name) => /^(library.*\.json|journal\/\d+\.log|generations\/.*gz)$/.test(name.replaceAll('\\', '/')))
    .flatMap((name) => saidBy(join(folder, name), readFileSync(join(crashed, name)), done.get(name) ?? null));
  const latest = new Map<PaperId, Said>();
  for (const each of said) if ((latest.get(each.id)?.sequence ?? -1) <= each.sequence) latest.set(each.id, each);
  return new Map(Array.from(latest, ([id, { record }]) => [id, record]));
}
