import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { eventChannel } from './channels.ts';
import { FakeWebContents } from './electron-double-window.ts';
import { sendEvent } from './send-event.ts';

test('a page is told, and one that is gone is left alone', () => {
  const contents = new FakeWebContents();
  sendEvent(contents as unknown as WebContents, 'command', { id: 'help' });
  expect(contents.sent).toEqual([[eventChannel, 'command', { id: 'help' }]]);
  contents.destroyed = true;
  sendEvent(contents as unknown as WebContents, 'flush', {});
  expect(contents.sent).toHaveLength(1);
});
