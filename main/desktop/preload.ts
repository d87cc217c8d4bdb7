import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type Bridge, bridgeName } from '../../shared/bridge.ts';
import type { Failure, Outcome } from '../../shared/outcome.ts';
import { namesInArguments } from './bridge-names.ts';
import { callChannel, eventChannel } from './channels.ts';

const names = namesInArguments(process.argv);

const noSuchCall: Failure = { code: 'bad-input', message: 'There is no such call.' };

const bridge: Bridge = {
  async call(name, input) {
    if (!names.calls.includes(name)) return { ok: false, error: noSuchCall } satisfies Outcome<never>;
    return await ipcRenderer.invoke(callChannel, name, input);
  },
  on(event, listener) {
    if (!names.events.includes(event)) throw new TypeError('There is no such event.');
    // Only the payload goes on: Electron's event object holds the way back to every channel.
    const relay = (_event: IpcRendererEvent, name: unknown, payload: unknown) => {
      if (name === event) listener(payload);
    };
    ipcRenderer.on(eventChannel, relay);
    return () => {
      ipcRenderer.off(eventChannel, relay);
    };
  },
};

// All that a page gets: two functions, and through them the contract's names.
contextBridge.exposeInMainWorld(bridgeName, Object.freeze(bridge));
