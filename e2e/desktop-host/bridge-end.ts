import type { Codec } from './codec.ts';

/** What stands in for a thing that cannot be copied, on its way from one world to the other. */
type Mark = { fn: number } | { promise: number };

/**
 * One world's end of the context bridge. Both worlds have the document in common and nothing else, so what one
 * says to the other is text in an event there: values are copied, functions and promises become calls across.
 */
export function makeEnd(codec: Codec, secret: string, me: 'page' | 'preload') {
  const other = me === 'page' ? 'preload' : 'page';
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const settling = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let lastPromise = 0;
  // What the other world answered last: its listeners run before `say` returns.
  let answered: { returned: unknown } | { threw: string } | null = null;
  let exposed: (name: string, value: unknown) => string | null = () => 'there is no such end';
  const target = document;
  const dispatch = EventTarget.prototype.dispatchEvent;

  const say = (message: unknown) =>
    dispatch.call(target, new CustomEvent(`${secret}-${other}`, { detail: codec.encode(message) }));

  function out(value: unknown): unknown {
    if (typeof value === 'function') {
      functions.push(value as (...args: unknown[]) => unknown);
      return { [secret]: { fn: functions.length - 1 } satisfies Mark };
    }
    if (value instanceof Promise) {
      lastPromise += 1;
      const promise = lastPromise;
      value.then(
        (result) => say({ settle: promise, value: out(result) }),
        (error) => say({ settle: promise, threw: wordsOf(error) }),
      );
      return { [secret]: { promise } satisfies Mark };
    }
    if (Array.isArray(value)) return value.map(out);
    if (typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Object]')
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, out(item)]));
    return value;
  }

  function into(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(into);
    if (typeof value !== 'object' || value === null || Object.prototype.toString.call(value) !== '[object Object]')
      return value;
    const mark = Object.hasOwn(value, secret) ? (Reflect.get(value, secret) as Mark) : null;
    if (mark === null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, into(item)]));
    if ('fn' in mark) return (...args: unknown[]) => call(mark.fn, args);
    return new Promise((resolve, reject) => settling.set(mark.promise, { resolve, reject }));
  }

  const wordsOf = (error: unknown) =>
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

  function call(fn: number, args: unknown[]): unknown {
    say({ call: fn, args: out(args) });
    const answer = answered;
    answered = null;
    if (answer === null) throw new Error('The other world has gone.');
    if ('threw' in answer) throw new Error(answer.threw);
    return into(answer.returned);
  }

  type Said =
    | { call: number; args: unknown }
    | { returned: unknown }
    | { threw: string }
    | { settle: number; value?: unknown; threw?: string }
    | { expose: string; value: unknown };

  target.addEventListener(`${secret}-${me}`, (event) => {
    const said = codec.decode((event as CustomEvent<string>).detail) as Said;
    if ('call' in said) {
      try {
        say({ returned: out(functions[said.call]?.(...(into(said.args) as unknown[]))) });
      } catch (error) {
        say({ threw: wordsOf(error) });
      }
    } else if ('expose' in said) {
      const refusal = exposed(said.expose, into(said.value));
      say(refusal === null ? { returned: null } : { threw: refusal });
    } else if ('settle' in said) {
      const waiting = settling.get(said.settle);
      settling.delete(said.settle);
      if (said.threw === undefined) waiting?.resolve(into(said.value));
      else waiting?.reject(new Error(said.threw));
    } else answered = said;
  });

  return {
    expose(name: string, value: unknown): void {
      say({ expose: name, value: out(value) });
      const answer = answered;
      answered = null;
      if (answer === null || 'threw' in answer) throw new Error(answer?.threw ?? 'There is no page.');
    },
    onExposed(listener: typeof exposed): void {
      exposed = listener;
    },
  };
}
