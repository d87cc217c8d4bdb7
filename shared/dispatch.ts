import type * as z from 'zod';
import { type CallName, contract, type Handlers } from './contract.ts';
import { failureOf, type Outcome } from './outcome.ts';

/**
 * The one way into the library from outside: checks the call's name and input, runs its handler,
 * and turns whatever happens into an {@link Outcome}. Never throws.
 * @param name what the caller called; need not be a call
 * @param input what the caller sent; not trusted
 * @param report told of errors that are ours, for a log; never of the input
 */
export async function dispatch(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  report: (error: unknown) => void = () => {},
): Promise<Outcome<unknown>> {
  if (typeof name !== 'string' || !Object.hasOwn(contract, name)) {
    return { ok: false, error: { code: 'bad-input', message: 'There is no such call.' } };
  }
  const callName = name as CallName;
  const parsed = contract[callName].input.safeParse(input);
  if (!parsed.success) {
    return { ok: false, error: { code: 'bad-input', message: `${callName}: ${firstIssue(parsed.error)}` } };
  }
  try {
    const handler = handlers[callName] as (input: unknown) => Promise<unknown>;
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === 'internal') report(error);
    return { ok: false, error: failure };
  }
}

/** The first thing wrong with an input, with its place, and without the input itself. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'the input is not valid';
  const place = issue.path.map(String).join('.');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}
