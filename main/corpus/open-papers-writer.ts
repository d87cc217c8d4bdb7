import { Worker } from 'node:worker_threads';
import { type Failure, OffprintError } from '../../shared/outcome.ts';
import type { PapersMessage, PapersMethod, PapersRequest, PapersWorkerStart } from './papers-messages.ts';
import type { OnProgress, PapersWriter } from './papers-writer.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress: OnProgress;
}

function errorOf(error: Failure, detail: string): OffprintError {
  return new OffprintError(error.code, error.message, { cause: detail });
}

/** Records are short-lived: more room for new objects would only be memory that nobody looks at again. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

/** Starts the thread that writes the papers of a data folder. */
export function startPapersWorker(folder: string): Worker {
  // As in `open-corpus.ts`: the bundle has the worker beside it, under its own name.
  const entry = import.meta.url.endsWith('.ts') ? './papers-worker.ts' : './papers-worker.js';
  const start: PapersWorkerStart = { folder };
  return new Worker(new URL(entry, import.meta.url), { name: 'papers', workerData: start, resourceLimits });
}

/**
 * Opens the papers of a data folder for writing, in a worker thread. There is to be one writer at
 * a time, and none while the folder is opened for reading.
 * @param worker the thread to use, just started
 * @throws OffprintError `newer`, `damaged` or `unreadable`, naming the path; nothing is changed then
 */
export async function openPapersWriter(folder: string, worker = startPapersWorker(folder)): Promise<PapersWriter> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: OffprintError | null = null;
  let closing: Promise<void> | null = null;

  const opening = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<void>();

  const end = (error: OffprintError) => {
    ended ??= error;
    opening.reject(ended);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', (message: PapersMessage) => {
    switch (message.kind) {
      case 'opened':
        return opening.resolve();
      case 'unopened':
        return opening.reject(errorOf(message.error, message.detail));
      case 'progress':
        return waiting.get(message.id)?.onProgress(message.progress);
      case 'answer':
        waiting.get(message.id)?.resolve(message.value);
        return waiting.delete(message.id);
      case 'failure':
        waiting.get(message.id)?.reject(errorOf(message.error, message.detail));
        return waiting.delete(message.id);
    }
  });
  worker.on('error', (error) => {
    end(new OffprintError('internal', 'The paper database stopped working. Restart Offprint.', { cause: error }));
  });
  worker.on('exit', () => {
    end(
      closing
        ? new OffprintError('refused', 'The paper database is closed.')
        : new OffprintError('internal', 'The paper database stopped working. Restart Offprint.'),
    );
    exited.resolve();
  });

  function call(method: PapersMethod, input: unknown[], onProgress: OnProgress = () => {}): Promise<never> {
    if (ended) return Promise.reject(ended);
    lastId += 1;
    const request: PapersRequest = { id: lastId, method, input };
    return new Promise<unknown>((resolve, reject) => {
      waiting.set(request.id, { resolve, reject, onProgress });
      worker.postMessage(request);
    }) as Promise<never>;
  }

  async function close(): Promise<void> {
    if (ended) return;
    await call('close', []);
    await exited.promise;
  }

  await opening.promise.catch(async (error: unknown) => {
    // It ends by itself, having nothing to wait for; one that is stopped inside SQLite takes the process with it.
    await exited.promise;
    throw error;
  });
  return {
    preview: (request, onProgress) => call('preview', [request], onProgress),
    confirm: (onProgress) => call('confirm', [], onProgress),
    cancel: () => call('cancel', []),
    importedMarks: (offset, limit) => call('importedMarks', [offset, limit]),
    removeSource: (source) => call('removeSource', [source]),
    undo: (change) => call('undo', [change]),
    redo: (change) => call('redo', [change]),
    forgetUndone: (except) => call('forgetUndone', [except]),
    setPairs: (pairs, label, turns) => call('setPairs', [pairs, label, turns]),
    rebuild: (onProgress) => call('rebuild', [], onProgress),
    findDuplicates: () => call('findDuplicates', []),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
