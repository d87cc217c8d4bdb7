import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';

/**
 * Writes down what nobody has caught, as it ends the process or would. It changes nothing of what happens then.
 * @returns stops it
 */
export function watchProcess(log: Log): () => void {
  const uncaught = (error: unknown, origin: NodeJS.UncaughtExceptionOrigin) => {
    log.error('failed', {
      where: origin === 'unhandledRejection' ? 'rejection' : 'exception',
      ...describeError(error),
    });
  };
  process.on('uncaughtExceptionMonitor', uncaught);
  return () => void process.off('uncaughtExceptionMonitor', uncaught);
}
