/** Something that messages can be sent through, one after another: a child process as seen from either side. */
export interface Wire {
  send(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** What one side of a {@link Line} can be asked: by name, one input, one answer. */
export type Answers<Calls> = { [Name in keyof Calls]: Answer<Calls[Name]> };

type Answer<Call> = Call extends (input: infer Input) => infer Output
  ? (input: Input) => Output | Promise<Output>
  : never;

/** The way to the other side. */
export interface Line<Calls> {
  /** Asks, and resolves with the answer; rejects with the other side's error, or when it has gone. */
  ask<Name extends keyof Calls & string>(name: Name, input: InputOf<Calls[Name]>): Promise<OutputOf<Calls[Name]>>;
  /** To be called when the other side has gone: whoever still waits is told so. */
  cut(why: string): void;
}

type InputOf<Call> = Call extends (input: infer Input) => unknown ? Input : never;
type OutputOf<Call> = Call extends (input: never) => infer Output ? Awaited<Output> : never;

type Message =
  | { ask: number; name: string; input: unknown }
  | { answer: number; value: unknown }
  | { answer: number; error: string };

/**
 * Joins this side to the other one. Questions and answers arrive in the order in which they were sent.
 * @param answers what the other side may ask of this one
 */
export function joinLine<Theirs, Ours>(wire: Wire, answers: Answers<Ours>): Line<Theirs> {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let isCut: string | null = null;
  let last = 0;

  const answer = async (id: number, name: string, input: unknown) => {
    try {
      const call = Reflect.get(answers, name) as (input: unknown) => unknown;
      wire.send({ answer: id, value: await call(input) });
    } catch (error) {
      wire.send({ answer: id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };

  wire.on('message', (received) => {
    const message = received as Message;
    if ('ask' in message) {
      void answer(message.ask, message.name, message.input);
      return;
    }
    const asker = waiting.get(message.answer);
    waiting.delete(message.answer);
    if ('error' in message) asker?.reject(new Error(message.error));
    else asker?.resolve(message.value as never);
  });

  return {
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        if (isCut !== null) return reject(new Error(isCut));
        last += 1;
        waiting.set(last, { resolve, reject });
        wire.send({ ask: last, name, input });
      }),
    cut(why) {
      isCut = why;
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    },
  };
}
