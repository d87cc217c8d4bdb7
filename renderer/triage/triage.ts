import type { TriageCommandId } from '../../shared/commands.ts';
import type { MarkChange } from '../../shared/contract.ts';
import type { Paper, PaperId, Row, Status } from '../../shared/paper.ts';
import { statusLabels } from '../../shared/paper.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { webAddress } from '../state/paper-links.ts';
import { type Ranges, sizeOf } from '../state/ranges.ts';
import type { Session } from '../state/session.ts';
import { namedView } from '../state/view-names.ts';
import { changeBetween, changedMarks, marksOf, type PaperMarks } from './paper-marks.ts';
import { leftOf, PapersAhead } from './papers-ahead.ts';
import { type Save, SavingLine } from './saving-line.ts';

/** One thing that the reader decided about a paper. */
export interface Decision {
  /** Where the paper stands in the round, from 0. */
  place: number;
  id: PaperId;
  title: string;
  before: PaperMarks;
  after: PaperMarks;
  /** The status that was given, if one was: then the paper is no longer left. */
  verdict: Status | null;
}

/** The paper that is looked at. */
export interface TriagePaper {
  id: PaperId | null;
  row: Row | null;
  paper: Paper | null;
  /** With everything decided here, saved or not. */
  marks: PaperMarks | null;
  failure: string | null;
  /** The stamp of its note; see `NoteSaver`. */
  stamp: number;
}

/** What came of a round. */
export interface TriageSummary {
  read: number;
  queued: number;
  reading: number;
  skipped: number;
  starred: number;
  tagged: number;
  /** Papers about which nothing was decided. */
  left: number;
}

/** The mode for going through a view, as it is shown. */
export interface TriageState {
  /** The name of what is gone through. */
  label: string;
  /** `papers` while there are some to look at; then the summary. */
  phase: 'papers' | 'summary';
  /** Place of the paper that is looked at, from 0. */
  at: number;
  size: number;
  current: TriagePaper | null;
  /** What was decided last, for the line that says so. */
  last: Decision | null;
  /** Papers decided on, and the milliseconds that were spent. */
  decided: number;
  spent: number;
  /** Decisions that can be taken back. */
  undoable: number;
  /** Why saving has stopped, and how many decisions wait for it. */
  failure: string | null;
  waiting: number;
  /** True while the note is open. */
  note: boolean;
  summary: TriageSummary | null;
}

/** A pause at one paper longer than this many milliseconds is no time spent deciding. */
const longestThought = 120_000;

/** How a decision was saved. */
interface Saved {
  decision: Decision;
  save: Save;
  /** What the library called the step; null while it is not saved, empty when nothing changed. */
  label: string | null;
}

/** One round through some papers. */
interface Going {
  papers: PapersAhead;
  result: number;
  ranges: Ranges;
  label: string;
  query: string;
  at: number;
  phase: TriageState['phase'];
  log: Saved[];
  undone: Decision[];
  /** What was decided here of each paper; until the library's own answer is newer, that holds. */
  marks: Map<PaperId, { marks: PaperMarks; savedBefore: number | null }>;
  spent: number;
  touched: number;
  note: boolean;
  last: Decision | null;
}

const statusOf: Partial<Record<TriageCommandId, Status>> = {
  read: 'read',
  queue: 'queued',
  reading: 'reading',
  skip: 'skipped',
};

/**
 * The mode for going through a view one abstract at a time. It goes through the rows of the list as
 * they stand, or through those selected; a decision is shown at once and saved behind the reader's
 * back, in order.
 */
export class Triage {
  readonly #session: Session;
  readonly #line: SavingLine;
  #going: Going | null = null;
  #letGo: () => void = () => {};

  constructor(session: Session) {
    this.#session = session;
    this.#line = new SavingLine(() => this.#savingChanged());
  }

  /** True while the mode is open. */
  get isOpen(): boolean {
    return this.#going !== null;
  }

