import type { Client } from '../../shared/client.ts';
import { isDesktop } from '../transport/ipc.ts';
import { NoteSaver } from './note-saver.ts';

const savers = new WeakMap<Client, NoteSaver>();

/**
 * The saver of a library's notes. There is one per client for as long as the page lives, so that
 * what could not be saved outlasts a reader pane that is closed. It saves by itself when the page
 * goes into the background or away; a browser's page that would lose text by closing asks first.
 * What is not saved is kept in memory only: no storage of the browser's ever holds a note.
 */
export function noteSaverOf(client: Client): NoteSaver {
  const known = savers.get(client);
  if (known) return known;
  const saver = new NoteSaver({
    async save(id, text, { apart, over, joins }) {
      const how = { ...(apart && { apart }), ...(over !== null && { over }), ...(joins && { joins }) };
      return (await client.call('note.set', { id, text, ...how })).instead ?? null;
    },
    later(task, milliseconds) {
      const timer = setTimeout(task, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  savers.set(client, saver);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') saver.leave();
  });
  window.addEventListener('pagehide', () => saver.leave());
  // A page in the background may be stopped where it is, and thrown away without another word.
  document.addEventListener('freeze', () => saver.leave());
  // The desktop window waits for its `flush` to be answered instead of asking.
  if (!isDesktop()) {
    window.addEventListener('beforeunload', (event) => {
      saver.leave();
      if (saver.unsaved().some((id) => saver.failed().includes(id) || saver.isLong(id))) event.preventDefault();
    });
  }
  return saver;
}
