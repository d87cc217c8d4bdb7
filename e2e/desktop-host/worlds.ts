import type { ContextMenuParameters, Preload } from './calls.ts';
import { type Codec, makeCodec } from './codec.ts';

/** Name of the world in which preload scripts run, beside the page's own; as Electron names it. */
export const preloadWorld = 'Electron Isolated Context';

/** The binding through which the preload world tells the test's side something, and the function it is told by. */
export const tellBinding = '__standInTell';
export const deliverFunction = '__standInDeliver';

/** What the preload world tells, as JSON. */
export type Told =
  | { tell: 'message'; id: number | null; channel: string; args: string; url: string; origin: string }
  | { tell: 'painted' }
  | { tell: 'title'; title: string }
  | { tell: 'context-menu'; parameters: ContextMenuParameters }
  | { tell: 'lack'; what: string };

/** What the preload world is told. */
export type Delivered =
  | { deliver: 'answer'; id: number; answer: string }
  | { deliver: 'message'; channel: string; args: string };

/** What stands in for a thing that cannot be copied, on its way from one world to the other. */
type Mark = { fn: number } | { promise: number };

/**
 * One world's end of the context bridge. Both worlds have the document in common and nothing else, so what one
 * says to the other is text in an event there: values are copied, functions and promises become calls across.
 */
function makeEnd(codec: Codec, secret: string, me: 'page' | 'preload') {
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

/** What runs in the page's own world before anything of the page: takes what the preload script exposes. */
function pageHalf(codec: Codec, makeOneEnd: typeof makeEnd, secret: string): void {
  if (window.top !== window) return;
  const freeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    for (const item of Object.values(value)) freeze(item);
    return Object.freeze(value);
  };
  makeOneEnd(codec, secret, 'page').onExposed((name, value) => {
    if (Object.hasOwn(window, name)) return 'Cannot bind an API on top of an existing property on the window object';
    Object.defineProperty(window, name, { value: freeze(value), enumerable: true });
    return null;
  });
}

