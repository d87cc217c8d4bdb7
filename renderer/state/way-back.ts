import type { PaperId } from '../../shared/paper.ts';
import type { Arrangement } from './arrangement.ts';
import type { KeptList } from './list-model.ts';
import type { Session } from './session.ts';
import { viewExists } from './view-names.ts';

/** Steps that can be gone back; the oldest is forgotten. */
const mostSteps = 20;

/** A step from one paper to another, as the window shows it. */
export interface Step {
  /** The paper that was left, and its title. */
  from: PaperId;
  title: string;
  /** The paper that was gone to. */
  to: PaperId;
}

/** What was shown before a step. */
interface Before {
  view: string;
  query: string;
  arrangement: Arrangement;
  list: KeptList;
}

/** Goes from paper to paper, wherever they are, and back: each list comes back with its rows and selection as they were. */
export class WayBack {
  readonly #session: Session;
  /** What was shown before each of `AppState.wayBack`. */
  readonly #before: Before[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Goes to a paper, so that the way back leads to the one in the reader. Never rejects.
   * @param title what the paper in the reader is called
   */
  async open(to: PaperId, title: string): Promise<void> {
    const { store, list, papers } = this.#session;
    const { currentId: from, settings, query, arrangement, wayBack } = store.get();
    if (from === to) return;
    if (from !== null) {
      this.#before.push({ view: settings.view, query, arrangement, list: list.keep() });
      store.set({ wayBack: [...wayBack, { from, title, to }].slice(-mostSteps) });
      if (this.#before.length > mostSteps) this.#before.shift()?.list.release();
    }
    await papers.goTo(to);
  }

  /** Goes back to the paper before, in the list that it was in. Answers false where there is none. */
  back(): boolean {
    const { store, list, settings, papers } = this.#session;
    const { wayBack, library } = store.get();
    const step = wayBack.at(-1);
    const before = this.#before.pop();
    if (!step || !before) return false;
    store.set({ wayBack: wayBack.slice(0, -1) });
    if (library && !viewExists(before.view, library)) {
      // The view is gone, a source for one.
      before.list.release();
      void papers.goTo(step.from);
      return true;
    }
    settings.change({ view: before.view });
    store.set({ query: before.query, arrangement: before.arrangement, currentId: step.from });
    list.bringBack(before.list);
    return true;
  }
}
