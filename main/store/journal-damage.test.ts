import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JournalFolder } from './journal-folder.ts';
import { readSettings } from './library-data.ts';
import { openStored } from './opening.ts';
import { faultyFiles, openReader, stateOf } from './store-testing.ts';

type State = Omit<ReturnType<typeof stateOf>, 'stamp'>;

let folder: string;
/** What there was after each change; the lines of the changes are those of the last journal file. */
const states: State[] = [];
/** Where each line of the last journal file ends, the first one being its head. */
const ends: number[] = [];
let segment = '';

function unstamped({ stamp: _, ...state }: ReturnType<typeof stateOf>): State {
  return state;
}

const paper = (at: number) => ({ id: `arxiv:${at}`, markedAs: [] });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-damage-'));
  const live = join(folder, 'live');
  cpSync(await mkdtemp(join(tmpdir(), 'offprint-damage-')), live, { recursive: true });
  const first = await openReader(live);
  await first.marks.setNote(paper(0), 'from before');
  await first.store.close();
  const { store, marks, history } = await openReader(live);
  const changes: (() => Promise<unknown>)[] = [
    () => marks.mark([paper(1), paper(2)], { status: 'read' }),
    () => marks.setNote(paper(1), 'Größe \u2028 😀'),
    () => history.undo(),
    () => marks.mark([paper(3)], { addTags: ['a'] }),
    () => store.change({ settings: { theme: 'dark' } }),
    () => marks.setNote(paper(2), 'the last one'),
  ];
  states.push(unstamped(stateOf(store)));
  for (const change of changes) {
    await change();
    states.push(unstamped(stateOf(store)));
  }
  segment = join(
    'journal',
    readdirSync(join(live, 'journal'))
      .filter((name) => !name.startsWith('steps'))
      .at(-1) ?? '',
  );
  const bytes = readFileSync(join(live, segment));
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at + 1);
  cpSync(live, join(folder, 'crashed'), { recursive: true });
  await store.close();
  expect(ends).toHaveLength(changes.length + 1);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A copy of what a crash would leave, with other bytes in the last journal file. */
function copyWith(change: (bytes: Buffer) => Buffer): string {
  const copy = join(folder, 'copy');
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(folder, 'crashed'), copy, { recursive: true });
  writeFileSync(join(copy, segment), change(readFileSync(join(copy, segment))));
  return copy;
}

async function found(copy: string): Promise<{ state: State; notices: readonly string[] }> {
  const { files } = faultyFiles(() => null);
  const journal = new JournalFolder(copy, files);
  const { data, notices } = await openStored({ folder: copy, files, journal, readOnly: null });
  await journal.close();
  if (!data) throw new Error('there is always something');
  const settings = readSettings(data.settings);
  return { state: unstamped(stateOf({ ...data, records: data.papers, settings })), notices };
}

/** A copy opens, says the same, goes on working, and has nothing to complain of the next time. */
async function expectHealed(copy: string, state: State): Promise<void> {
  const { store, marks } = await openReader(copy);
  expect(unstamped(stateOf(store))).toEqual(state);
  await marks.setNote(paper(9), 'later');
  const later = unstamped(stateOf(store));
  await store.close();
  expect(await found(copy)).toEqual({ state: later, notices: [] });
}

test('cut off at any byte, the journal gives every change that was whole, and says so where half a line went', async () => {
  const all = ends.at(-1) ?? 0;
  // Every byte of the last two lines, and some of those before.
  for (let length = 0; length <= all; length += length < (ends.at(-3) ?? 0) ? 11 : 1) {
    const copy = copyWith((bytes) => bytes.subarray(0, length));
    const whole = ends.findLastIndex((end) => end <= length);
    const { state, notices } = await found(copy);
    expect([length, state]).toEqual([length, states[Math.max(0, whole)]]);
    // A file comes to its name with its head: what has none had one, and lines perhaps.
    const isDamaged = length < (ends[0] ?? 0);
    const isTorn = !isDamaged && !ends.includes(length);
    const said = isDamaged ? [expect.stringContaining('damaged')] : isTorn ? [expect.stringContaining('cut off')] : [];
    expect(notices).toEqual(said);
    if (length % 90 === 0) await expectHealed(copy, state);
  }
}, 120_000);

test.each([
  ['a byte order mark', (bytes: Buffer) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])],
  ['lines that end as on Windows', (bytes: Buffer) => Buffer.from(bytes.toString().replaceAll('\n', '\r\n'))],
  ['UTF-16', (bytes: Buffer) => Buffer.from(`\ufeff${bytes.toString()}`, 'utf16le')],
])('%s from an editor costs nothing', async (_, edit) => {
  const copy = copyWith(edit);
  const { state, notices } = await found(copy);
  expect([state, notices]).toEqual([states.at(-1), []]);
  await expectHealed(copy, state);
});

test('zeros at the end, as a power cut leaves them, are no line', async () => {
  const copy = copyWith((bytes) => Buffer.concat([bytes, Buffer.alloc(4096)]));
  const { state, notices } = await found(copy);
  expect(state).toEqual(states.at(-1));
  expect(notices).toEqual([expect.stringContaining('cut off')]);
  await expectHealed(copy, state);
});

test('a flipped bit anywhere costs its own line at most; the damaged file is kept, and it is said', async () => {
  const size = ends.at(-1) ?? 0;
  for (let at = 0; at < size; at += 7) {
    const copy = copyWith((bytes) => {
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
      return bytes;
    });
    const line = ends.findIndex((end) => at < end);
    // Without its end, a line takes the next one with it.
    const lost = ends[line] === at + 1 ? [line, line + 1] : [line];
    const { state, notices } = await found(copy);
    if (lost.every((each) => each === 0)) {
      // The head says which journal it is and where it goes on: the lines are all there without it.
      expect(state).toEqual(states.at(-1));
      continue;
    }
    expect(notices.length, `${at}`).toBe(1);
    const [notice = ''] = notices;
    const aside = readdirSync(copy).filter((name) => name.startsWith('journal.damaged-'));
    for (const name of aside) expect(notice).toContain(name);
    expect(aside.length === 1 || /cut off/.test(notice), notice).toBe(true);
    // What came before and what came after stands, but for what only the lost line said.
    expect(state.settings.theme === 'dark').toBe(!lost.includes(5));
    expect(state.records.get('arxiv:2')?.note === 'the last one').toBe(!lost.includes(6));
    expect(state.records.get('arxiv:0')?.note).toBe('from before');
    expect(state.records.has('arxiv:3')).toBe(!lost.includes(4));
    if (line === 6) expect(state).toEqual(states.at(-2));
    if (at % 210 === 0) await expectHealed(copy, state);
  }
}, 120_000);

test('a line that is gone is missed, and those after it are there', async () => {
  for (let line = 1; line < ends.length - 1; line += 1) {
    const copy = copyWith((bytes) => Buffer.concat([bytes.subarray(0, ends[line - 1]), bytes.subarray(ends[line])]));
    const { state, notices } = await found(copy);
    expect(notices).toEqual([expect.stringContaining('damaged')]);
    expect(state.records.get('arxiv:2')?.note).toBe('the last one');
    await expectHealed(copy, state);
  }
});
