import type { EntryFields } from './entries.ts';
import type { Log } from './log.ts';

/**
 * Writes which program it is that has started, and on what.
 * @param host what for
 * @param appVersion the version of Offprint
 * @param more what is known beyond that
 */
export function logStart(
  log: Log,
  host: EntryFields<'start'>['host'],
  appVersion: string,
  more: Pick<EntryFields<'start'>, 'packaged'> = {},
): void {
  const { electron, chrome, node } = process.versions;
  log.info('start', {
    ...{
      host,
      version: appVersion,
      platform: process.platform,
      arch: process.arch as EntryFields<'start'>['arch'],
      node,
    },
    ...(electron !== undefined && { electron }),
    ...(chrome !== undefined && { chrome }),
    ...more,
  });
}
