import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CallName, callNames, type Handlers, type LibraryState, type ParsedInput } from '../../shared/contract.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { Library } from '../library-interface.ts';
import { describeError } from './describe-error.ts';
import { type Log, logFolderName } from './log.ts';
import { type NoticeCode, noticeCode } from './notice-codes.ts';

/** A call that takes longer than this, in milliseconds, is in the log. */
const long = 2000;

/** Calls that wait for the reader, or for as long as a file or the network takes. */
const waits = new Set<CallName>([
  ...(['backup.copy', 'backup.preview', 'backup.restore', 'backup.write', 'folder.choose'] as const),
  ...(['import.begin', 'import.confirm', 'import.preview', 'list.settled', 'print.pdf'] as const),
  ...(['updates.check', 'updates.fetch', 'updates.install'] as const),
]);

/**
 * Opens a library, and writes into the log how long that took, how large it is, and what it has to say: of this
 * opening, and later on.
 * @param dataFolder where it is, or is to be
 * @param open opens it; what it throws is passed on
 */
export async function logOpening(log: Log, dataFolder: string, open: () => Promise<Library>): Promise<Library> {
  const begun = performance.now();
  try {
    const library = await open();
    log.openIn(library.dataFolder);
    const state = await library.handlers['library.state']({});
    log.info('opened', {
      ms: performance.now() - begun,
      papers: state.counts.all,
      sources: state.sources.length,
      readOnly: state.readOnly !== null,
      rebuilding: state.rebuilding !== null,
    });
    const tell = noticesOf(log);
    tell(state);
    library.on('library.changed', ({ state: changed }) => tell(changed));
    return library;
  } catch (error) {
    log.openIn(dataFolder);
    // That another one has the folder open is no mistake of anybody's.
    const isHeld = failureOf(error).code === 'locked';
    log[isHeld ? 'info' : 'error']('failed', { where: 'opening', ...describeError(error) });
    if (error instanceof Error) logged.add(error);
    throw error;
  }
}

const logged = new WeakSet<object>();

/** Whether an error stands in the log already: a call failed by it, or the opening. */
export function isLogged(error: unknown): boolean {
  return typeof error === 'object' && error !== null && logged.has(error);
}

/** Writes what each new notice is about. */
function noticesOf(log: Log): (state: Pick<LibraryState, 'notices' | 'readOnly'>) => void {
  const told = new Set<NoticeCode>();
  return ({ notices, readOnly }) => {
    for (const sentence of readOnly === null ? notices : [readOnly, ...notices]) {
      const notice = noticeCode(sentence);
      if (told.has(notice)) continue;
      told.add(notice);
      log.warn('notice', { notice });
    }
  };
}

/**
 * Handlers that write into the log which call failed by a mistake of ours, and which took long. `debug` has every
 * call. Nothing of what a call is given or answers is looked at.
 */
export function logCalls(handlers: Handlers, log: Log): Handlers {
  const wrapped = <N extends CallName>(call: N): Handlers[N] => {
    const handler = handlers[call] as (input: ParsedInput<N>) => Promise<unknown>;
    return (async (input: ParsedInput<N>) => {
      const begun = performance.now();
      let ok = false;
      try {
        const answer = await handler(input);
        ok = true;
        return answer;
      } catch (error) {
        if (failureOf(error).code === 'internal') {
          log.error('failed', { where: 'call', call, ...describeError(error) });
          if (error instanceof Error) logged.add(error);
        }
        throw error;
      } finally {
        const ms = performance.now() - begun;
        log[ms > long && !waits.has(call) ? 'warn' : 'debug']('call', { call, ms, ok });
      }
    }) as Handlers[N];
  };
  return Object.fromEntries(callNames.map((name) => [name, wrapped(name)])) as Handlers;
}

/**
 * Handlers of a host that can show the folder of the log.
 * @param show shows a folder in the system's file manager; false where it cannot
 */
export function withLogFolder(
  handlers: Handlers,
  dataFolder: string,
  show: (folder: string) => Promise<boolean>,
): Handlers {
  const folder = join(dataFolder, logFolderName);
  return {
    ...handlers,
    'host.describe': async (input) => ({ ...(await handlers['host.describe'](input)), logs: true }),
    'logs.show': async () => {
      // There may be nothing in it yet, or the disk may have been full.
      await mkdir(folder, { mode: 0o700 }).catch(() => {});
      return { shown: await show(folder) };
    },
  };
}
