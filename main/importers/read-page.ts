import { hintsOf } from './page-bylines.ts';
import { announcesName, followsTitle } from './page-furniture.ts';
import { isListItem, type Scores, scoreParagraph } from './paragraph-scores.ts';
import type { Paragraph } from './paragraphs.ts';

/** A title of the page and the paragraphs under it, which are none when the abstract is missing. */
export interface PageEntry {
  title: Paragraph;
  abstract: Paragraph[];
  /** How much the title looks like one; above 2 for nearly all real ones. */
  titleScore: number;
}

/**
 * What a paragraph can be: furniture above the first paper, a title, furniture under a title, the
 * first paragraph of an abstract, a later one, or furniture after an abstract.
 */
const states = ['header', 'title', 'underTitle', 'abstract', 'abstractOn', 'after'] as const;
type State = (typeof states)[number];

/** What it costs to go from one state to the next; pairs left out cannot follow each other. */
const transitions: Record<State, Partial<Record<State, number>>> = {
  header: { header: 0, title: 0 },
  title: { title: -2.5, abstract: 1.5, underTitle: -1 },
  underTitle: { underTitle: 0, title: -1.5, abstract: -1 },
  abstract: { title: 0, abstractOn: -3, after: -1 },
  abstractOn: { title: 0, abstractOn: -4, after: -1 },
  after: { after: 0, title: 0 },
};

const starts: Partial<Record<State, number>> = { header: 0, title: 0 };

const scoreOf: Record<State, keyof Scores> = {
  header: 'furniture',
  title: 'title',
  underTitle: 'furniture',
  abstract: 'abstract',
  abstractOn: 'abstract',
  after: 'furniture',
};

/** True when a text ends as what goes on in the next paragraph does. */
function announcesMore(text: string): boolean {
  return text.endsWith(':') || text.endsWith(';');
}

function scorePage(paragraphs: readonly Paragraph[]): Scores[] {
  const scores = paragraphs.map(({ text }) => scoreParagraph(text));
  // Where some breaks are wider than others, titles come after the wide ones.
  const close = paragraphs.filter(({ afterBlank }) => !afterBlank).length / Math.max(paragraphs.length, 1);
  // Where lines such as "12 authors" tell the titles, other short lines are names of organisations.
  const announcing = paragraphs.filter(({ text }) => followsTitle(text)).length;
  const hints = hintsOf(paragraphs);
  // A page of nothing but a list of titles is another matter.
  const items = paragraphs.filter(({ text }) => isListItem(text)).length;
  const hasLists = items <= paragraphs.length * 0.5;
  for (const [index, paragraph] of paragraphs.entries()) {
    const score = scores[index];
    if (!score) continue;
    if (close > 0.2 && close < 0.8) score.title += paragraph.afterBlank ? 1 : -1.5;
    const before = paragraphs[index - 1];
    if (before && announcesName(before.text) && paragraph.text.length <= 40) {
      scores[index] = { title: -8, abstract: -15, furniture: 8 };
    }
    // A copied page may have the dot before "12 authors" on a line of its own.
    const next = paragraphs.slice(index + 1, index + 3).find(({ text }) => text !== '·');
    const announced = next !== undefined && followsTitle(next.text) && paragraph.text.length > 3;
    if (announced) score.title += 5;
    else if (announcing >= 2 && paragraph.text.length < 40) score.title -= 3;
    if (hasLists) {
      if (isListItem(paragraph.text)) {
        score.title -= 6;
        score.abstract = Math.max(score.abstract, 4);
      }
      // What announces a list, and what comes after one.
      if (announcesMore(paragraph.text) && paragraph.text.includes(' ')) {
        score.title -= 4;
        score.abstract += 4;
      }
      if (before && (announcesMore(before.text) || isListItem(before.text))) score.abstract += 2;
    }
    if (hints.get(index) === 'title') score.title += 8;
    if (hints.get(index) === 'byline') scores[index] = { title: -15, abstract: -15, furniture: 12 };
    // Without them, the page holds little but papers, and a line that is not known to be furniture is none.
    if (announcing < 2 && score.furniture < 0) score.furniture -= 4;
  }
  return scores;
}

const impossible = Number.NEGATIVE_INFINITY;

/** {@link transitions} by the places of the states in {@link states}: `costs[from][to]`. */
const costs = states.map((from) => states.map((to) => transitions[from][to] ?? impossible));

/** Place of the greatest number, the first one where several are. */
function placeOfGreatest(numbers: readonly number[]): number {
  return numbers.indexOf(numbers.reduce((greatest, number) => Math.max(greatest, number), impossible));
}

/**
 * The most likely state of each paragraph, all of them taken together: Viterbi's algorithm
 * (Forney, "The Viterbi algorithm", Proc. IEEE 61, 1973). So a short second paragraph, a title
 * that ends with a full stop or an abstract of one sentence is told by what stands around it.
 */
function likeliestStates(scores: readonly Scores[]): State[] {
  // From which state each state of each paragraph is best reached. A text may have a paragraph for
  // every second character of it, hence numbers instead of objects.
  const from = new Uint8Array(scores.length * states.length);
  let totals = states.map((state) => starts[state] ?? impossible);
  for (const [index, score] of scores.entries()) {
    const reached = totals;
    totals = states.map((state, to) => {
      if (index === 0) return (reached[to] ?? impossible) + score[scoreOf[state]];
      const ways = reached.map((total, at) => total + (costs[at]?.[to] ?? impossible));
      const best = placeOfGreatest(ways);
      from[index * states.length + to] = best;
      return (ways[best] ?? impossible) + score[scoreOf[state]];
    });
  }
  const path: State[] = [];
  let place = placeOfGreatest(totals);
  for (let index = scores.length - 1; index >= 0; index -= 1) {
    path.push(states[place] ?? 'header');
    place = from[index * states.length + place] ?? 0;
  }
  return path.reverse();
}

/** Finds the papers of a page among its paragraphs. */
export function readPage(paragraphs: readonly Paragraph[]): PageEntry[] {
  const scores = scorePage(paragraphs);
  const entries: PageEntry[] = [];
  for (const [index, state] of likeliestStates(scores).entries()) {
    const paragraph = paragraphs[index];
    if (!paragraph) continue;
    if (state === 'title') entries.push({ title: paragraph, abstract: [], titleScore: scores[index]?.title ?? 0 });
    if (state === 'abstract' || state === 'abstractOn') entries.at(-1)?.abstract.push(paragraph);
  }
  return entries;
}
