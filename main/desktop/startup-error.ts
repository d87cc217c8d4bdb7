import { app, dialog } from 'electron';
import { failureOf } from '../../shared/outcome.ts';
import { describeError } from '../log/describe-error.ts';
import { log } from '../log/log.ts';
import { isLogged } from '../log/log-library.ts';
import { reportInternalError } from './report-internal-error.ts';

/** Says why Offprint cannot start, in a dialog and on standard error, and ends it with code 1. */
export function explainAndExit(error: unknown): void {
  const failure = failureOf(error);
  if (failure.code === 'internal') reportInternalError(error);
  if (!isLogged(error)) log.error('failed', { where: 'start', ...describeError(error) });
  process.stderr.write(`Offprint cannot open its library. ${failure.message}\n`);
  dialog.showErrorBox('Offprint cannot open its library', failure.message);
  app.exit(1);
}