  /** Opens the mode over the list: the selected rows when there are several, else all from the focused one on. */
  start(): void {
    const { list, library, settings } = this.#session.store.get();
    if (list.result === null || !list.shown) return;
    const several = sizeOf(list.selection) > 1;
    const view = list.shown.view || settings.view;
    const name = (library && namedView(view, library)?.label) ?? view.replace(/^(tag|source):/, '');
    const searching = list.shown.query.trim() !== '';
    const letGo = this.#session.list.hold(list.result);
    this.#letGo();
    this.#letGo = letGo;
    this.#begin({
      result: list.result,
      ranges: several ? list.selection : list.total === 0 ? [] : [[0, list.total]],
      query: list.shown.query,
      label: several ? `${name}, selected` : searching ? `${name}: ${list.shown.query.trim()}` : name,
      at: several ? 0 : Math.max(list.focus, 0),
    });
    if (!several && !list.complete) void this.#grow(list.result);
  }

  #begin(round: Pick<Going, 'result' | 'ranges' | 'query' | 'label' | 'at'>): void {
    this.#going?.papers.stop();
    const papers = this.#papersOf(round);
    this.#going = {
      ...round,
      papers,
      phase: papers.size === 0 ? 'summary' : 'papers',
      log: [],
      undone: [],
      marks: new Map(),
      spent: 0,
      touched: Date.now(),
      note: false,
      last: null,
    };
    papers.goTo(round.at);
    this.#show();
    this.#announce('');
  }

  #papersOf({ result, ranges, query }: Pick<Going, 'result' | 'ranges' | 'query'>): PapersAhead {
    const { client, list, store } = this.#session;
    const rowHere = (index: number) => (store.get().list.result === result ? list.row(index) : undefined);
    const stamp = (id: PaperId) => noteSaverOf(client).stamp(id);
    return new PapersAhead({ result, ranges, query }, { client, rowHere, stamp, onChange: () => this.#show() });
  }

  /** Takes in the rows of a search that was still being read when the mode was opened. */
  async #grow(result: number): Promise<void> {
    await this.#session.list.counted();
    const going = this.#going;
    const { list } = this.#session.store.get();
    const [all] = going?.ranges ?? [];
    if (!going || going.result !== result || list.result !== result || all?.[1] === undefined) return;
    if (list.total <= all[1]) return;
    going.ranges = [[0, list.total]];
    going.papers.stop();
    going.papers = this.#papersOf(going);
    going.papers.goTo(going.at);
    this.#show();
  }

  /** Runs one of the mode's commands. `pageOn` and `pageBack` are here what happens at the end of the page. */
  run(id: TriageCommandId): void {
    const going = this.#going;
    if (!going) return;
    const status = statusOf[id];
    if (status !== undefined) this.decide({ status });
    else if (id === 'star') this.#star();
    else if (id === 'tag') this.#tag();
    else if (id === 'note') this.openNote(true);
    else if (id === 'undo') this.undo();
    else if (id === 'redo') this.redo();
    else if (id === 'pageOn' || id === 'next') this.#step(1);
    else if (id === 'previous') this.#step(-1);
    else if (id === 'web') this.#openOnWeb();
    else if (going.note) this.openNote(false);
    else this.leave();
  }

  /** Decides about the paper that is looked at. A status goes on to the next paper; the rest stays. */
  decide(change: MarkChange): void {
    const going = this.#going;
    const current = this.#current();
    if (going?.phase !== 'papers' || !current?.id || !current.marks) return;
    const after = changedMarks(current.marks, change);
    const title = current.row?.title ?? current.paper?.title ?? '';
    const decision: Decision = {
      place: going.at,
      id: current.id,
      title,
      before: marksOf(current.marks),
      after: marksOf(after),
      verdict: change.status ?? null,
    };
    going.undone = [];
    this.#save(decision, change);
    if (change.status === undefined) {
      this.#touch();
      this.#show();
      this.#session.announce(wordsOf(decision));
    } else this.#step(1, `${wordsOf(decision)}. `);
  }

  #save(decision: Decision, change: MarkChange): void {
    const going = this.#going;
    if (!going) return;
    const saved: Saved = { decision, save: () => Promise.resolve(), label: null };
    saved.save = async () => {
      const selection = { ids: [decision.id] };
      const { changed, label } = await this.#session.client.call('papers.mark', { selection, change });
      saved.label = changed === 0 ? '' : label;
      this.#settle(decision.id, decision.after);
    };
    going.log.push(saved);
    going.last = decision;
    going.marks.set(decision.id, { marks: decision.after, savedBefore: null });
    this.#line.add(saved.save);
  }

  /** From now on the library's answers have these marks, unless something was decided since. */
  #settle(id: PaperId, marks: PaperMarks): void {
    const going = this.#going;
    const known = going?.marks.get(id);
    if (going && known?.marks === marks) known.savedBefore = going.papers.lastAsked;
  }

  #star(): void {
    const marks = this.#current()?.marks;
    if (marks) this.decide({ starred: !marks.starred });
  }

  #tag(): void {
    const current = this.#current();
    if (this.#going?.phase !== 'papers' || !current?.marks) return;
    const { tags } = current.marks;
    this.#session.dialog({
      kind: 'tags',
      selection: [],
      size: 1,
      only: { tags, save: (change) => this.decide(change) },
    });
  }

  /** Opens the note of the paper that is looked at, or closes it. */
  openNote(note: boolean): void {
    const going = this.#going;
    if (going?.phase !== 'papers') return;
    going.note = note;
    this.#show();
  }

  #openOnWeb(): void {
    const paper = this.#current()?.paper;
    if (paper) window.open(webAddress(paper), '_blank', 'noopener');
  }

  /** Goes to the paper after or before, and past the last to the summary. */
  #step(by: 1 | -1, said = ''): void {
    const going = this.#going;
    if (!going) return;
    this.#touch();
    const { size } = going.papers;
    if (going.phase === 'summary') {
      if (by === 1 || size === 0) return;
      this.#goTo(size - 1, said);
    } else if (going.at + by >= size) {
      going.phase = 'summary';
      going.note = false;
      this.#show();
      this.#announce(said);
    } else this.#goTo(Math.max(going.at + by, 0), said);
  }

  #goTo(place: number, said: string): void {
    const going = this.#going;
    if (!going) return;
    going.phase = 'papers';
    if (place !== going.at) going.note = false;
    going.at = place;
    going.papers.goTo(place);
    this.#show();
    this.#announce(said);
  }

  /** Takes the last decision back and goes to its paper. */
  undo(): void {
    const going = this.#going;
    const saved = going?.log.pop();
    if (!going || !saved) {
      this.#session.announce('Nothing to undo');
      return;
    }
    const { decision } = saved;
    going.undone.push(decision);
    going.last = null;
    this.#takeBack(going, saved);
    this.#touch();
    this.#goTo(decision.place, 'Undone. ');
  }

  /** Decides again what was taken back last. */
  redo(): void {
    const going = this.#going;
    const decision = going?.undone.pop();
    if (!going || !decision) {
      this.#session.announce('Nothing to redo');
      return;
    }
    this.#save(decision, changeBetween(decision.before, decision.after));
    this.#touch();
    const next = decision.place + (decision.verdict === null ? 0 : 1);
    if (next >= going.papers.size) {
      going.at = decision.place;
      this.#step(1, 'Redone. ');
    } else this.#goTo(next, 'Redone. ');
  }

  /** Takes everything back that was decided in this round, and begins it anew. */
  undoAll(): void {
    const going = this.#going;
    if (!going) return;
    const first = going.log[0]?.decision.place ?? 0;
    for (let saved = going.log.pop(); saved; saved = going.log.pop()) this.#takeBack(going, saved);
    going.undone = [];
    going.last = null;
    going.spent = 0;
    going.touched = Date.now();
    this.#goTo(first, 'All taken back. ');
  }

  #takeBack(going: Going, saved: Saved): void {
    const { id, before, after } = saved.decision;
    going.marks.set(id, { marks: before, savedBefore: null });
    if (this.#line.takeOut(saved.save)) {
      this.#settle(id, before);
      return;
    }
    this.#line.add(async () => {
      if (saved.label !== '') await this.#undoSaved(id, saved.label ?? '', changeBetween(after, before));
      this.#settle(id, before);
    });
  }

  /**
   * Takes a saved step back by the library's history, so that Undo means the same here and in the
   * list. When another window did something since, that is put back, and the marks are set instead.
   */
  async #undoSaved(id: PaperId, label: string, change: MarkChange): Promise<void> {
    const { client } = this.#session;
    const { done } = await client.call('history.undo', {});
    if (done === label) return;
    if (done !== null) await client.call('history.redo', {});
    await client.call('papers.mark', { selection: { ids: [id] }, change });
  }

  /** Goes through the papers about which nothing was decided. */
  again(): void {
    const going = this.#going;
    if (!going) return;
    const ranges = this.#left(going);
    if (ranges.length === 0) return;
    this.#begin({ ...going, ranges, at: 0 });
  }

  #left(going: Going): Ranges {
    const decided = new Set(going.log.filter(isVerdict).map(({ decision }) => going.papers.indexOf(decision.place)));
    return leftOf(
      going.ranges,
      [...decided].sort((a, b) => a - b),
    );
  }

  /** Closes the mode; the list then stands on the paper that was looked at. What is not saved yet still will be. */
  leave(): void {
    const going = this.#going;
    if (!going) return;
    const { store, papers, list, toasts } = this.#session;
    const id = this.#current()?.id ?? null;
    going.papers.stop();
    this.#going = null;
    store.set({ triage: null, covering: false });
    if (store.get().list.result === going.result) {
      if (going.papers.size > 0) papers.choose(going.papers.indexOf(going.at));
      list.reload();
    } else {
      if (id !== null) store.set({ currentId: id });
      list.refresh();
    }
    this.#letGo();
    this.#letGo = () => {};
    if (this.#line.failure !== null) this.#tellUnsaved(toasts);
  }

  /** Closes the mode and goes to a view. */
  leaveTo(view: string): void {
    this.leave();
    this.#session.goTo(view);
  }

  #tellUnsaved(toasts: Session['toasts']): void {
    const count = this.#line.waiting;
    const decisions = count === 1 ? 'One decision is' : `${count.toLocaleString('en')} decisions are`;
    toasts.show('error', `${decisions} not saved. ${this.#line.failure ?? ''}`, {
      topic: 'triage',
      action: { label: 'Retry', run: () => this.retry() },
    });
  }

  /** Tries again to save, and to fetch what could not be had. */
  retry(): void {
    this.#line.retry();
    this.#going?.papers.retry();
  }

  /** Settled once everything decided is saved, or saving has stopped. Never rejects. */
  flush(): Promise<void> {
    return this.#line.settled();
  }

  /** Says that papers may have changed in the library. */
  expire(): void {
    this.#going?.papers.expire();
  }

  #savingChanged(): void {
    const { toasts } = this.#session;
    if (this.#going) this.#show();
    else if (this.#line.failure !== null) this.#tellUnsaved(toasts);
    if (this.#line.failure === null) toasts.closeTopic('triage');
  }

  #current(): TriagePaper | null {
    const going = this.#going;
    if (!going || going.papers.size === 0) return null;
    const { row, paper, failure, asked, stamp } = going.papers.at(going.at);
    const id = row?.id ?? null;
    const known = paper ?? row;
    let marks = known && marksOf(known);
    if (id !== null) {
      const here = going.marks.get(id);
      if (here && here.savedBefore !== null && paper && asked > here.savedBefore) going.marks.delete(id);
      else if (here) marks = here.marks;
    }
    return { id, row, paper, marks, failure, stamp };
  }

  #touch(): void {
    const going = this.#going;
    if (!going) return;
    const now = Date.now();
    if (going.phase === 'papers') going.spent += Math.min(now - going.touched, longestThought);
    going.touched = now;
  }

  #show(): void {
    const going = this.#going;
    if (!going) return;
    const left = going.phase === 'summary' ? sizeOf(this.#left(going)) : 0;
    this.#session.store.set({
      triage: {
        label: going.label,
        phase: going.phase,
        at: going.at,
        size: going.papers.size,
        current: this.#current(),
        last: going.last,
        decided: new Set(going.log.filter(isVerdict).map(({ decision }) => decision.place)).size,
        spent: going.spent,
        undoable: going.log.length,
        failure: this.#line.failure,
        waiting: this.#line.waiting,
        note: going.note,
        summary: going.phase === 'summary' ? summaryOf(going.log, left) : null,
      },
    });
  }

  #announce(said: string): void {
    const { triage } = this.#session.store.get();
    if (!triage) return;
    const title = triage.current?.row?.title ?? '';
    const words =
      triage.phase === 'summary'
        ? `End of ${triage.label}, ${triage.decided} of ${triage.size} decided`
        : `${triage.at + 1} of ${triage.size}: ${title}`;
    this.#session.announce(`${said}${words}`);
  }
}

