import type { EventName, EventPayload } from '../../shared/contract.ts';

/** Milliseconds between signs of life, so that a dead connection is noticed by either side. */
const heartbeat = 20_000;

/** The event streams that pages listen to. */
export interface EventStreams {
  /** How many listen. */
  readonly listeners: number;
  /** A new stream of server-sent events, for one listener. */
  open(): ReadableStream<Uint8Array>;
  /** Tells every listener. One that is slow gets the newest of each event only, so nothing piles up. */
  tell<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** Ends all streams. */
  close(): void;
}

/** What an event says of those before it that were not sent: most say all that there is to know. */
function withUnsent(event: EventName, payload: object, unsent: object | undefined): object {
  if (event !== 'library.changed' || unsent === undefined) return payload;
  return Reflect.get(unsent, 'rows') === true ? { ...payload, rows: true } : payload;
}

/** Makes the event streams of one server; there are none until one is opened. */
export function eventStreams(): EventStreams {
  const listeners = new Set<{ tell(event: EventName, payload: object): void; beat(): void; close(): void }>();
  let timer: NodeJS.Timeout | undefined;
  const bytes = new TextEncoder();

  function open(): ReadableStream<Uint8Array> {
    const pending = new Map<EventName, object>();
    let forget = () => {};

    function sendPending(controller: ReadableStreamDefaultController<Uint8Array>): void {
      for (const [event, payload] of pending) {
        controller.enqueue(bytes.encode(`event: ${event}\ndata: ${JSON.stringify(payload)}\n\n`));
      }
      pending.clear();
    }

    return new ReadableStream<Uint8Array>({
      start(controller) {
        const isReady = () => (controller.desiredSize ?? 0) > 0;
        const listener = {
          tell(event: EventName, payload: object) {
            pending.set(event, withUnsent(event, payload, pending.get(event)));
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
    get listeners() {
      return listeners.size;
    },
    open,
    tell(event, payload) {
      for (const listener of listeners) listener.tell(event, payload);
    },
    close() {
      for (const listener of [...listeners]) listener.close();
    },
  };
}
