import { createContext, useContext } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import type { AppState } from '../state/app-state.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';

/** What every component of the window can reach. */
export interface SessionContextValue {
  session: Session;
  /** Runs a command, as its key would. */
  run(id: CommandId): void;
}

/** Given by the app to everything within it. */
export const SessionContext = createContext<SessionContextValue | null>(null);

/** The session and the way to run commands. Throws outside the app. */
export function useSession(): SessionContextValue {
  const value = useContext(SessionContext);
  if (!value) throw new Error('useSession outside of the app');
  return value;
}

/** What `select` picks from the window's state, kept current. Pick fields, do not make objects. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useSession().session.store, select);
}
