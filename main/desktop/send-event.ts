import type { WebContents } from 'electron';
import type { EventName, EventPayload } from '../../shared/contract.ts';
import { eventChannel } from './channels.ts';

/** Tells a page something of the contract's events. A page that is gone is told nothing. */
export function sendEvent<E extends EventName>(contents: WebContents, event: E, payload: EventPayload<E>): void {
  if (!contents.isDestroyed()) contents.send(eventChannel, event, payload);
}
