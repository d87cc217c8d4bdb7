import type { Transport } from '../../shared/client.ts';
import type { EventName } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';

/** The parts of a browser that the HTTP transport stands on. */
export interface BrowserParts {
  fetch: typeof fetch;
  EventSource: new (url: string) => EventSource;
  /** True when the page is going away or in the background. */
  isHidden(): boolean;
  /** Runs `task` after `milliseconds`; returns the function that calls it off. */
  later(task: () => void, milliseconds: number): () => void;
}

type Listener = (payload: unknown) => void;

/** A request that outlives its page may not be larger, in characters (the limit is 64 KiB for all together). */
const largestKeptAlive = 15_000;
const longestWait = 30_000;

const notAnswering =
  'Offprint is not answering. It may have been stopped: start it again and open the address that it prints.';

/**
 * The transport of a page that `serve` gave to a browser. A call rejects with an `OffprintError`
 * of code `unreadable` when the server is gone; a refusal (401) arrives as the server's own
 * `refused` answer. When events come again after a break, listeners to `library.changed` are told
 * the state as it is now. Addresses are relative to the page's own, which stands under a path of its own.
 */
export function httpTransport(parts: BrowserParts): Transport {
  async function call(name: string, input: unknown): Promise<unknown> {
    const body = JSON.stringify(input);
    try {
      const response = await parts.fetch(`api/call/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
        // What is saved while the page closes must arrive all the same.
        keepalive: parts.isHidden() && body.length < largestKeptAlive,
      });
      return await response.json();
    } catch (cause) {
      throw new OffprintError('unreadable', notAnswering, { cause });
    }
  }

  const stream = eventStream(parts, async () => {
    const answer = await call('library.state', {}).catch(() => null);
    return isSuccess(answer) ? { state: answer.value, rows: true } : null;
  });
  return { call, on: stream.on };
}

/** One event stream for all listeners, open while there are any. */
function eventStream(parts: BrowserParts, changeNow: () => Promise<unknown>) {
  const listeners = new Map<EventName, Set<Listener>>();
  let source: EventSource | null = null;
  let callOff: (() => void) | null = null;
  let broken = false;
  let wait = 1000;

  function tell(event: EventName, payload: unknown): void {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  }

  function forward(source: EventSource, event: EventName): void {
    source.addEventListener(event, (message) => tell(event, parseJson(message.data)));
  }

  function open(): void {
    const opened = new parts.EventSource('api/events');
    source = opened;
    opened.addEventListener('open', async () => {
      wait = 1000;
      if (!broken) return;
      broken = false;
      const change = await changeNow();
      if (change !== null) tell('library.changed', change);
    });
    opened.addEventListener('error', () => {
      broken = true;
      // Unless it is closed the browser tries again by itself.
      if (opened.readyState !== 2 || source !== opened) return;
      callOff = parts.later(open, wait);
      wait = Math.min(wait * 2, longestWait);
    });
    for (const event of listeners.keys()) forward(opened, event);
  }

  function close(): void {
    callOff?.();
    source?.close();
    source = null;
    callOff = null;
    broken = false;
    wait = 1000;
  }

  return {
    on(event: EventName, listener: Listener): () => void {
      const known = listeners.get(event);
      if (known) known.add(listener);
      else {
        listeners.set(event, new Set([listener]));
        if (source) forward(source, event);
      }
      if (!source && !callOff) open();
      return () => {
        const left = listeners.get(event);
        left?.delete(listener);
        if ([...listeners.values()].every((set) => set.size === 0)) {
          close();
          listeners.clear();
        }
      };
    },
  };
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

function isSuccess(answer: unknown): answer is { ok: true; value: unknown } {
  return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'ok') === true && 'value' in answer;
}
