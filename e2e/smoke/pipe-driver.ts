import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** A page of a program, driven from outside of it. */
export interface DrivenPage {
  /** What an expression in the page comes to; data only. Waits where it is a promise. */
  evaluate(expression: string): Promise<unknown>;
  /** Resolves when an expression comes to something true; asked again and again. @throws when it never does */
  until(expression: string): Promise<void>;
  /** Presses and lets go a key that writes something or has a name (`Escape`). */
  press(key: string): Promise<void>;
  /** Types text as a keyboard of that language would. */
  type(text: string): Promise<void>;
}

/** A program that was started with `--remote-debugging-pipe`. */
export interface DrivenProgram {
  child: ChildProcess;
  /** Its first page at an address that begins so. @throws when there is none in time */
  page(beginning: string): Promise<DrivenPage>;
  /** Resolves with the exit code when it has ended. */
  ended(): Promise<number | null>;
}

/** Milliseconds that a slow machine may take for anything. */
const patience = 60_000;
/** Milliseconds between two looks at the same thing. */
const pause = 50;

interface Message {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/**
 * Starts a program of Chromium's kind and speaks the DevTools protocol with it over its pipes 3 and 4, messages ended by
 * NUL: https://chromedevtools.github.io/devtools-protocol/. An installed program takes neither a port nor Node's
 * inspector, by which drivers reach Electron otherwise.
 */
export function startDriven(program: string, args: readonly string[]): DrivenProgram {
  // Before what is to be opened, after which an installed program reads no switches.
  const child = spawn(program, ['--remote-debugging-pipe', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (written += data.toString()));
  const [toProgram, fromProgram] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const exit = once(child, 'exit');
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const fail = (reason: string) => {
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  };
  child.once('exit', (code) => fail(`the program ended with ${code}: ${written}`));
  child.once('error', ({ message }) => fail(message));
  // The program may end while something is being said to it.
  toProgram.on('error', () => {});
  let rest = '';
  fromProgram.setEncoding('utf8').on('data', (piece: string) => {
    const messages = (rest + piece).split('\0');
    rest = messages.pop() ?? '';
    for (const text of messages) {
      const { id, result, error } = JSON.parse(text) as Message;
      const call = waiting.get(id ?? 0);
      waiting.delete(id ?? 0);
      if (error) call?.reject(new Error(error.message));
      else call?.resolve(result ?? {});
    }
  });
  let calls = 0;
  const call = (method: string, params: object = {}, sessionId?: string) => {
    calls += 1;
    const answer = Promise.withResolvers<Record<string, unknown>>();
    waiting.set(calls, answer);
    toProgram.write(`${JSON.stringify({ id: calls, method, params, sessionId })}\0`);
    return answer.promise;
  };

  return {
    child,
    async page(beginning) {
      const target = await soon(async () => {
        const { targetInfos } = (await call('Target.getTargets')) as {
          targetInfos: { targetId: string; type: string; url: string }[];
        };
        return targetInfos.find(({ type, url }) => type === 'page' && url.startsWith(beginning));
      }, `a page at ${beginning}`);
      const { sessionId } = await call('Target.attachToTarget', { targetId: target.targetId, flatten: true });
      return pageOf((method, params) => call(method, params, String(sessionId)));
    },
    async ended() {
      const [code] = (await exit) as [number | null];
      return code;
    },
  };
}

async function soon<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const until = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > until) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function pageOf(call: (method: string, params: object) => Promise<Record<string, unknown>>): DrivenPage {
  async function evaluate(expression: string): Promise<unknown> {
    const options = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = (await call('Runtime.evaluate', options)) as {
      result: { value?: unknown };
      exceptionDetails?: { text: string };
    };
    if (exceptionDetails) throw new Error(`${exceptionDetails.text}: ${expression}`);
    return result.value;
  }
  return {
    evaluate,
    async until(expression) {
      // While a page is being loaded there is less to ask than afterwards.
      const look = async () => ((await evaluate(expression).catch(() => false)) ? true : undefined);
      await soon(look, expression).catch(async (error: Error) => {
        throw new Error(`${error.message}\nThe page shows: ${await evaluate('document.body?.innerText')}`);
      });
    },
    async press(key) {
      const text = key.length === 1 ? key : undefined;
      const code = key.length === 1 ? `Key${key.toUpperCase()}` : key;
      await call('Input.dispatchKeyEvent', { type: 'keyDown', key, code, text });
      await call('Input.dispatchKeyEvent', { type: 'keyUp', key, code });
    },
    async type(text) {
      await call('Input.insertText', { text });
    },
  };
}
