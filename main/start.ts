// npm start: builds Offprint if needed and opens it.
import { dirname } from 'node:path';
import { thisMachine } from './start/machine.ts';
import { startOffprint } from './start/start-offprint.ts';

const root = dirname(import.meta.dirname);
const machine = thisMachine(root);

process.on('SIGTERM', () => machine.stop('SIGTERM'));
process.on('SIGHUP', () => machine.stop('SIGTERM'));
process.on('SIGINT', () => {
  // Ctrl-C reaches every program of a terminal, but who else sends it sends it to this one only. Another
  // kind of signal, so that it does not come twice; on Windows it would be no signal but the end.
  machine.stop(process.platform === 'win32' ? null : 'SIGTERM');
});

if (process.env['npm_lifecycle_event'] !== undefined) {
  // npm runs this through a shell, which ends on a signal without passing it on.
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell && !machine.isStopping) machine.stop('SIGTERM');
  }, 500).unref();
}

const code = await startOffprint(machine, root, process.argv.slice(2));
process.exitCode = machine.isStopping && code !== 0 ? 130 : code;
