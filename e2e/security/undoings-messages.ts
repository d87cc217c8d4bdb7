import type { Undoing } from './undoings.ts';

const answerFile = 'main/desktop/answer-calls.ts';
const answerTest = 'main/desktop/answer-calls.test.ts';

/** Who may send messages, and what may be in them. */
export const dispatchUndoings: readonly Undoing[] = [
  {
    item: 17,
    what: 'any window may call',
    file: answerFile,
    from: 'isOurs(event.sender) && ',
    to: '',
    tests: [answerTest],
  },
  {
    item: 17,
    what: 'frames within the page may call',
    file: answerFile,
    from: ' && frame.parent === null',
    to: '',
    tests: [answerTest],
  },
  {
    item: 17,
    what: 'a page at another address may call',
    file: answerFile,
    from: ' && frame.origin === appOrigin',
    to: '',
    tests: [answerTest],
  },
  {
    item: 17,
    what: 'nobody is asked who they are',
    file: answerFile,
    from: 'isOurPage(event, isOurs) ?',
    to: 'event !== null ?',
    tests: [answerTest],
  },
  {
    item: 17,
    what: 'a channel is listened to beside the guarded one',
    file: answerFile,
    from: '  ipcMain.handle(callChannel,',
    to: "  ipcMain.on?.('offprint:other', () => {});\n  ipcMain.handle(callChannel,",
    tests: ['main/desktop/electron-uses.test.ts'],
  },
  {
    item: 17,
    what: 'inputs are taken as they come',
    file: 'shared/dispatch.ts',
    from: 'contract[callName].input.safeParse(input)',
    to: '{ success: true, data: input, error: null as never }',
    tests: ['main/desktop/call-inputs.test.ts'],
  },
  {
    item: 17,
    what: 'names that are inherited are calls',
    file: 'shared/dispatch.ts',
    from: '!Object.hasOwn(contract, name)',
    to: '!(name in contract)',
    tests: [answerTest],
  },
];
