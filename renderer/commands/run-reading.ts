import type { CommandId } from '../../shared/commands.ts';
import { leastReadingSize, mostReadingSize, readingSizeStep, settingsSchema } from '../../shared/settings.ts';
import type { Session } from '../state/session.ts';
import type { Frame } from './run.ts';

/** What the page of a paper does for commands. Of what it cannot do now, it does nothing. */
export interface PageActions {
  /** Goes to the next place that was searched for, or the one before; false where there is none in the paper. */
  stepMatch(direction: 1 | -1): boolean;
  hasMatches(): boolean;
  hasSelection(): boolean;
  /** Highlights the selected words, or gives the highlight that they lie in its next colour. */
  highlight(): void;
  /** Quotes the selected words in the note; false where none are selected. */
  quote(): boolean;
}

type Action = (session: Session, frame: Frame) => void;

/** Commands about how a paper is read. */
export const readingActions = {
  nextMatch: (session, frame) => stepMatch(session, frame, 1),
  previousMatch: (session, frame) => stepMatch(session, frame, -1),
  focusMode: (session, frame) => {
    const { focusMode, currentId } = session.store.get();
    if (focusMode) frame.leaveFocusMode();
    else if (currentId !== null) frame.enterFocusMode();
  },
  largerText: (session) => changeSize(session, readingSizeStep),
  smallerText: (session) => changeSize(session, -readingSizeStep),
  usualText: (session) => {
    const { reading } = session.store.get().settings;
    session.settings.change({ reading: { ...reading, size: usual.size } });
  },
  showOriginal: (session) => {
    const { originals, currentId } = session.store.get();
    if (currentId === null) return;
    const now = new Set(originals);
    if (!now.delete(currentId)) now.add(currentId);
    session.store.set({ originals: now });
    session.announce(now.has(currentId) ? 'The text as it came' : 'The text with its mathematics');
  },
  highlight: (session, frame) => {
    if (session.mayWrite()) frame.page()?.highlight();
  },
  quoteInNote: (session, frame) => {
    if (frame.page()?.quote() === false) tellNothingSelected(session);
  },
} satisfies Record<string, Action>;

/** What `text size` means where nothing was chosen. */
const usual = settingsSchema.shape.reading.parse({});

function changeSize(session: Session, by: number): void {
  const { reading } = session.store.get().settings;
  const size = Math.min(mostReadingSize, Math.max(leastReadingSize, reading.size + by));
  if (size === reading.size) return;
  session.settings.change({ reading: { ...reading, size } });
  session.announce(`Text size ${size} %`);
}

function stepMatch(session: Session, frame: Frame, direction: 1 | -1): void {
  if (frame.page()?.stepMatch(direction)) return;
  session.toasts.show('done', 'Nothing in this paper is what was searched for', { topic: 'match' });
}

function tellNothingSelected(session: Session): void {
  session.toasts.show('done', 'Select words of the abstract first', { topic: 'match' });
}

/**
 * What a key means where the focus is on the page of a paper: there `n` and `Shift+n` go through what was searched
 * for, if the paper has any of it; words that are selected are quoted all the same.
 */
export function meantInPage(id: CommandId, target: EventTarget | null, page: PageActions | null): CommandId {
  if (!(target instanceof Element) || target.closest('.page-scroll') === null || !page?.hasMatches()) return id;
  if (id === 'editNote') return 'nextMatch';
  return id === 'quoteInNote' && !page.hasSelection() ? 'previousMatch' : id;
}
