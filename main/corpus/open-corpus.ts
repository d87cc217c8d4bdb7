import { Worker } from 'node:worker_threads';
import { OffprintError } from '../../shared/outcome.ts';
import type { Corpus } from './corpus.ts';
import { CorpusThread } from './corpus-thread.ts';
import type { CorpusMethod, CorpusOptions } from './local-corpus.ts';
import { corpusMethods, type WorkerStart } from './messages.ts';

/** Starts the thread that reads the papers of a data folder. */
export function startCorpusWorker(folder: string, options: CorpusOptions = {}): Worker {
  // The same module is TypeScript in the sources and part of a bundle when built, where the
  // worker stands beside it under its own name.
  const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './corpus-worker.js';
  const start: WorkerStart = { folder, options };
  return new Worker(new URL(entry, import.meta.url), { name: 'corpus', workerData: start });
}

/**
 * Opens the papers of a data folder for reading, in a worker thread. Makes the folder and an empty
 * database where there is none; so a `PapersWriter` is opened after it and closed before it. A
 * database that cannot be used is set aside and begun anew, one that must not be written is left
 * alone: see `trouble`.
 * @param options `folder`: the data folder, which holds `corpus.db` and `marks.db`; `readOnly`:
 * nothing in it may be touched; `unusable`: `corpus.db` is to be set aside whatever it looks like, and
 * why; `lastResult`: result sets get higher numbers; `worker`: the thread to use, just started
 * @throws OffprintError `unreadable`, naming the path, when the folder cannot be used at all
 */
export async function openCorpus({
  folder,
  worker,
  ...options
}: { folder: string; worker?: Worker } & Pick<CorpusOptions, 'readOnly' | 'unusable' | 'lastResult'>): Promise<Corpus> {
  const listeners = { counted: () => {} };
  let mend: () => Promise<void> = () => Promise.reject(new Error('nobody mends the papers'));
  const start = (first?: Worker, more: CorpusOptions = {}) =>
    CorpusThread.start(first ?? startCorpusWorker(folder, { ...options, ...more }), listeners);
  let thread = await start(worker);
  /** The thread that calls go to, once there is one again. */
  let reopening: Promise<void> | null = null;
  let closing: Promise<void> | null = null;
  let lastResult = options.lastResult ?? 0;
  let watched: unknown[] | null = null;

  async function call(method: CorpusMethod, input: unknown[]): Promise<unknown> {
    if (method === 'watch') watched = input;
    while (reopening) await reopening.catch(() => {});
    const value = await thread.call(method, input).catch((error: unknown) => mended(error, method, input));
    if (method === 'openList') lastResult = Math.max(lastResult, (value as { result: number }).result);
    return value;
  }

  /** What a call answers once the database is mended that it found to be damaged. */
  async function mended(error: unknown, method: CorpusMethod, input: unknown[]): Promise<unknown> {
    if (!(error instanceof OffprintError) || error.code !== 'damaged' || closing) throw error;
    await mend().catch(() => {
      throw error;
    });
    return await thread.call(method, input);
  }

  async function reopen(unusable: CorpusOptions['unusable']): Promise<void> {
    await thread.close();
    thread = await start(undefined, { unusable: unusable ?? null, lastResult });
    if (watched) await thread.call('watch', watched);
  }

  const methods = Object.keys(corpusMethods) as CorpusMethod[];
  const calls = Object.fromEntries(methods.map((method) => [method, (...input: unknown[]) => call(method, input)]));
  return {
    ...(calls as unknown as Omit<
      Corpus,
      'created' | 'marksStamp' | 'trouble' | 'isUnclean' | 'lastResult' | 'onCounted' | 'onDamaged'
    >),
    get created() {
      return thread.opened.created;
    },
    get marksStamp() {
      return thread.opened.marksStamp;
    },
    get trouble() {
      return thread.opened.trouble;
    },
    get lastResult() {
      return lastResult;
    },
    get isUnclean() {
      return thread.opened.isUnclean;
    },
    onCounted: (listener) => {
      listeners.counted = listener;
    },
    onDamaged: (listener) => {
      mend = listener;
    },
    reopen: (unusable) => {
      if (closing) return Promise.reject(new OffprintError('refused', 'The paper database is closed.'));
      reopening ??= reopen(unusable).finally(() => {
        reopening = null;
      });
      return reopening;
    },
    close: () => {
      closing ??= (async () => {
        await reopening?.catch(() => {});
        await thread.close();
      })();
      return closing;
    },
  };
}
