// npm start: builds Offprint if needed and opens it.
import { dirname } from 'node:path';
import { thisMachine } from './start/machine.ts';
import { startOffprint } from './start/start-offprint.ts';

const root = dirname(import.meta.dirname);
const machine = thisMachine(root);

process.on('SIGTERM', () => machine.stop('SIGTERM'));
process.on('SIGHUP', () => machine.stop('SIGTERM'));
process.on('SIGINT', () => {
  // From a terminal Ctrl-C reaches every program that runs in it, from elsewhere only this one.
  machine.stop(process.stdin.isTTY ? null : 'SIGINT');
});

const code = await startOffprint(machine, root, process.argv.slice(2));
process.exitCode = machine.isStopping && code !== 0 ? 130 : code;
