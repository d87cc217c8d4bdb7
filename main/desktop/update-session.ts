import { type Session, session } from 'electron';
import { mayAskFeed } from './allowed-network.ts';

/** The partition that electron-updater fetches in, by its own name for it. In memory: nothing of it is kept. */
export const updatePartition = 'electron-updater';

/** What a request to the feed may say besides what is asked for; all else would be about the reader. */
const plainHeaders = new Set(['accept', 'accept-encoding', 'cache-control', 'connection', 'host', 'range']);

/**
 * The one session that may ask something of the network: to read, from these hosts. It says nothing of the reader:
 * no version, system or language, no cookie, no number that would tell one reader from another.
 * @param hosts of the release feed
 */
export function openUpdateSession(hosts: readonly string[]): Session {
  // It has been guarded like every other as it was made; this takes the place of what that denies.
  const opened = session.fromPartition(updatePartition, { cache: false });
  opened.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayAskFeed(details, hosts) }));
  opened.webRequest.onBeforeSendHeaders(({ requestHeaders }, answer) => {
    const kept = Object.entries(requestHeaders).filter(([name]) => plainHeaders.has(name.toLowerCase()));
    answer({ requestHeaders: { ...Object.fromEntries(kept), 'User-Agent': 'Offprint' } });
  });
  return opened;
}
