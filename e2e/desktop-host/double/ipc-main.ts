import { programAddress } from '../addresses.ts';
import type { SendingFrame } from '../calls.ts';
import { codec, type WebContents } from './contents.ts';
import { LoudEmitter, loud } from './loud.ts';
import { answers } from './stage.ts';
import { contentsOf } from './window.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

class IpcMain extends LoudEmitter {
  readonly handlers = new Map<string, Handler>();

  constructor() {
    super('ipcMain', []);
  }

  override on(channel: string, listener: (...args: never[]) => void): this {
    // Any channel may be listened to.
    return Object.getPrototypeOf(LoudEmitter.prototype).on.call(this, channel, listener) as this;
  }

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}

const theIpcMain = new IpcMain();
export const ipcMain = loud('ipcMain', theIpcMain);

/** The frame that sends, as it is at that moment: it may have gone elsewhere since the window was opened. */
function frameOf(contents: WebContents, { url, origin }: SendingFrame) {
  contents.mainFrame.url = url;
  contents.mainFrame.origin = programAddress(origin);
  return contents.mainFrame;
}

answers.message = async ({ window, channel, args: text, frame, wantsAnswer }) => {
  const sender = contentsOf(window);
  if (!sender) return null;
  const senderFrame = frameOf(sender, frame);
  const event = loud('an IPC event', {
    type: 'frame',
    sender,
    senderFrame,
    frameId: 1,
    processId: window,
  }) as unknown as Electron.IpcMainInvokeEvent;
  const args = codec.decode(text) as unknown[];
  if (!wantsAnswer) {
    theIpcMain.emit(channel, event, ...args);
    return null;
  }
  // In Electron's words, which reach the page.
  const failure = (error: unknown) => codec.encode({ error: `Error invoking remote method '${channel}': ${error}` });
  const handler = theIpcMain.handlers.get(channel);
  if (!handler) return failure(new Error(`No handler registered for '${channel}'`));
  let result: unknown;
  try {
    result = await handler(event, ...args);
  } catch (error) {
    process.stderr.write(`Error occurred in handler for '${channel}': ${error}\n`);
    return failure(error);
  }
  try {
    return codec.encode({ result });
  } catch (error) {
    process.stderr.write(`Error occurred in handler for '${channel}': ${error}\n`);
    return failure(error instanceof DOMException ? new Error('An object could not be cloned.') : error);
  }
};
