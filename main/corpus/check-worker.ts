import { parentPort, workerData } from 'node:worker_threads';
import { checkOnThisThread } from './check-corpus.ts';

/** What the thread is started with. */
export interface CheckQuestion {
  folder: string;
  captures: boolean;
}

// The entry of the thread that checks corpus.db, which keeps a thread busy until it has read all of it.

if (parentPort) {
  const port = parentPort;
  const { folder, captures } = workerData as CheckQuestion;
  port.postMessage(await checkOnThisThread(folder, captures));
}
