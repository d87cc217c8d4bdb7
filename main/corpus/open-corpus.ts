import { Worker } from 'node:worker_threads';
import { type Failure, OffprintError } from '../../shared/outcome.ts';
import type { Corpus } from './corpus.ts';
import type { CorpusMethod } from './local-corpus.ts';
import { corpusMethods, type Message, type Request, type WorkerStart } from './messages.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

function errorOf(error: Failure, detail: string): OffprintError {
  return new OffprintError(error.code, error.message, { cause: detail });
}

/** Starts the thread that reads the papers of a data folder. */
export function startCorpusWorker(folder: string): Worker {
  // The same module is TypeScript in the sources and part of a bundle when built, where the
  // worker stands beside it under its own name.
  const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './corpus-worker.js';
  const start: WorkerStart = { folder };
  return new Worker(new URL(entry, import.meta.url), { name: 'corpus', workerData: start });
}

/**
 * Opens the papers of a data folder for reading, in a worker thread. Makes the folder and an empty
 * database where there is none; so a `PapersWriter` is opened after it and closed before it.
 * @param options `folder`: the data folder, which holds `corpus.db` and `marks.db`; `worker`: the
 * thread to use, just started
 * @throws OffprintError `newer`, `damaged` or `unreadable`, naming the path; nothing is changed then
 */
export async function openCorpus({
  folder,
  worker = startCorpusWorker(folder),
}: {
  folder: string;
  worker?: Worker;
}): Promise<Corpus> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: OffprintError | null = null;
  let closing: Promise<void> | null = null;

  let counted = () => {};

  const opening = Promise.withResolvers<{ created: boolean; marksStamp: string | null }>();
  const exited = Promise.withResolvers<void>();

  const end = (error: OffprintError) => {
    ended ??= error;
    opening.reject(ended);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', (message: Message) => {
    switch (message.kind) {
      case 'opened':
        return opening.resolve(message);
      case 'unopened':
        return opening.reject(errorOf(message.error, message.detail));
      case 'answer':
        waiting.get(message.id)?.resolve(message.value);
        return waiting.delete(message.id);
      case 'failure':
        waiting.get(message.id)?.reject(errorOf(message.error, message.detail));
        return waiting.delete(message.id);
      case 'counted':
        return counted();
    }
  });
  worker.on('error', (error) => {
    end(new OffprintError('internal', 'The paper database stopped working. Restart Offprint.', { cause: error }));
  });
  worker.on('exit', () => {
    const what = closing ? 'is closed.' : 'stopped working. Restart Offprint.';
    end(new OffprintError('internal', `The paper database ${what}`));
    exited.resolve();
  });

  function call(method: CorpusMethod, input: unknown[]): Promise<unknown> {
    if (ended) return Promise.reject(ended);
    lastId += 1;
    const request: Request = { id: lastId, method, input };
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    });
  }

  async function close(): Promise<void> {
    if (ended) return;
    await call('close', []);
    await exited.promise;
  }

  const { created, marksStamp } = await opening.promise.catch(async (error: unknown) => {
    // It ends by itself, having nothing to wait for; one that is stopped inside SQLite takes the process with it.
    await exited.promise;
    throw error;
  });
  const methods = Object.keys(corpusMethods) as CorpusMethod[];
  const calls = Object.fromEntries(methods.map((method) => [method, (...input: unknown[]) => call(method, input)]));
  return {
    ...(calls as unknown as Omit<Corpus, 'created' | 'marksStamp' | 'onCounted'>),
    created,
    marksStamp,
    onCounted: (listener) => {
      counted = listener;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
