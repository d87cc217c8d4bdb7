import { Worker } from 'node:worker_threads';
import { OffprintError } from '../../shared/outcome.ts';
import type { CslItem } from '../exporters/csl-item.ts';
import type { FormattedCitation } from './citation-html.ts';
import type { ProcessedStyle } from './citation-processor.ts';
import type { CitationAnswer, CitationQuestion } from './citation-worker.ts';

/** Longest time that one list of references may take, in milliseconds: a thousand papers of the same people take 25 s. */
const patience = 120_000;
/** How long the thread is kept that nobody asks, in milliseconds. It holds 40 MB. */
const idleTime = 60_000;

/**
 * Formats citations in a thread of its own, so that nothing waits for it: it is started by the first question, and
 * stopped when nobody has asked for a while.
 */
export class CitationThread {
  #worker: Worker | null = null;
  /** One question at a time. */
  #before: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Rejects what is being waited for when the thread is to end. */
  #stop: (error: Error) => void = () => {};

  /**
   * Papers as a style has them in a list of references.
   * @throws OffprintError `refused` once closed, `internal` when the processor fails or takes too long
   */
  format(items: readonly CslItem[], style: ProcessedStyle): Promise<FormattedCitation> {
    const made = this.#before.then(() => this.#ask({ items, style }));
    this.#before = made.catch(() => {});
    return made;
  }

  /** Stops the thread. Who still waits is refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stop(new OffprintError('refused', 'The library is closed.'));
    await this.#end();
    await this.#before;
  }

  async #ask(question: CitationQuestion): Promise<FormattedCitation> {
    if (this.#isClosed) throw new OffprintError('refused', 'The library is closed.');
    clearTimeout(this.#idle);
    this.#worker ??= start();
    const worker = this.#worker;
    const { promise, resolve, reject } = Promise.withResolvers<CitationAnswer>();
    const broken = (cause: unknown) =>
      reject(new OffprintError('internal', 'The citation could not be made.', { cause }));
    const left = () => broken('the thread ended');
    this.#stop = reject;
    const tooLong = setTimeout(() => broken('it took too long'), patience);
    worker.once('message', resolve).once('error', broken).once('exit', left);
    worker.postMessage(question);
    try {
      const answer = await promise;
      if ('failure' in answer)
        throw new OffprintError('internal', 'The citation could not be made.', { cause: answer.failure });
      return answer.made;
    } catch (error) {
      // Whatever state it is in, the next question gets a new one.
      await this.#end();
      throw error;
    } finally {
      clearTimeout(tooLong);
      this.#stop = () => {};
      worker.off('message', resolve).off('error', broken).off('exit', left);
      this.#idle = setTimeout(() => void this.#end(), idleTime).unref();
    }
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

function start(): Worker {
  const entry = import.meta.url.endsWith('.ts') ? './citation-worker.ts' : './citation-worker.js';
  const worker = new Worker(new URL(entry, import.meta.url), { name: 'citations' });
  // Once nobody waits for an answer, the program may end.
  worker.on('error', () => {});
  worker.unref();
  return worker;
}
