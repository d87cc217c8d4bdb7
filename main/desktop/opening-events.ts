import { app } from 'electron';
import type { Asked } from '../opening/asked.ts';

/**
 * Hears what macOS asks Offprint to open: files from the Finder and the dock, and links. Must be called before the
 * program is ready, for that is when it asks first.
 * @param open called with what was asked for together
 */
export function hearOpening(open: (asked: Asked[]) => void): void {
  let together: Asked[] = [];
  const hear = (one: Asked) => {
    // Files that are opened together come one by one, in one turn.
    if (together.length === 0) {
      setImmediate(() => {
        const asked = together;
        together = [];
        open(asked);
      });
    }
    together.push(one);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    hear({ kind: 'path', text: path });
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    hear({ kind: 'link', text: link });
  });
}
