import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../../shared/outcome.ts';
import { LocalCorpus } from './local-corpus.ts';
import type { Message, Request, WorkerStart } from './messages.ts';

// The entry of the worker thread that reads corpus.db and owns marks.db. Requests are answered in the order they
// come; between them, result sets that are not read to their end are read on in small slices.

function detailOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Several counts that become known one after the other are told together: milliseconds from one telling to the next. */
const tellingApart = 100;

function serve(port: MessagePort, corpus: LocalCorpus): void {
  const send = (message: Message) => port.postMessage(message);
  let idling = false;
  let lastTold = 0;
  const tell = () => {
    if (idling && Date.now() - lastTold < tellingApart) return;
    if (!corpus.takeCounted()) return;
    lastTold = Date.now();
    send({ kind: 'counted' });
  };
  const idle = () => {
    try {
      idling = corpus.idle();
    } catch {
      // Whoever asks for the rows that could not be read is told then.
      idling = false;
    }
    tell();
    if (idling) setImmediate(idle);
  };
  port.on('message', ({ id, method, input }: Request) => {
    const fail = (error: unknown) =>
      send({ kind: 'failure', id, error: failureOf(corpus.explain(error)), detail: detailOf(error) });
    try {
      const run = corpus[method] as (...input: unknown[]) => unknown;
      const value = run.apply(corpus, input);
      // Some answers come later; others must not be held up by so much as a turn.
      if (value instanceof Promise) value.then((late) => send({ kind: 'answer', id, value: late }), fail);
      else send({ kind: 'answer', id, value });
    } catch (error) {
      fail(error);
    }
    if (method === 'close') {
      idling = true;
      port.close();
    } else if (!idling) {
      idling = true;
      setImmediate(idle);
    }
  });
}

if (parentPort) {
  const { folder, options } = workerData as WorkerStart;
  try {
    const corpus = new LocalCorpus(folder, {}, options);
    serve(parentPort, corpus);
    const { created, marksStamp, trouble, isUnclean } = corpus;
    parentPort.postMessage({ kind: 'opened', created, marksStamp, trouble, isUnclean } satisfies Message);
  } catch (error) {
    const message: Message = { kind: 'unopened', error: failureOf(error), detail: detailOf(error) };
    parentPort.postMessage(message);
  }
}
