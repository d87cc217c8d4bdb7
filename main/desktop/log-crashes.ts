import { app } from 'electron';
import { describeError } from '../log/describe-error.ts';
import { crashReasons } from '../log/entries.ts';
import type { Log } from '../log/log.ts';
import { watchProcess } from '../log/watch-process.ts';

const processes = { GPU: 'gpu', Utility: 'utility' } as const;

/**
 * Writes down when a process of Chromium's has gone without having been asked to, when a page does not answer or its
 * preload script fails, what nobody has caught, and how the program ends. Call it before there is a page.
 */
export function logCrashes(log: Log): void {
  const reasonOf = (reason: string) => crashReasons.find((each) => each === reason) ?? 'other';
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    const process = Object.hasOwn(processes, type) ? processes[type as keyof typeof processes] : 'other';
    log.error('gone', { process, reason: reasonOf(reason), exitCode });
  });
  app.on('web-contents-created', (_event, contents) => {
    contents.on('render-process-gone', (_gone, { reason, exitCode }) => {
      if (reason !== 'clean-exit') log.error('gone', { process: 'renderer', reason: reasonOf(reason), exitCode });
    });
    contents.on('unresponsive', () => log.warn('unresponsive', {}));
    contents.on('preload-error', (_preload, _path, error) => {
      log.error('failed', { where: 'page', ...describeError(error) });
    });
  });
  // Electron warns of these on standard error, with the words of the error.
  const rejected = (error: unknown) => log.error('failed', { where: 'rejection', ...describeError(error) });
  process.on('unhandledRejection', rejected);
  const forget = watchProcess(log);
  app.once('quit', (_event, code) => {
    log.info('quit', { code });
    process.off('unhandledRejection', rejected);
    forget();
  });
}
