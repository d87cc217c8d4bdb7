import type { CallOutput, ImportReport, LibraryState, MarkChange } from '../../shared/contract.ts';
import type { Host, UpdateState } from '../../shared/host-calls.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import { type Settings, type Sort, settingsSchema } from '../../shared/settings.ts';
import type { TriageState } from '../triage/triage-state.ts';
import { type Arrangement, noArrangement } from './arrangement.ts';
import type { RestoreState } from './backing-up.ts';
import type { ImportState } from './importing.ts';
import type { PrintedPaper } from './printing.ts';
import type { PrintedNotes } from './printing-notes.ts';
import { plainHost } from './program.ts';
import { noRows, type Ranges } from './ranges.ts';
import type { ViewDraft } from './view-draft.ts';
import type { Step } from './way-back.ts';

/** What a list of papers is made from. */
export interface ListRequest {
  /** Id of the view, as in `shared/views.ts`. */
  view: string;
  query: string;
  sort: Sort;
}

/** How the rows of a result set stand; see `list.open`. */
export type ListOrder = CallOutput<'list.open'>['order'];

/** The open result set and where the reader is in it. Rows themselves are kept by the list model. */
export interface ListState {
  /** What the shown rows answer to; null before the first answer. */
  shown: ListRequest | null;
  /** Handle of the result set. */
  result: number | null;
  /** Rows there are, as far as they have been counted. */
  total: number;
  /** False while the library still counts; `total` is then the least there are. */
  complete: boolean;
  /** True when counting has taken longer than a reader notices. */
  counting: boolean;
  /** How the rows stand; see `list.open`. */
  order: ListOrder;
  /** Grows whenever a row that may be in sight changed. */
  rowsVersion: number;
  /** Grows with every new result set; the list then scrolls to the focused row. */
  opened: number;
  /** Grows whenever the reader goes to a row, be it the focused one: the list then brings it into sight. */
  revealed: number;
  /** The row that the keys start from, -1 when there is none. */
  focus: number;
  /** Where a range selection started. */
  anchor: number;
  selection: Ranges;
  /** True when an answer has been awaited for longer than a reader notices. */
  slow: boolean;
}

/** A button on a message. */
export interface ToastAction {
  label: string;
  run: () => void;
}

/** A message that floats for a while, or until closed. */
export interface Toast {
  id: number;
  kind: 'done' | 'error' | 'notice';
  message: string;
  /** The button on it. */
  action: ToastAction | null;
  /** Another button, for what is asked for less often. */
  second: ToastAction | null;
  /** A newer toast of the same topic takes the place of an older one. */
  topic: string | null;
}

/** The tags of one paper, and what takes the change of them. */
export interface OnlyTags {
  tags: readonly string[];
  save(change: MarkChange): void;
}

/** The dialog that is open. */
export type OpenDialog =
  | { kind: 'help' }
  /** The settings, opened at their beginning or where it says what is known of newer versions. */
  | { kind: 'settings'; at: 'updates' | 'citations' | null }
  | { kind: 'palette' }
  | { kind: 'columns' }
  /** The tags of selected rows; with `only`, of one paper that is looked at elsewhere. */
  | { kind: 'tags'; selection: Ranges; size: number; only?: OnlyTags }
  /** A view that is about to be saved. */
  | { kind: 'saveView'; draft: ViewDraft }
  /** All tags; `rename` is the one of which the name is to be changed at once. */
  | { kind: 'manageTags'; rename: string | null }
  | { kind: 'sources' }
  | { kind: 'changes' }
  | { kind: 'duplicates' }
  | { kind: 'export' }
  /** What the note of a paper said before. */
  | { kind: 'noteHistory'; id: PaperId }
  | { kind: 'deletedNotes' }
  /** The note of the whole library. */
  | { kind: 'scratch' }
  /** All notes by date. */
  | { kind: 'allNotes' }
  /** Backups, and earlier states of the library. */
  | { kind: 'backups' }
  /** The backup that is being restored; see `AppState.restoring`. */
  | { kind: 'restore' }
  /** Papers that the reader has selected to be merged. */
  | { kind: 'merge'; papers: readonly Paper[] }
  /** The import that is under way; see `AppState.importing`. */
  | { kind: 'import' }
  /** What an import did; `change` is what undoes it. */
  | { kind: 'report'; report: ImportReport; change: number | null };

/** Everything the window shows. */
export interface AppState {
  /** `starting` until the library answered; then `ready`, or why it could not be opened. */
  phase: 'starting' | 'ready' | { failed: string };
  library: LibraryState | null;
  /** The settings with every change made here, saved or not. */
  settings: Settings;
  /** The text of the search box. */
  query: string;
  list: ListState;
  /** What the saved view that is shown has of its own; see `sortNow` and `columnsNow`. */
  arrangement: Arrangement;
  /** The paper in the reader. */
  currentId: PaperId | null;
  /** The steps from paper to paper that can be gone back, the last one last. */
  wayBack: readonly Step[];
  /** The paper of which the reader wants to go to the related ones, until they are there; null for none. */
  relatedAsked: PaperId | null;
  /** Grows when shown papers may have changed. */
  revision: number;
  toasts: readonly Toast[];
  dialog: OpenDialog | null;
  /** In a narrow window: the reader lies over the list. */
  covering: boolean;
  /** Nothing is shown but the paper and its note. */
  focusMode: boolean;
  /** Papers of which the text is shown as it came, mathematics not made out. */
  originals: ReadonlySet<PaperId>;
  /** In a very narrow window: the drawer of views is open. */
  drawer: boolean;
  /** The mode for going through a view, while it is open. */
  triage: TriageState | null;
  /** The import that is under way or waits to be confirmed. */
  importing: ImportState | null;
  /** The backup that is being restored, or asked about. */
  restoring: RestoreState | null;
  /** How far the backup is that this window writes, from 0 to 1; null when it writes none. */
  backingUp: number | null;
  /** What the program around the page can do. */
  host: Host;
  /** What is known of newer versions; null until the program has answered. */
  updates: UpdateState | null;
  /** The newer version that the reader wants to be told no more of. */
  dismissedUpdate: string | null;
  /** What the page prints instead of itself; null while nothing is printed. */
  printed: readonly PrintedPaper[] | null;
  /** The same for notes without their papers. */
  printedNotes: PrintedNotes | null;
  /** What a screen reader is told. */
  announcement: string;
}

/** The window before the library has answered. */
export function initialState(): AppState {
  return {
    phase: 'starting',
    library: null,
    settings: settingsSchema.parse({}),
    query: '',
    list: {
      shown: null,
      result: null,
      total: 0,
      complete: true,
      counting: false,
      order: 'sort',
      rowsVersion: 0,
      opened: 0,
      revealed: 0,
      focus: -1,
      anchor: -1,
      selection: noRows,
      slow: false,
    },
    arrangement: noArrangement,
    currentId: null,
    wayBack: [],
    relatedAsked: null,
    revision: 0,
    toasts: [],
    dialog: null,
    covering: false,
    focusMode: false,
    originals: new Set(),
    drawer: false,
    triage: null,
    importing: null,
    restoring: null,
    backingUp: null,
    host: plainHost,
    updates: null,
    dismissedUpdate: null,
    printed: null,
    printedNotes: null,
    announcement: '',
  };
}
