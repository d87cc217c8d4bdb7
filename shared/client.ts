import {
  type CallInput,
  type CallName,
  type CallOutput,
  callNames,
  contract,
  type EventName,
  type EventPayload,
  events,
} from './contract.ts';
import { OffprintError, outcomeSchema } from './outcome.ts';

/** What carries calls and events: IPC in the desktop window, HTTP in a browser. */
export interface Transport {
  /** Sends a call and resolves with the raw answer, an `Outcome` not yet checked. */
  call(name: CallName, input: unknown): Promise<unknown>;
  /** Listens to an event; returns the function that stops listening. */
  on(event: EventName, listener: (payload: unknown) => void): () => void;
}

/** The library as a window sees it: one typed function per call, and the events. */
export interface Client {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
}

/**
 * Makes a client over a transport. Answers and events are checked with their schemas.
 * A call rejects with an {@link OffprintError} when the library answers with a failure or with
 * something that is not an answer.
 */
export function makeClient(transport: Transport): Client {
  const outcomes = new Map(callNames.map((name) => [name, outcomeSchema(contract[name].output)]));
  return {
    async call(name, input) {
      const answer = outcomes.get(name)?.safeParse(await transport.call(name, input));
      if (!answer?.success) throw new OffprintError('internal', `The library's answer to ${name} could not be read.`);
      if (!answer.data.ok) throw new OffprintError(answer.data.error.code, answer.data.error.message);
      return answer.data.value as CallOutput<typeof name>;
    },
    on(event, listener) {
      return transport.on(event, (payload) => {
        const parsed = events[event].safeParse(payload);
        if (parsed.success) listener(parsed.data as EventPayload<typeof event>);
      });
    },
  };
}
