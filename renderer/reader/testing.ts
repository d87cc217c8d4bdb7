import type { Client } from '../../shared/client.ts';
import type { CallInput, CallName } from '../../shared/contract.ts';
import type { Paper } from '../../shared/paper.ts';
import { isChangedOtherwise } from '../../shared/unsaved-note.ts';

/** A paper for tests, unread and without a note. */
export function aPaper(fields: Partial<Paper> = {}): Paper {
  return {
    id: 'title:0001',
    title: 'Weak-to-Strong Generalization',
    titleMatches: [],
    authors: [],
    published: null,
    addedAt: Date.now(),
    abstract: 'We study an analogy.',
    abstractMatches: [],
    arxivId: null,
    doi: null,
    links: [],
    updated: null,
    categories: [],
    venue: null,
    journalReference: null,
    comment: null,
    votes: null,
    comments: null,
    keywords: [],
    summary: null,
    versions: [],
    citationKey: null,
    kind: null,
    revisions: [],
    aliases: [],
    sources: [
      {
        id: 1,
        name: 'Daily Papers',
        format: 'daily-papers-text',
        formatLabel: 'a Daily Papers page saved as text',
        importedAt: 0,
        place: 'line 12',
      },
    ],
    status: 'unread',
    starred: false,
    tags: [],
    hasNote: false,
    changedAt: null,
    note: '',
    noteMatches: [],
    noteChangedAt: null,
    highlights: [],
    ...fields,
  };
}

/** One call that a test answers when it likes. */
export interface OpenCall<N extends CallName = CallName> {
  name: N;
  input: CallInput<N>;
  answer(value: unknown): void;
  fail(error: unknown): void;
}

/** A library whose answers the test gives by hand, in any order. */
export function slowLibrary(): { client: Client; open: OpenCall[]; next(name: CallName): OpenCall } {
  const open: OpenCall[] = [];
  const client: Client = {
    call(name, input) {
      const { promise, resolve, reject } = Promise.withResolvers<never>();
      open.push({ name, input, answer: (value) => resolve(value as never), fail: reject });
      return promise;
    },
    on: () => () => {},
  };
  return {
    client,
    open,
    next(name) {
      const at = open.findIndex((call) => call.name === name);
      const [call] = open.splice(at, at < 0 ? 0 : 1);
      if (!call) throw new Error(`no call of ${name} is open`);
      return call;
    },
  };
}

/** A library that answers at once from the papers given, and keeps notes in them. */
export function quickLibrary(papers: Paper[]): { client: Client; saved: string[]; papers: Map<string, Paper> } {
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  const saved: string[] = [];
  const client = {
    async call(name: CallName, input: { id: string; text: string; over?: string[] }): Promise<unknown> {
      const paper = byId.get(input.id);
      if (!paper) throw new Error('no such paper');
      if (name === 'note.set') {
        const { text, over } = input;
        if (over && isChangedOtherwise({ text, over }, paper.note)) return { changedAt: 1, instead: paper.note };
        saved.push(input.text);
        byId.set(input.id, { ...paper, note: input.text });
        return { changedAt: 1 };
      }
      return paper;
    },
    on: () => () => {},
  } as unknown as Client;
  return { client, saved, papers: byId };
}
