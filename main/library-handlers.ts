import type { Handlers, LibraryState } from '../shared/contract.ts';
import type { BackupCalls } from './backup-calls.ts';
import type { Change } from './changes-under-way.ts';
import type { Citations } from './citation-calls.ts';
import type { Corpus } from './corpus/corpus.ts';
import type { DuplicatesSearch } from './duplicates-search.ts';
import type { EarlierStates } from './earlier-states.ts';
import { exportCalls } from './export-calls.ts';
import type { Exports } from './exports.ts';
import { generationCalls } from './generation-calls.ts';
import { highlightCalls } from './highlight-calls.ts';
import { plainHostCalls } from './host-calls.ts';
import { imageCalls } from './image-calls.ts';
import type { Imports } from './imports.ts';
import type { MarkdownFolderCalls } from './markdown-folder-calls.ts';
import { noteVersionCalls } from './note-version-calls.ts';
import { notesCalls } from './notes-calls.ts';
import type { Notices } from './notices.ts';
import { paperCalls } from './paper-calls.ts';
import type { PaperChanges } from './paper-changes.ts';
import type { PapersMending } from './papers-mending.ts';
import { readerCalls } from './reader-calls.ts';
import { ReaderOrder } from './reader-order.ts';
import { relatedCalls } from './related-calls.ts';
import type { ShownPapers } from './shown-papers.ts';
import type { History } from './store/history.ts';
import { ReaderMarks } from './store/marks.ts';
import type { Store } from './store/store.ts';
import { windowMemory } from './window-memory.ts';

/** The parts of a library that its calls go to. */
export interface HandlerParts {
  dataFolder: string;
  store: Store;
  corpus: Corpus;
  papers: ShownPapers;
  history: History;
  changes: PaperChanges;
  duplicates: DuplicatesSearch;
  mending: Pick<PapersMending, 'rebuilding'>;
  imports: Imports;
  states: EarlierStates;
  citations: Citations;
  exports: Exports;
  markdown: MarkdownFolderCalls;
  backups: BackupCalls;
  notices: Notices;
  /** The state of the library as it is now. */
  state(): Promise<LibraryState>;
  change: Change;
  /** Tells the windows that the state has changed, but no rows that they show. */
  changed(): void;
}

/** Implements the contract: puts together what each part of the library answers. */
export function libraryHandlers(parts: HandlerParts): Handlers {
  const { dataFolder, store, corpus, papers, history, mending, markdown, backups, notices, change, changed } = parts;
  const recordOf = (id: string) => store.record(id);
  const marks = new ReaderMarks(store, history);
  const order = new ReaderOrder();
  const reading = readerCalls({
    ...{ store, history, marks, corpus, papers, order, change },
    // Papers that are being read again are written of all the same.
    hadNote: async (id) => mending.rebuilding !== null || (await store.noteVersions.of([id])).length > 0,
  });
  return {
    ...papers.handlers,
    ...parts.imports.handlers,
    'library.state': () => parts.state(),
    ...backups.handlers,
    ...reading,
    'settings.set': markdown.following(backups.following(reading['settings.set'])),
    ...markdown.handlers,
    ...imageCalls(dataFolder, (make) => change(make, false)),
    ...generationCalls(parts.states, (make) => change(() => order.make(make))),
    ...highlightCalls({ papers, marks, order, change: (make) => change(make), recordOf }),
    ...noteVersionCalls({
      ...{ versions: store.noteVersions, recordOf, corpus },
      notices: () => store.notices,
      noticed: changed,
    }),
    ...notesCalls({ store, corpus, setNote: reading['note.set'], recordOf }),
    ...parts.citations.handlers,
    ...exportCalls(parts.exports),
    ...relatedCalls(corpus, recordOf),
    ...paperCalls(parts),
    ...windowMemory(),
    ...plainHostCalls(),
    'notices.read': async ({ notices: read }) => {
      notices.dismiss(read);
      changed();
      return {};
    },
    // A host that asks a window to flush takes the answer itself; elsewhere there is nothing to do.
    'session.flushed': async () => ({}),
    // Only the desktop has a dialog of the system's.
    'folder.choose': async () => ({ folder: null }),
  };
}
