import type { EventPayload } from '../../shared/contract.ts';

type Change = EventPayload<'library.changed'>;

/** Milliseconds between signs of life, so that a dead connection is noticed by either side. */
const heartbeat = 20_000;

/** The event streams that pages listen to. */
export interface ChangeStreams {
  /** A new stream of server-sent events, for one listener. */
  open(): ReadableStream<Uint8Array>;
  /** Tells every listener. One that is slow gets the newest state only, so nothing piles up. */
  tell(change: Change): void;
  /** Ends all streams. */
  close(): void;
}

/** Makes the event streams of one server; there are none until one is opened. */
export function changeStreams(): ChangeStreams {
  const listeners = new Set<{ tell(change: Change): void; beat(): void; close(): void }>();
  let timer: NodeJS.Timeout | undefined;
  const bytes = new TextEncoder();

  function open(): ReadableStream<Uint8Array> {
    let pending: Change | null = null;
    let forget = () => {};

    function sendPending(controller: ReadableStreamDefaultController<Uint8Array>): void {
      if (pending === null) return;
      controller.enqueue(bytes.encode(`event: library.changed\ndata: ${JSON.stringify(pending)}\n\n`));
      pending = null;
    }

    return new ReadableStream<Uint8Array>({
      start(controller) {
        const isReady = () => (controller.desiredSize ?? 0) > 0;
        const listener = {
          tell(change: Change) {
            pending = { state: change.state, rows: change.rows || pending?.rows === true };
            if (isReady()) sendPending(controller);
          },
          beat() {
            if (isReady()) controller.enqueue(bytes.encode(':\n\n'));
          },
          close() {
            forget();
            controller.close();
          },
        };
        forget = () => {
          listeners.delete(listener);
          if (listeners.size === 0) clearInterval(timer);
        };
        if (listeners.size === 0) timer = setInterval(beatAll, heartbeat).unref();
        listeners.add(listener);
        controller.enqueue(bytes.encode(': listening\n\n'));
      },
      pull: sendPending,
      cancel: () => forget(),
    });
  }

  function beatAll(): void {
    for (const listener of listeners) listener.beat();
  }

  return {
    open,
    tell(change) {
      for (const listener of listeners) listener.tell(change);
    },
    close() {
      for (const listener of [...listeners]) listener.close();
    },
  };
}
