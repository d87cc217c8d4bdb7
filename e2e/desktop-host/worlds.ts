import { makeEnd } from './bridge-end.ts';
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
