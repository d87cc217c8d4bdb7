import type { OpenRequest } from '../../shared/host-calls.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { OpenDialog } from './app-state.ts';
import type { Session } from './session.ts';

/** What showing something needs of the window itself. */
export interface OpeningFrame {
  focusList(): void;
  showReader(): void;
}

/** Dialogs in which something is typed, chosen or under way, which what is opened from outside must not rub out. */
const holdsWork: ReadonlySet<OpenDialog['kind']> = new Set(['tags', 'saveView', 'manageTags', 'import', 'restore']);

/** Shows what Offprint was asked to open from outside: by a link, a file, another start or the command line. */
export class Opening {
  readonly #session: Session;
  /** What waits until the reader has done what they are at. */
  #later: OpenRequest[] = [];
  #unsubscribe: (() => void) | null = null;
  #isShowing = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Takes what is to be opened, if anything is, and shows it. Never rejects. */
  async take(frame: OpeningFrame): Promise<void> {
    const { client, toasts } = this.#session;
    try {
      const { requests } = await client.call('opening.take', {});
      for (const request of requests) {
        if (request.kind === 'refused') toasts.show('error', request.message, { topic: `refused:${request.message}` });
        else this.#later.push(request);
      }
      await this.#showNext(frame);
    } catch (error) {
      toasts.fail(error);
    }
  }

  /** One after the other. */
  async #showNext(frame: OpeningFrame): Promise<void> {
    if (this.#isShowing) return;
    this.#isShowing = true;
    try {
      await this.#showAll(frame);
    } finally {
      this.#isShowing = false;
    }
  }

  async #showAll(frame: OpeningFrame): Promise<void> {
    const { store, toasts } = this.#session;
    for (let next = this.#later[0]; next !== undefined; next = this.#later[0]) {
      if (!this.#isFreeFor(next)) {
        const text = 'What you have opened is shown when this is done.';
        toasts.show('notice', text, { topic: 'opening' });
        this.#unsubscribe ??= store.subscribe(() => {
          const [waiting] = this.#later;
          if (waiting && !this.#isFreeFor(waiting)) return;
          this.#unsubscribe?.();
          this.#unsubscribe = null;
          toasts.closeTopic('opening');
          void this.#showNext(frame);
        });
        return;
      }
      this.#later.shift();
      await this.#show(next, frame);
    }
  }

  #isFreeFor({ kind }: OpenRequest): boolean {
    const { dialog, importing, restoring } = this.#session.store.get();
    if (dialog !== null && holdsWork.has(dialog.kind)) return false;
    return kind === 'paper' || kind === 'search' || (importing === null && restoring === null);
  }

  async #show(request: OpenRequest, frame: OpeningFrame): Promise<void> {
    const { importing, backingUp } = this.#session;
    if (request.kind === 'paper') await this.#showPaper(request.id, frame);
    else if (request.kind === 'search') {
      this.#uncover();
      this.#session.search(request.query, 'all');
      frame.focusList();
    }
    // Not waited for: it lasts until the reader has answered, and what is opened next waits by itself.
    else if (request.kind === 'import') void importing.beginReady(request);
    else if (request.kind === 'backup') void backingUp.beginReady(request);
  }

  async #showPaper(id: PaperId, frame: OpeningFrame): Promise<void> {
    const { client, papers, toasts } = this.#session;
    try {
      const paper = await client.call('paper.get', { id, query: '' });
      this.#uncover();
      await papers.goTo(paper.id);
      frame.focusList();
      frame.showReader();
    } catch (error) {
      if (failureOf(error).code !== 'not-found') toasts.fail(error);
      else toasts.show('notice', `This paper is not in your library: ${id}`, { topic: 'opening' });
    }
  }

  /** Brings the list and the reader to light. */
  #uncover(): void {
    this.#session.triage.leave();
    this.#session.dialog(null);
  }
}
