import type { Handlers } from '../shared/contract.ts';
import type { EarlierStates } from './earlier-states.ts';

/** The calls that list, take, look into and bring back earlier states of the reader's data. */
export type GenerationCalls = Pick<
  Handlers,
  'generations.list' | 'generations.take' | 'generations.compare' | 'generations.restore'
>;

/**
 * Implements {@link GenerationCalls}.
 * @param change wraps what changes the library, so that it is waited for and announced, in the order of
 * all that Undo takes back
 */
export function generationCalls(
  states: EarlierStates,
  change: <T>(make: () => Promise<T>) => Promise<T>,
): GenerationCalls {
  return {
    'generations.list': async () => ({ generations: await states.list(), folder: states.folder }),
    'generations.take': () => states.take(),
    'generations.compare': (asked) => states.compare(asked),
    'generations.restore': ({ id, ids }) => change(() => states.restore(id, ids)),
  };
}
