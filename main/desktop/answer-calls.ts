import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import type { Handlers } from '../../shared/contract.ts';
import { dispatch } from '../../shared/dispatch.ts';
import type { Outcome } from '../../shared/outcome.ts';
import { appOrigin } from './app-address.ts';
import { callChannel } from './channels.ts';
import { reportInternalError } from './report-internal-error.ts';

const refused: Outcome<never> = {
  ok: false,
  error: { code: 'refused', message: 'Only the window of Offprint may call the library.' },
};

/**
 * True when a message comes from the page that we opened: from our window, from its main frame,
 * and that frame still at our own address. A frame that is gone is nobody.
 */
function isOurPage(event: IpcMainInvokeEvent, isOurs: (contents: WebContents) => boolean): boolean {
  const frame = event.senderFrame;
  return isOurs(event.sender) && frame !== null && frame.parent === null && frame.origin === appOrigin;
}

/**
 * Answers every call that our page makes, through {@link dispatch}; all others are refused.
 * @param isOurs says whether a page is the one in our window
 */
export function answerCalls(handlers: Handlers, isOurs: (contents: WebContents) => boolean): void {
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) =>
    isOurPage(event, isOurs) ? dispatch(handlers, name, input, reportInternalError) : refused,
  );
}
