import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { FakeWebContents } from './electron-double-window.ts';

type InvokeHandler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

class FakeIpcMain {
  readonly handlers = new Map<string, InvokeHandler>();

  handle(channel: string, handler: InvokeHandler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  /** Calls as a frame would: what goes in and out is copied by structured clone. */
  async invokeFrom(sender: FakeWebContents, senderFrame: unknown, channel: string, ...args: unknown[]) {
    const handler = this.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const event = { sender, senderFrame } as unknown as Electron.IpcMainInvokeEvent;
    return structuredClone(await handler(event, ...structuredClone(args)));
  }
}

export const ipcMain = new FakeIpcMain();

/** What a preload script has: messages to the main process, and the world of the page. */
class FakeIpcRenderer extends EventEmitter {
  /** Every message sent, with its channel. */
  readonly invoked: unknown[][] = [];
  /** Where messages go; set it to join this end to {@link ipcMain}. */
  answer: (channel: string, ...args: unknown[]) => unknown = () => undefined;

  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    this.invoked.push([channel, ...args]);
    return await this.answer(channel, ...args);
  }
}

export const ipcRenderer = new FakeIpcRenderer();

/** What was put into the page's world, by name. */
export const mainWorld = new Map<string, unknown>();

export const contextBridge = {
  exposeInMainWorld: (name: string, api: unknown) => void mainWorld.set(name, api),
};
