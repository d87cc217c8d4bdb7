import { cpSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  applyDamage,
  type Damage,
  type DamageFixture,
  damages,
  makeDamageFixture,
  quickFiles,
  stillSaid,
} from './damage-testing.ts';
import { openReader } from './store-testing.ts';

// Every kind of damage on every file of the store, one at a time and two at a time. `RUNS` says how many pairs.

let fixture: DamageFixture;

beforeAll(async () => {
  fixture = await makeDamageFixture();
});
afterAll(() => rm(fixture.folder, { recursive: true, force: true }));

type Harm = readonly [what: string, damage: Damage];

/** Everything that a folder holds: contents of files and links, and their names. */
function contents(folder: string): { names: string[]; all: (Buffer | string)[] } {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const all = names.flatMap((name): (Buffer | string)[] => {
    const stats = lstatSync(join(folder, name));
    if (stats.isSymbolicLink()) return [readlinkSync(join(folder, name))];
    return stats.isFile() && stats.size < 1e6 ? [readFileSync(join(folder, name))] : [];
  });
  return { names, all };
}

function holds({ all }: { all: (Buffer | string)[] }, wanted: Buffer | string): boolean {
  return all.some((each) =>
    typeof wanted === 'string' ? each === wanted : typeof each !== 'string' && each.equals(wanted),
  );
}

/** Answers with how many papers there are, and what is said. */
async function tryHarms(harms: readonly Harm[]): Promise<{ papers: number; said: string }> {
  const title = harms.map((harm) => harm.join(' ')).join(', ');
  const folder = join(fixture.folder, 'copy');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(fixture.folder, 'crashed'), folder, { recursive: true });
  const done = new Map<string, Damage>();
  const left = new Map<string, Buffer | string | null>();
  for (const [what, damage] of harms) {
    const name = fixture.files.get(what) ?? '';
    left.set(what, applyDamage(join(folder, name), damage));
    done.set(name, damage);
  }
  const damageOf = (what: string) => done.get(fixture.files.get(what) ?? '');
  const expected = stillSaid(fixture, folder, done);
  const whole = stillSaid(fixture, join(fixture.folder, 'crashed'), new Map());
  const before = contents(folder);

  const { store, marks } = await openReader(folder, quickFiles());
  const found = Object.fromEntries(store.records);
  expect([title, found]).toEqual([title, Object.fromEntries(expected)]);
  const { readOnly } = store;
  const said = [...store.notices, ...(readOnly === null ? [] : [readOnly])].join('\n');
  const isLess = JSON.stringify([...expected].sort()) !== JSON.stringify([...whole].sort());
  // Of a last file that is gone nothing tells but an earlier state that has been kept since.
  const isTraceless = damageOf('journal 0') === 'missing' && damageOf('generation 0') !== undefined;
  if (isLess && !isTraceless) expect([title, said !== '']).toEqual([title, true]);
  const library = damageOf('library');
  const isReadable = library === undefined || ['a byte order mark', 'UTF-16'].includes(library);
  if (!isReadable) expect([title, said]).toEqual([title, expect.stringContaining('library.json')]);
  const after = contents(folder);
  for (const [what, content] of left) {
    // The backup of a good library file is replaced, whatever it says, with every writing; and lines of the
    // journal that the data hold already are needed by nobody.
    const isSpare =
      what === 'lock' ||
      // Half a line at the end of the past versions goes when another is added.
      (what === 'notes' && damageOf('notes') === 'cut short') ||
      (what === 'backup' && isReadable) ||
      (what.startsWith('journal') && !said.includes('journal.damaged'));
    if (content !== null && !isSpare) expect([title, what, holds(after, content)]).toEqual([title, what, true]);
  }
  if (readOnly !== null) {
    await expect(marks.setNote({ id: 'arxiv:1', markedAs: [] }, 'lost')).rejects.toMatchObject({ code: 'refused' });
    await store.close();
    expect([title, contents(folder)]).toEqual([title, before]);
    return { papers: expected.size, said };
  }
  await marks.setNote({ id: 'arxiv:99', markedAs: [] }, 'later');
  const later = Object.fromEntries(store.records);
  await store.close();
  const again = await openReader(folder, quickFiles());
  expect([title, again.store.notices, again.store.readOnly]).toEqual([title, [], null]);
  expect([title, Object.fromEntries(again.store.records)]).toEqual([title, later]);
  await again.store.close();
  return { papers: expected.size, said };
}

const harms = (): Harm[] => [...fixture.files.keys()].flatMap((what) => damages.map((damage): Harm => [what, damage]));

test('the undamaged folder says everything, without a word', async () => {
  expect(await tryHarms([])).toEqual({ papers: 9, said: '' });
});

test('every damage on every file: whatever is readable anywhere is there, nothing is deleted, all is said', async () => {
  expect(fixture.files.size).toBeGreaterThan(7);
  for (const harm of harms()) await tryHarms([harm]);
});

test('every damage on two files at once', async () => {
  const all = harms();
  const pairs = all.flatMap((one, at) =>
    all.slice(at + 1).flatMap((other) => (one[0] === other[0] ? [] : [[one, other]])),
  );
  const runs = Number(process.env['RUNS'] ?? 60);
  // Evenly over all pairs.
  const step = Math.max(1, Math.floor(pairs.length / runs));
  for (let at = 0; at < pairs.length; at += step) await tryHarms(pairs[at] ?? []);
}, 3_600_000);
