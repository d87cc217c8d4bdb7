import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { Draft } from '../../shared/host-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { Session } from './session.ts';
import { TabMemory } from './tab-memory.ts';
import { aLibrary, anOpenList } from './testing.ts';

const a = 'arxiv:2306.00001';

/** A program that keeps drafts and notes, and whose answers can be held up. */
class Program {
  readonly notes = new Map<string, string>();
  readonly kept = new Map<string, Draft[]>();
  readonly calls: [name: string, input: unknown][] = [];
  /** What the next `drafts.keep` waits for. */
  gate: Promise<void> = Promise.resolve();
  fails = false;

  client(): Client {
    return {
      call: async (name: string, input: Record<string, unknown>) => {
        this.calls.push([name, input]);
        return (await this.#answer(name, input)) as never;
      },
      on: () => () => {},
    } as Client;
  }

  async #answer(name: string, input: Record<string, unknown>): Promise<unknown> {
    const { window, drafts, id, text } = input as { window: string; drafts: Draft[]; id: string; text: string };
    switch (name) {
      case 'library.state':
        return aLibrary();
      case 'list.open':
        return anOpenList(1);
      case 'drafts.keep':
        await this.gate;
        if (this.fails) throw new OffprintError('unreadable', 'gone');
        this.kept.set(window, drafts);
        return {};
      case 'drafts.kept':
        return { drafts: this.kept.get(window) ?? [] };
      case 'paper.get':
        return { id, note: this.notes.get(id) ?? '' };
      case 'note.set':
        this.notes.set(id, text);
        return {};
      case 'window.remembered':
        return { shown: null };
      default:
        return {};
    }
  }
}

let program: Program;
let storage: Pick<Storage, 'getItem' | 'setItem'> & { text: string | null };

/** A page of the one window: the first, or one that follows. */
async function aPage() {
  const client = program.client();
  const session = new Session(client, new TabMemory(() => storage, client));
  const stop = session.listen();
  await session.start();
  return { session, saver: noteSaverOf(client), stop };
}

/** Lets everything happen that is not waited for. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  program = new Program();
  storage = {
    text: null,
    getItem: () => storage.text,
    setItem: (_key, text) => {
      storage.text = text;
    },
  };
});

describe('drafts', () => {
  it('are with the program from the first key on, and gone once the note is saved', async () => {
    const { saver } = await aPage();
    saver.edit(a, 'h', '');
    await settle();
    const [window] = program.kept.keys();
    expect(program.kept.get(window ?? '')).toEqual([{ id: a, text: 'h', base: '' }]);
    // The browser holds a name, and nothing of the note.
    expect(storage.text).toBe(window);
    await saver.flush();
    await settle();
    expect(program.kept.get(window ?? '')).toEqual([]);
  });

  it('go one after another, and only the newest of those that wait', async () => {
    const { saver } = await aPage();
    const gate = Promise.withResolvers<void>();
    program.gate = gate.promise;
    for (const text of ['h', 'he', 'hey']) saver.edit(a, text, '');
    await settle();
    const kept = () => program.calls.filter(([name]) => name === 'drafts.keep').map(([, input]) => input);
    expect(kept()).toMatchObject([{ drafts: [{ text: 'h' }] }]);
    gate.resolve();
    await settle();
    expect(kept()).toMatchObject([{ drafts: [{ text: 'h' }] }, { drafts: [{ text: 'hey' }] }]);
  });

  it('that could not be kept are tried again with the next key, and not before', async () => {
    const { saver } = await aPage();
    program.fails = true;
    saver.edit(a, 'h', '');
    await settle();
    expect(program.calls.filter(([name]) => name === 'drafts.keep')).toHaveLength(1);
    program.fails = false;
    saver.edit(a, 'he', '');
    await settle();
    expect([...program.kept.values()]).toEqual([[{ id: a, text: 'he', base: '' }]]);
  });

  it('of a page that broke off are taken up by the next one, said to be back, and kept no longer', async () => {
    const before = await aPage();
    before.saver.edit(a, 'typed', '');
    await settle();
    before.stop();
    const after = await aPage();
    await settle();
    expect(program.notes.get(a)).toBe('typed');
    expect([...program.kept.values()]).toEqual([[]]);
    expect(after.session.drafts?.wasWriting(a)).toBe(true);
    expect(after.session.store.get().toasts.map(({ message }) => message)).toEqual([
      'What was typed last is back in the note.',
    ]);
  });

  it('of a window that nobody knows are not asked for', async () => {
    await aPage();
    expect(program.calls.map(([name]) => name)).not.toContain('drafts.kept');
  });

  it('are kept until all of them are saved, though the page that takes them up breaks off, too', async () => {
    const id = fc.constantFrom(a, 'arxiv:2306.00002', 'doi:10.1/x');
    const typing = fc.record({ id, text: fc.string({ minLength: 1, maxLength: 8 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(typing, { maxLength: 4 }), { maxLength: 3 }), async (pages) => {
        program = new Program();
        const last = new Map<string, string>();
        for (const typed of pages) {
          const { saver, stop } = await aPage();
          for (const { id, text } of typed) {
            saver.edit(id, text, last.get(id) ?? '');
            last.set(id, text);
          }
          await settle();
          stop();
        }
        const { saver } = await aPage();
        await saver.flush();
        expect([...last].filter(([id, text]) => program.notes.get(id) !== text)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
