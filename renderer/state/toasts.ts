import { failureOf } from '../../shared/outcome.ts';
import type { AppState, Toast } from './app-state.ts';
import type { Store } from './store.ts';

/** At most this many are shown; the oldest that is not an error makes way. */
const most = 4;

/** The messages that float over the window. */
export class Toasts {
  readonly #store: Store<AppState>;
  #next = 1;

  constructor(store: Store<AppState>) {
    this.#store = store;
  }

  /** Shows a message. One with the topic of an older one takes its place. */
  show(kind: Toast['kind'], message: string, options: Partial<Pick<Toast, 'action' | 'second' | 'topic'>> = {}): void {
    const { action = null, second = null, topic = null } = options;
    const toast: Toast = { id: this.#next, kind, message, action, second, topic };
    this.#next += 1;
    let shown = this.#store.get().toasts.filter((old) => topic === null || old.topic !== topic);
    const crowding = shown.length >= most ? shown.find((old) => old.kind === 'done') : undefined;
    if (crowding) shown = shown.filter((old) => old !== crowding);
    this.#store.set({ toasts: [...shown, toast] });
  }

  /** Shows why something failed, until it is closed. */
  fail(error: unknown, what?: string): void {
    const { message } = failureOf(error);
    const text = what === undefined ? message : `${what} ${message}`;
    // The same failure again and again is one message.
    this.show('error', text, { topic: `error:${text}` });
  }

  /** Takes away what is no longer so. */
  closeTopic(topic: string): void {
    this.#store.set({ toasts: this.#store.get().toasts.filter((toast) => toast.topic !== topic) });
  }

  /** Takes a message away. */
  close(id: number): void {
    this.#store.set({ toasts: this.#store.get().toasts.filter((toast) => toast.id !== id) });
  }
}