/** What runs in the preload world: the preload script, with what a sandboxed one has. */
function preloadHalf(
  codec: Codec,
  makeOneEnd: typeof makeEnd,
  secret: string,
  preload: Omit<Preload, 'source'> | null,
  runPreload: (exports: object, require: (name: string) => object, module: object, process: object) => void,
  binding: string,
  deliver: string,
): void {
  if (window.top !== window || location.protocol === 'about:' || location.protocol === 'chrome-error:') return;
  const binder = Reflect.get(globalThis, binding) as (text: string) => void;
  const tell = (told: Told) => binder(JSON.stringify(told));
  const lacking = <T extends object>(name: string, parts: T): T =>
    new Proxy(parts, {
      get(target, key) {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key);
        tell({ tell: 'lack', what: `${name}.${key}` });
        throw new Error(`The stand-in for Electron lacks ${name}.${key}.`);
      },
    });

  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  const encode = (args: unknown[]) => {
    try {
      return codec.encode(args);
    } catch (error) {
      if (error instanceof DOMException) throw new Error('An object could not be cloned.');
      throw error;
    }
  };
  // The debugger hears nothing of a page on its way out, while Electron does. What is said then is left for the page
  // that comes next, to be told before all else; whoever asked has gone.
  const left = '__standInLeft';
  let isLeaving = false;
  addEventListener('pagehide', () => {
    isLeaving = true;
  });
  addEventListener('pageshow', () => {
    isLeaving = false;
  });
  const leave = (told: Told) => {
    const before = JSON.parse(sessionStorage.getItem(left) ?? '[]') as Told[];
    sessionStorage.setItem(left, JSON.stringify([...before, { ...told, id: -1 }]));
  };
  for (const told of JSON.parse(sessionStorage.getItem(left) ?? '[]') as Told[]) tell(told);
  sessionStorage.removeItem(left);
  const message = (id: number | null, channel: string, args: unknown[]) =>
    (isLeaving ? leave : tell)({
      tell: 'message',
      id,
      channel,
      args: encode(args),
      url: location.href,
      origin: self.origin,
    });
  const add = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const remove = (channel: string, listener: Listener) => {
    const all = listeners.get(channel) ?? [];
    const at = all.lastIndexOf(listener);
    if (at >= 0) listeners.set(channel, all.toSpliced(at, 1));
    return ipcRenderer;
  };
  const ipcRenderer: object = lacking('ipcRenderer', {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        message(last, channel, args);
      }),
    send: (channel: string, ...args: unknown[]) => message(null, channel, args),
    on: add,
    addListener: add,
    off: remove,
    removeListener: remove,
    once: (channel: string, listener: Listener) => {
      const once: Listener = (...given) => {
        remove(channel, once);
        listener(...given);
      };
      return add(channel, once);
    },
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  });

  Object.defineProperty(globalThis, deliver, {
    value: (text: string) => {
      const delivered = JSON.parse(text) as Delivered;
      if (delivered.deliver === 'message') {
        const args = codec.decode(delivered.args) as unknown[];
        for (const listener of listeners.get(delivered.channel) ?? [])
          listener({ sender: ipcRenderer, ports: [] }, ...args);
        return;
      }
      const asker = waiting.get(delivered.id);
      waiting.delete(delivered.id);
      const answer = codec.decode(delivered.answer) as { result: unknown } | { error: string };
      if ('error' in answer) asker?.reject(new Error(answer.error));
      else asker?.resolve(answer.result);
    },
  });

  const end = makeOneEnd(codec, secret, 'preload');
  const electron = lacking('electron (in a preload script)', {
    ipcRenderer,
    contextBridge: lacking('contextBridge', { exposeInMainWorld: end.expose }),
  });
  const modules: Record<string, object> = { electron };
  const requireOf = (name: string) => {
    const found = modules[name];
    if (!found) throw new Error(`module not found: ${name}`);
    return found;
  };
  if (preload) {
    const { argv, platform } = preload;
    const process = lacking('process (in a preload script)', {
      argv: [...argv],
      platform,
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      env: {},
    });
    const module = { exports: {} };
    runPreload(module.exports, requireOf, module, process);
  }

  const watchPaint = new PerformanceObserver(() => {
    watchPaint.disconnect();
    tell({ tell: 'painted' });
  });
  watchPaint.observe({ type: 'paint', buffered: true });

  addEventListener('DOMContentLoaded', () => {
    let title: string | null = null;
    const look = () => {
      if (document.title !== title) tell({ tell: 'title', title: document.title });
      title = document.title;
    };
    new MutationObserver(look).observe(document.head, { subtree: true, childList: true, characterData: true });
    look();
  });

  const isField = (element: Element | null) =>
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(element.type)) ||
    (element instanceof HTMLElement && element.isContentEditable);
  const parametersOf = (event: MouseEvent): ContextMenuParameters => {
    const element = event.target instanceof Element ? event.target : null;
    const link = element?.closest('a[href]') ?? null;
    const isEditable = isField(element);
    const field = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement ? element : null;
    const selectionText = field
      ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
      : String(getSelection());
    const has = selectionText !== '';
    return {
      x: event.clientX,
      y: event.clientY,
      linkURL: link instanceof HTMLAnchorElement ? link.href : '',
      linkText: link?.textContent ?? '',
      pageURL: location.href,
      frameURL: '',
      srcURL: '',
      mediaType: 'none',
      hasImageContents: false,
      selectionText,
      titleText: '',
      misspelledWord: '',
      dictionarySuggestions: [],
      isEditable,
      spellcheckEnabled: false,
      menuSourceType: event.button === 2 ? 'mouse' : 'keyboard',
      editFlags: {
        canUndo: isEditable,
        canRedo: isEditable,
        canCut: isEditable && has,
        canCopy: has,
        canPaste: isEditable,
        canDelete: isEditable && has,
        canSelectAll: true,
        canEditRichly: false,
      },
    };
  };
  addEventListener('contextmenu', (event) => {
    // Once the page has had its say.
    setTimeout(() => {
      if (!event.defaultPrevented) tell({ tell: 'context-menu', parameters: parametersOf(event) });
    });
  });
}

/** The two scripts that run before anything of a page: in its own world, and in the preload world. */
export function scriptsOf(preload: Preload | null): { page: string; preload: string } {
  const secret = JSON.stringify(`stand-in-${crypto.randomUUID()}`);
  const parts = `const codec = (${makeCodec})(); const makeEnd = ${makeEnd};`;
  const process = JSON.stringify(preload && { argv: preload.argv, platform: preload.platform });
  // As Electron runs it: in a function of its own, with nothing of Node beside what it is given.
  const run = `(exports, require, module, process) => {\n${preload?.source ?? ''}\n}`;
  const names = `${JSON.stringify(tellBinding)}, ${JSON.stringify(deliverFunction)}`;
  return {
    page: `(() => { ${parts} (${pageHalf})(codec, makeEnd, ${secret}); })()`,
    preload: `(() => { ${parts} (${preloadHalf})(codec, makeEnd, ${secret}, ${process}, ${run}, ${names}); })()`,
  };
}

/** A script that puts back what a page had kept for the session, which outlives the page's process. */
export function scriptThatKeeps(kept: Readonly<Record<string, string>>): string {
  return `for (const [key, value] of Object.entries(${JSON.stringify(kept)})) sessionStorage.setItem(key, value);`;
}
