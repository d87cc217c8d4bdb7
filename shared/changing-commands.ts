import type { CommandId } from './commands.ts';

/** Commands that do nothing but change the library; there is no use for them where nothing can be changed. */
const changing = new Set<CommandId>([
  'import',
  'importFolder',
  'importClipboard',
  'findDuplicates',
  'undo',
  'redo',
  'saveView',
  'manageTags',
  'triage',
  'toggleRead',
  'readAndNext',
  'markQueued',
  'queueAndNext',
  'markReading',
  'markSkipped',
  'skipAndNext',
  'markUnread',
  'toggleStar',
  'editTags',
  'editNote',
  'highlight',
  'quoteInNote',
  'mergePapers',
]);

/** Whether a command would change the library, and nothing else. */
export function changesLibrary(id: CommandId): boolean {
  return changing.has(id);
}
