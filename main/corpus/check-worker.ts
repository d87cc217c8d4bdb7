import { parentPort, workerData } from 'node:worker_threads';
import { checkOnThisThread } from './check-corpus.ts';

/** What the thread is started with. */
export interface CheckQuestion {
  folder: string;
  captures: boolean;
}

// The entry of the thread that checks corpus.db. Any message has it end soon.

if (parentPort) {
  const port = parentPort;
  let isStopped = false;
  port.once('message', () => {
    isStopped = true;
  });
  const { folder, captures } = workerData as CheckQuestion;
  port.postMessage(await checkOnThisThread(folder, captures, () => isStopped));
  port.close();
}
