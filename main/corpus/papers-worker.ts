import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../../shared/outcome.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import type { PapersMessage, PapersRequest, PapersWorkerStart } from './papers-messages.ts';
import type { OnProgress } from './papers-writer.ts';

// The entry of the worker thread that writes corpus.db. Long work lets other requests in between,
// so that it can be cancelled; the writer itself sees to it that one thing is done at a time.

function detailOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function serve(port: MessagePort, writer: LocalPapersWriter): void {
  const send = (message: PapersMessage) => port.postMessage(message);
  const answer = async ({ id, method, input }: PapersRequest) => {
    const onProgress: OnProgress = (progress) => send({ kind: 'progress', id, progress });
    const run = writer[method] as (...input: unknown[]) => Promise<unknown>;
    try {
      send({ kind: 'answer', id, value: await run.call(writer, ...input, onProgress) });
    } catch (error) {
      send({ kind: 'failure', id, error: failureOf(writer.explain(error)), detail: detailOf(error) });
    }
    if (method === 'close') port.close();
  };
  port.on('message', (request: PapersRequest) => void answer(request));
}

if (parentPort) {
  const { folder } = workerData as PapersWorkerStart;
  try {
    serve(parentPort, new LocalPapersWriter(folder));
    parentPort.postMessage({ kind: 'opened' } satisfies PapersMessage);
  } catch (error) {
    const message: PapersMessage = { kind: 'unopened', error: failureOf(error), detail: detailOf(error) };
    parentPort.postMessage(message);
  }
}
