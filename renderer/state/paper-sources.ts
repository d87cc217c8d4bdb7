import type { CallOutput } from '../../shared/contract.ts';
import type { Source } from '../../shared/paper.ts';
import { counted } from './import-words.ts';
import type { Session } from './session.ts';

/** What removing a source would do to its papers. */
export type Impact = CallOutput<'sources.impact'>;

/** What removing a source would do, in sentences. */
export function impactSentence({ papers, kept, shared }: Impact): string {
  const sentences = [
    papers === 0 ? 'No paper goes with it.' : `${counted(papers, 'paper')} ${papers === 1 ? 'goes' : 'go'} with it.`,
  ];
  if (kept > 0) {
    const stay = kept === 1 ? 'stays, because you have touched it' : 'stay, because you have touched them';
    sentences.push(`${kept.toLocaleString()} ${stay}.`);
  }
  if (shared > 0)
    sentences.push(
      `${shared.toLocaleString()} ${shared === 1 ? 'is' : 'are'} in other sources too, and stay${shared === 1 ? 's' : ''}.`,
    );
  return sentences.join(' ');
}

/** What the reader does with the sources of the library. */
export class PaperSources {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** What removing a source would do; null when that could not be found out, which the reader is told. */
  async impact(source: number): Promise<Impact | null> {
    try {
      return await this.#session.client.call('sources.impact', { source });
    } catch (error) {
      this.#session.toasts.fail(error);
      return null;
    }
  }

  /** Removes a source, and says what went with it. */
  async remove({ id, name }: Pick<Source, 'id' | 'name'>): Promise<void> {
    const { client, toasts, list } = this.#session;
    try {
      const { removed, kept, change } = await client.call('sources.remove', { source: id });
      const stayed = kept === 0 ? '' : `, ${counted(kept, 'paper')} kept`;
      toasts.show('done', `Removed ${name}: ${counted(removed, 'paper')}${stayed}`, {
        topic: 'import',
        action: { label: 'Undo', run: () => void this.#session.undoChange(change) },
      });
      list.refresh();
    } catch (error) {
      toasts.fail(error);
    }
  }
}
