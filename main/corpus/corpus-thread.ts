import type { Worker } from 'node:worker_threads';
import { type Failure, OffprintError } from '../../shared/outcome.ts';
import type { CorpusMethod } from './local-corpus.ts';
import type { Message, Opened, Request } from './messages.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Told of what the thread says unasked. */
export interface ThreadListeners {
  counted(): void;
}

function errorOf(error: Failure, detail: string): OffprintError {
  return new OffprintError(error.code, error.message, { cause: detail });
}

/** The thread that reads the papers, seen from the one that asks it: a message for each call, and one for its answer. */
export class CorpusThread {
  readonly #worker: Worker;
  readonly #listeners: ThreadListeners;
  readonly #waiting = new Map<number, Waiting>();
  readonly #opening = Promise.withResolvers<Opened>();
  readonly #exited = Promise.withResolvers<void>();
  #lastId = 0;
  #ended: OffprintError | null = null;
  #closing: Promise<void> | null = null;
  #opened: Opened | null = null;

  private constructor(worker: Worker, listeners: ThreadListeners) {
    this.#worker = worker;
    this.#listeners = listeners;
    worker.on('message', (message: Message) => this.#hear(message));
    worker.on('error', (error) => {
      this.#end(
        new OffprintError('internal', 'The paper database stopped working. Restart Offprint.', { cause: error }),
      );
    });
    worker.on('exit', () => {
      this.#end(
        // Who still asks while the program ends has made no mistake, and neither have we.
        this.#closing
          ? new OffprintError('refused', 'The paper database is closed.')
          : new OffprintError('internal', 'The paper database stopped working. Restart Offprint.'),
      );
      this.#exited.resolve();
    });
  }

  /**
   * Waits until a thread that has just been started has opened its databases.
   * @throws OffprintError why it could not
   */
  static async start(worker: Worker, listeners: ThreadListeners): Promise<CorpusThread> {
    const thread = new CorpusThread(worker, listeners);
    try {
      thread.#opened = await thread.#opening.promise;
      return thread;
    } catch (error) {
      // It ends by itself, having nothing to wait for; one that is stopped inside SQLite takes the process with it.
      await thread.#exited.promise;
      throw error;
    }
  }

  /** How opening went. */
  get opened(): Opened {
    if (!this.#opened) throw new Error('the papers are not open yet');
    return this.#opened;
  }

  call(method: CorpusMethod, input: unknown[]): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const request: Request = { id: this.#lastId, method, input };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  /** Resolves when the thread has ended. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#ended) return;
    await this.call('close', []).catch(() => {});
    await this.#exited.promise;
  }

  #hear(message: Message): void {
    switch (message.kind) {
      case 'opened':
        this.#opening.resolve(message);
        break;
      case 'unopened':
        this.#opening.reject(errorOf(message.error, message.detail));
        break;
      case 'answer':
        this.#take(message.id)?.resolve(message.value);
        break;
      case 'failure':
        this.#take(message.id)?.reject(errorOf(message.error, message.detail));
        break;
      case 'counted':
        this.#listeners.counted();
        break;
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #end(error: OffprintError): void {
    this.#ended ??= error;
    this.#opening.reject(this.#ended);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
