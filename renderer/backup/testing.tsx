import { render } from '@testing-library/react';
import { vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { CallInput, CallName, CallOutput, LibraryState } from '../../shared/contract.ts';
import type { Difference, Generation } from '../../shared/generations.ts';
import { SessionContext } from '../frame/session-context.ts';
import { Session } from '../state/session.ts';
import { aLibrary, anOpenList } from '../state/testing.ts';

/** What a library answers to the calls that a test expects. */
export type Answers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> };

/** An earlier state, kept an hour ago before an import. */
export function aGeneration(fields: Partial<Generation> = {}): Generation {
  const takenAt = Date.now() - 3_600_000;
  return { id: 'one', takenAt, reason: 'import', papers: 12, notes: 3, bytes: 1000, current: false, ...fields };
}

/** A paper that was read and has no mark any more. */
export function aDifference(id: string, fields: Partial<Difference> = {}): Difference {
  return {
    id,
    title: `The paper ${id}`,
    was: { status: 'read', starred: false, tags: [], note: '' },
    now: null,
    ...fields,
  };
}

/**
 * Shows something with a session over a library.
 * @returns the session, the calls that were made, and the commands that were given
 */
export function show(answers: Answers, content: React.ReactNode, state: Partial<LibraryState> = {}) {
  // jsdom has no modal dialogs.
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  Element.prototype.scrollTo = () => {};
  const calls: { name: CallName; input: unknown }[] = [];
  const every: Answers = {
    'library.state': () => aLibrary(state),
    'list.open': () => anOpenList(0),
    'generations.list': () => ({ generations: [], folder: '/data/generations' }),
    ...answers,
  };
  const client: Client = {
    call: (async (name: CallName, input: never) => {
      calls.push({ name, input });
      const answer = every[name] as ((given: never) => unknown) | undefined;
      if (!answer) throw new Error(`${name} is not expected`);
      return answer(input);
    }) as Client['call'],
    on: () => () => {},
  };
  const session = new Session(client);
  session.store.set({ library: aLibrary(state), phase: 'ready' });
  const run = vi.fn();
  render(<SessionContext value={{ session, run }}>{content}</SessionContext>);
  const called = (name: CallName) => calls.filter((call) => call.name === name).map(({ input }) => input);
  return { session, run, called };
}
