import type { TriageCommandId } from '../../shared/commands.ts';
import type { MarkChange } from '../../shared/contract.ts';
import type { PaperId, Status } from '../../shared/paper.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { webAddress } from '../state/paper-links.ts';
import { sizeOf } from '../state/ranges.ts';
import type { Session } from '../state/session.ts';
import { namedView } from '../state/view-names.ts';
import { DecisionKeeper, type Kept } from './decision-keeper.ts';
import { type Decision, wordsOf } from './decisions.ts';
import { changeBetween, changedMarks, marksOf, type PaperMarks } from './paper-marks.ts';
import { PapersAhead } from './papers-ahead.ts';
import { currentOf, leftIn, newRound, type Round, type RoundStart, shownRound, touch } from './triage-round.ts';
import type { TriagePaper } from './triage-state.ts';

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
  readonly #keeper: DecisionKeeper;
  #round: Round | null = null;
  #letGo: () => void = () => {};

  constructor(session: Session) {
    this.#session = session;
    this.#keeper = new DecisionKeeper(
      session.client,
      () => this.#savingChanged(),
      (id, marks) => this.#saved(id, marks),
    );
  }

  /** True while the mode is open. */
  get isOpen(): boolean {
    return this.#round !== null;
  }

  /** Opens the mode over the list: the selected rows when there are several, else all from the focused one on. */
  start(): void {
    const { list, library } = this.#session.store.get();
    if (list.result === null || !list.shown) return;
    const { view, query } = list.shown;
    const several = sizeOf(list.selection) > 1;
    const name = (library && namedView(view, library)?.label) ?? view.replace(/^(tag|source):/, '');
    const searching = query.trim() === '' ? '' : `: ${query.trim()}`;
    const letGo = this.#session.list.hold(list.result);
    this.#letGo();
    this.#letGo = letGo;
    this.#begin({
      result: list.result,
      ranges: several ? list.selection : list.total === 0 ? [] : [[0, list.total]],
      query,
      label: several ? `${name}, selected` : `${name}${searching}`,
      at: several ? 0 : Math.max(list.focus, 0),
    });
    if (!several && !list.complete) void this.#grow(list.result);
  }

  #begin({ result, ranges, query, label, at }: RoundStart): void {
    this.#round?.papers.stop();
    const papers = this.#papersOf({ result, ranges, query });
    this.#round = newRound({ result, ranges, query, label, at }, papers);
    papers.goTo(at);
    this.#show();
    this.#announce('');
  }

  #papersOf(wanted: Pick<Round, 'result' | 'ranges' | 'query'>): PapersAhead {
    const { client, list, store } = this.#session;
    return new PapersAhead(wanted, {
      client,
      rowHere: (index) => (store.get().list.result === wanted.result ? list.row(index) : undefined),
      stamp: (id) => noteSaverOf(client).stamp(id),
      onChange: () => this.#show(),
    });
  }

  /** Takes in the rows of a search that was still being read when the mode was opened. */
  async #grow(result: number): Promise<void> {
    await this.#session.list.counted();
    const { list } = this.#session.store.get();
    const round = this.#round;
    if (!round || round.result !== result || list.result !== result || list.total <= round.papers.size) return;
    round.ranges = [[0, list.total]];
    round.papers.stop();
    round.papers = this.#papersOf(round);
    round.papers.goTo(round.at);
    this.#show();
  }

  /** Runs one of the mode's commands. `pageOn` is here what happens at the end of the page. */
  run(id: TriageCommandId): void {
    const status = statusOf[id];
    if (status !== undefined) this.decide({ status });
    else if (id === 'star') this.#star();
    else if (id === 'tag') this.#tag();
    else if (id === 'note') this.openNote(true);
    else if (id === 'undo') this.#undo();
    else if (id === 'redo') this.#redo();
    else if (id === 'pageOn' || id === 'next') this.#step(1, '');
    else if (id === 'previous') this.#step(-1, '');
    else if (id === 'web') this.#openOnWeb();
    else if (this.#round?.note) this.openNote(false);
    else this.leave();
  }

  /** Decides about the paper that is looked at. A status goes on to the next paper; the rest stays. */
  decide(change: MarkChange): void {
    const round = this.#round;
    const current = round && currentOf(round);
    if (round?.phase !== 'papers' || !current?.id || !current.marks) return;
    const decision: Decision = {
      place: round.at,
      id: current.id,
      title: current.row?.title ?? '',
      before: marksOf(current.marks),
      after: marksOf(changedMarks(current.marks, change)),
      verdict: change.status ?? null,
    };
    round.undone = [];
    this.#keep(round, decision, change);
    if (decision.verdict !== null) this.#step(1, `${wordsOf(decision)}. `);
    else {
      touch(round);
      this.#show();
      this.#session.announce(wordsOf(decision));
    }
  }

  #keep(round: Round, decision: Decision, change: MarkChange): void {
    round.last = decision;
    round.marks.set(decision.id, { marks: decision.after, savedBefore: null });
    round.log.push(this.#keeper.keep(decision, change));
  }

  /** Answers asked for from now on have these marks, unless something was decided since. */
  #saved(id: PaperId, marks: PaperMarks): void {
    const known = this.#round?.marks.get(id);
    if (known?.marks === marks) known.savedBefore = this.#round?.papers.lastAsked ?? null;
  }

  #star(): void {
    const marks = this.#current?.marks;
    if (marks) this.decide({ starred: !marks.starred });
  }

  #tag(): void {
    const marks = this.#current?.marks;
    if (this.#round?.phase !== 'papers' || !marks) return;
    const only = { tags: marks.tags, save: (change: MarkChange) => this.decide(change) };
    this.#session.dialog({ kind: 'tags', selection: [], size: 1, only });
  }

  /** Opens the note of the paper that is looked at, or closes it. */
  openNote(note: boolean): void {
    if (this.#round?.phase !== 'papers') return;
    this.#round.note = note;
    this.#show();
  }

  #openOnWeb(): void {
    const paper = this.#current?.paper;
    if (paper) window.open(webAddress(paper), '_blank', 'noopener');
  }

  /** Goes to the paper after or before, and past the last to the summary. */
  #step(by: 1 | -1, said: string): void {
    const round = this.#round;
    if (!round) return;
    touch(round);
    const { size } = round.papers;
    if (round.phase === 'summary') {
      if (by === -1 && size > 0) this.#goTo(round, size - 1, said);
    } else if (round.at + by < size) this.#goTo(round, Math.max(round.at + by, 0), said);
    else {
      round.phase = 'summary';
      round.note = false;
      this.#show();
      this.#announce(said);
    }
  }

  #goTo(round: Round, place: number, said: string): void {
    round.phase = 'papers';
    if (place !== round.at) round.note = false;
    round.at = place;
    round.papers.goTo(place);
    this.#show();
    this.#announce(said);
  }

  /** Takes the last decision back and goes to its paper. */
  #undo(): void {
    const round = this.#round;
    const kept = round?.log.pop();
    if (!round || !kept) {
      this.#session.announce('Nothing to undo');
      return;
    }
    round.undone.push(kept.decision);
    this.#takeBack(round, kept);
    touch(round);
    this.#goTo(round, kept.decision.place, 'Undone. ');
  }

  #takeBack(round: Round, kept: Kept): void {
    const { id, before } = kept.decision;
    round.last = null;
    round.marks.set(id, { marks: before, savedBefore: null });
    this.#keeper.takeBack(kept);
  }

  /** Decides again what was taken back last. */
  #redo(): void {
    const round = this.#round;
    const decision = round?.undone.pop();
    if (!round || !decision) {
      this.#session.announce('Nothing to redo');
      return;
    }
    this.#keep(round, decision, changeBetween(decision.before, decision.after));
    round.at = decision.place;
    if (decision.verdict !== null) this.#step(1, 'Redone. ');
    else this.#goTo(round, decision.place, 'Redone. ');
  }

  /** Takes everything back that was decided in this round, and begins it anew. */
  undoAll(): void {
    const round = this.#round;
    if (!round) return;
    const first = round.log[0]?.decision.place ?? 0;
    for (let kept = round.log.pop(); kept; kept = round.log.pop()) this.#takeBack(round, kept);
    round.undone = [];
    round.spent = 0;
    round.touched = Date.now();
    this.#goTo(round, first, 'All taken back. ');
  }

  /** Goes through the papers about which nothing was decided. */
  again(): void {
    const round = this.#round;
    const ranges = round ? leftIn(round) : [];
    if (round && ranges.length > 0) this.#begin({ ...round, ranges, at: 0 });
  }

  /** Closes the mode; the list then stands on the paper that was looked at. What is not saved yet still will be. */
  leave(): void {
    const round = this.#round;
    if (!round) return;
    const { store, papers, list } = this.#session;
    const id = currentOf(round)?.id ?? null;
    round.papers.stop();
    this.#round = null;
    store.set({ triage: null, covering: false });
    if (store.get().list.result === round.result) {
      if (round.papers.size > 0) papers.choose(round.papers.indexOf(round.at));
      list.reload();
    } else {
      if (id !== null) store.set({ currentId: id });
      list.refresh();
    }
    this.#letGo();
    if (this.#keeper.failure !== null) this.#tellUnsaved();
  }

  /** Closes the mode and goes to a view. */
  leaveTo(view: string): void {
    this.leave();
    this.#session.goTo(view);
  }

  #tellUnsaved(): void {
    const { waiting, failure } = this.#keeper;
    const decisions = waiting === 1 ? 'One decision is' : `${waiting.toLocaleString()} decisions are`;
    this.#session.toasts.show('error', `${decisions} not saved. ${failure}`, {
      topic: 'triage',
      action: { label: 'Retry', run: () => this.retry() },
    });
  }

  /** Tries again to save, and to fetch what could not be had. */
  retry(): void {
    this.#keeper.retry();
    this.#round?.papers.retry();
  }

  /** Settled once everything decided is saved, or saving has stopped. Never rejects. */
  flush(): Promise<void> {
    return this.#keeper.settled();
  }

  /** Says that papers may have changed in the library. */
  expire(): void {
    this.#round?.papers.expire();
  }

  /** The paper that is looked at. */
  get #current(): TriagePaper | null {
    return this.#round && currentOf(this.#round);
  }

  #savingChanged(): void {
    if (this.#keeper.failure === null) this.#session.toasts.closeTopic('triage');
    if (this.#round) this.#show();
    else if (this.#keeper.failure !== null) this.#tellUnsaved();
  }

  #show(): void {
    const round = this.#round;
    if (!round) return;
    this.#session.store.set({ triage: shownRound(round, this.#keeper) });
  }

  #announce(said: string): void {
    const { triage } = this.#session.store.get();
    if (!triage) return;
    const { label, phase, at, size, decided, current } = triage;
    const here = `${at + 1} of ${size}: ${current?.row?.title ?? ''}`;
    this.#session.announce(`${said}${phase === 'papers' ? here : `End of ${label}, ${decided} of ${size} decided`}`);
  }
}