function isVerdict({ decision }: Saved): boolean {
  return decision.verdict !== null;
}

function summaryOf(log: readonly Saved[], left: number): TriageSummary {
  const first = new Map<PaperId, PaperMarks>();
  const last = new Map<PaperId, PaperMarks>();
  const verdicts = new Map<PaperId, Status>();
  for (const saved of log) {
    const { id, before, after } = saved.decision;
    if (!first.has(id)) first.set(id, before);
    last.set(id, after);
    if (saved.decision.verdict !== null) verdicts.set(id, saved.decision.verdict);
  }
  const count = (status: Status) => [...verdicts.values()].filter((each) => each === status).length;
  const changed = (differs: (before: PaperMarks, after: PaperMarks) => boolean) =>
    [...last].filter(([id, after]) => differs(first.get(id) ?? after, after)).length;
  return {
    read: count('read'),
    queued: count('queued'),
    reading: count('reading'),
    skipped: count('skipped'),
    starred: changed((before, after) => after.starred && !before.starred),
    tagged: changed((before, after) => after.tags.some((tag) => !before.tags.includes(tag))),
    left,
  };
}

/** What was decided, in a word or two: `Read`, `Starred`, `Tagged ml`. */
export function wordsOf({ before, after, verdict }: Decision): string {
  if (verdict !== null) return statusLabels[verdict];
  if (before.starred !== after.starred) return after.starred ? 'Starred' : 'Star removed';
  const added = after.tags.filter((tag) => !before.tags.includes(tag));
  if (added.length > 0) return `Tagged ${added.join(', ')}`;
  return 'Tags removed';
}
