import { type CallName, callNames, type Handlers, type ParsedInput } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';

/** What a call does to the data folder: nothing, or something. Every call of the contract is here. */
const effects = {
  'library.state': 'reads',
  'list.open': 'reads',
  'list.settled': 'reads',
  'list.rows': 'reads',
  'list.indexOf': 'reads',
  'list.close': 'reads',
  'search.help': 'reads',
  'search.values': 'reads',
  'paper.get': 'reads',
  'papers.mark': 'changes',
  'note.set': 'changes',
  'views.save': 'changes',
  'views.remove': 'changes',
  'views.order': 'changes',
  'tags.rename': 'changes',
  'tags.remove': 'changes',
  'tags.colour': 'changes',
  'history.undo': 'changes',
  'history.redo': 'changes',
  'settings.set': 'changes',
  // What is uploaded stands in the data folder until it has been taken in.
  'upload.open': 'changes',
  'upload.append': 'changes',
  'upload.discard': 'reads',
  'import.begin': 'changes',
  'import.preview': 'reads',
  'import.confirm': 'changes',
  'import.cancel': 'reads',
  'sources.impact': 'reads',
  'sources.remove': 'changes',
  'duplicates.list': 'reads',
  'duplicates.dismiss': 'changes',
  'papers.merge': 'changes',
  'changes.list': 'reads',
  'changes.undo': 'changes',
  'papers.related': 'reads',
  'notes.list': 'reads',
  'notes.links': 'reads',
  'scratch.get': 'reads',
  'scratch.set': 'changes',
  'highlights.get': 'reads',
  'highlights.set': 'changes',
  'images.keep': 'changes',
  // Into a folder of the reader's; citation keys that cannot be kept are given all the same.
  'export.write': 'reads',
  'export.text': 'reads',
  'export.cancel': 'reads',
  'citations.format': 'reads',
  'citations.key': 'reads',
  'markdownFolder.update': 'reads',
  'generations.list': 'reads',
  'generations.take': 'changes',
  'generations.compare': 'reads',
  'generations.restore': 'changes',
  'notes.versions': 'reads',
  'notes.version': 'reads',
  'notes.deleted': 'reads',
  // Into a folder of the reader's, which is how a library that cannot be written is brought to where it can.
  'backup.write': 'reads',
  'backup.preview': 'reads',
  'backup.restore': 'changes',
  'backup.cancel': 'reads',
  // It remembers when the copy was made.
  'backup.copy': 'changes',
  'data.show': 'reads',
  'folder.choose': 'reads',
  // In memory only.
  'window.remember': 'reads',
  'window.remembered': 'reads',
  'notices.read': 'reads',
  'drafts.keep': 'reads',
  'drafts.kept': 'reads',
  // About the program, not the library.
  'host.describe': 'reads',
  'opening.take': 'reads',
  'opening.ask': 'reads',
  'print.pdf': 'reads',
  'menu.follow': 'reads',
  'logs.show': 'reads',
  'updates.state': 'reads',
  'updates.check': 'reads',
  'updates.fetch': 'reads',
  'updates.install': 'reads',
  'session.flushed': 'reads',
} as const satisfies Record<CallName, 'reads' | 'changes'>;

/** Whether a call changes what is in the data folder. */
export function changesData(name: CallName): boolean {
  return effects[name] === 'changes';
}

/**
 * Handlers of a library that may be one that nothing can be changed in.
 * @param readOnly why not, as a whole sentence; null while everything can be
 * @returns the same handlers, but that each which changes something rejects with `refused` and that sentence
 */
export function refusingChanges(handlers: Handlers, readOnly: () => string | null): Handlers {
  const guard = <N extends CallName>(name: N): Handlers[N] => {
    const handler = handlers[name];
    if (!changesData(name)) return handler;
    return (async (input: ParsedInput<N>) => {
      const reason = readOnly();
      if (reason !== null) throw new OffprintError('refused', reason);
      return handler(input);
    }) as Handlers[N];
  };
  return Object.fromEntries(callNames.map((name) => [name, guard(name)])) as Handlers;
}
