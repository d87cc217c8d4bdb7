import { useSyncExternalStore } from 'react';

/** A value that changes as a whole, and tells its listeners. */
export interface Store<S extends object> {
  get(): S;
  /** Changes some fields. Listeners are told once, and only when something is different. */
  set(change: Partial<S>): void;
  subscribe(listener: () => void): () => void;
}

/** Makes a {@link Store}. */
export function makeStore<S extends object>(initial: S): Store<S> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      const keys = Object.keys(change) as (keyof S)[];
      if (keys.every((key) => Object.is(state[key], change[key]))) return;
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * What `select` picks from a store, kept current. `select` must answer with the same object while
 * nothing changed: a field, not a new array.
 */
export function useStore<S extends object, T>(store: Store<S>, select: (state: S) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
