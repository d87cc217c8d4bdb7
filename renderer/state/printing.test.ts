import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { CallName } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { plainHost } from './program.ts';
import { Session } from './session.ts';
import { aLibrary, anOpenList, aRow } from './testing.ts';

let answers: Partial<Record<CallName, (input: never) => unknown>>;
let session: Session;
let stop: () => void;
/** What was on the page whenever the browser was asked to print. */
let printed: (readonly string[])[];

beforeEach(async () => {
  printed = [];
  window.print = () => {
    window.dispatchEvent(new Event('beforeprint'));
    printed.push(titles() ?? []);
    window.dispatchEvent(new Event('afterprint'));
  };
  answers = {
    'library.state': () => aLibrary(),
    'list.open': () => anOpenList(250),
    'list.rows': ({ offset, limit }: { offset: number; limit: number }) => ({
      rows: Array.from({ length: limit }, (_, at) => aRow(offset + at)),
    }),
    'paper.get': ({ id }: { id: string }) => ({ id, title: `The paper ${id}`, note: `Note of ${id}` }),
  };
  const client: Client = {
    call: async (name, input) => ((await answers[name]?.(input as never)) ?? {}) as never,
    on: () => () => {},
  };
  session = new Session(client);
  stop = session.listen();
  await session.start();
});

afterEach(() => stop());

const titles = () => session.store.get().printed?.map(({ paper }) => paper.title);
const toasts = () => session.store.get().toasts.map(({ message }) => message);
const first = aRow(0).id;

describe('printing', () => {
  it('is of the open paper, with what is typed into its note and not saved yet', async () => {
    noteSaverOf(session.client).edit(first, 'typed', 'Note');
    let note: string | undefined;
    window.addEventListener('beforeprint', () => (note = session.store.get().printed?.[0]?.note), { once: true });
    await session.printing.print();
    expect(printed).toEqual([[`The paper ${first}`]]);
    expect(note).toBe('typed');
    expect(session.store.get().printed).toBeNull();
  });

  it('is of all selected papers, the first hundred of many, which is said', async () => {
    session.papers.choose(2, 'range');
    await session.printing.print();
    expect(printed[0]).toEqual([0, 1, 2].map((at) => `The paper ${aRow(at).id}`));
    expect(toasts()).toEqual([]);
    session.papers.selectAll();
    await session.printing.print();
    expect(printed[1]).toHaveLength(100);
    expect(toasts()).toEqual(['These are the first 100 of the selected papers.']);
  });

  it('is of nothing where nothing is open or the paper cannot be read, which is said', async () => {
    answers['paper.get'] = () => {
      throw new OffprintError('unreadable', 'The disk is gone.');
    };
    await session.printing.print();
    session.store.set({ currentId: null, list: { ...session.store.get().list, selection: [], focus: -1 } });
    await session.printing.print();
    expect(printed).toEqual([]);
    expect(toasts()).toEqual(['The disk is gone.', 'No paper is open. Choose the one to be printed.']);
  });

  it('by the browser’s own menu is of what the reader shows, if it is that which is open', () => {
    window.print();
    expect(printed).toEqual([[]]);
    session.printing.show({ paper: { id: first, title: 'Shown', note: '' } as never, stamp: 0 });
    window.print();
    session.store.set({ currentId: aRow(1).id });
    window.print();
    expect(printed).toEqual([[], ['Shown'], []]);
  });
});

describe('saving as PDF', () => {
  beforeEach(() => session.store.set({ host: { ...plainHost, pdf: true } }));

  it('keeps the page until the program has it, whatever the browser tells of printing meanwhile', async () => {
    answers['print.pdf'] = async ({ name }: { name: string }) => {
      expect(name).toBe(`The paper ${first}`);
      window.print();
      window.print();
      return { path: '/papers/one.pdf' };
    };
    await session.printing.savePdf();
    expect(printed).toEqual([[`The paper ${first}`], [`The paper ${first}`]]);
    expect(session.store.get().printed).toBeNull();
    expect(toasts()).toEqual(['Saved as /papers/one.pdf']);
  });

  it('is not begun twice, says nothing where the reader thinks better of it, and says what failed', async () => {
    const answer = Promise.withResolvers<{ path: null }>();
    const pdf = vi.fn(() => answer.promise);
    answers['print.pdf'] = pdf;
    const saving = session.printing.savePdf();
    await vi.waitFor(() => expect(pdf).toHaveBeenCalledOnce());
    await session.printing.savePdf();
    answer.resolve({ path: null });
    await saving;
    expect(pdf).toHaveBeenCalledOnce();
    expect(toasts()).toEqual([]);
    answers['print.pdf'] = () => {
      throw new OffprintError('unreadable', 'The disk is full.');
    };
    await session.printing.savePdf();
    expect(toasts()).toEqual(['The disk is full.']);
    expect(session.store.get().printed).toBeNull();
  });

  it('prints where the program has no dialog for it', async () => {
    session.store.set({ host: plainHost });
    await session.printing.savePdf();
    expect(printed).toHaveLength(1);
  });
});
