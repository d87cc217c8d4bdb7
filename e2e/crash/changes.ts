import type { SeededNumbers } from '../../main/importers/mutations.ts';
import type { MarkTarget } from '../../main/store/combined.ts';
import type { History } from '../../main/store/history.ts';
import type { ReaderMarks } from '../../main/store/marks.ts';
import type { Store } from '../../main/store/store.ts';
import type { MarkChange } from '../../shared/contract.ts';
import { type PaperId, statuses, tagColours } from '../../shared/paper.ts';
import { type SavedView, viewIcons } from '../../shared/views.ts';

/** Papers that are changed. */
export const paperCount = 40;
const tags = ['ml', 'ml/vision', 'to discuss', 'naïve Bayes', '日本語', 'a"b\\c'];
const pieces = [
  'The claim in section 4 does not follow. ',
  'Compare **Łukasz 2024**;\n\n- one\n- two\n',
  '見直す。',
  'x → ∞ and $\\alpha < "β"$ 🙂\u2028',
  'TODO: read the appendix again, with the tables beside it.\t',
  '\\u0000 \ud800 lone\n',
];

/** A reader's data as they can be changed. */
export interface Reader {
  store: Store;
  history: History;
  marks: ReaderMarks;
}

function targetOf(number: number): MarkTarget {
  const id: PaperId = `arxiv:2401.${String(number).padStart(5, '0')}`;
  // A few papers have become known by a second id.
  return number % 10 === 0 ? { id, markedAs: [id, `doi:10.1000/${number}`] } : { id, markedAs: [] };
}

function textOf(random: SeededNumbers): string {
  const length = random.pick([1, 1, 2, 3, 5, 8, 13, 60]);
  return Array.from({ length }, () => random.pick(pieces)).join('');
}

/** A note as a reader goes on with it: mostly longer, now and then cut, put anew or taken away. */
function nextNote(before: string, random: SeededNumbers): string {
  switch (random.below(8)) {
    case 0:
      return '';
    case 1:
      return textOf(random);
    case 2:
      return before.slice(0, random.below(before.length + 1));
    case 3: {
      const at = random.below(before.length + 1);
      return before.slice(0, at) + random.pick(pieces) + before.slice(at);
    }
    default:
      return before + textOf(random);
  }
}

function markChange(random: SeededNumbers): MarkChange {
  switch (random.below(4)) {
    case 0:
      return { starred: random.below(2) === 0 };
    case 1:
      return { addTags: [random.pick(tags)] };
    case 2:
      return { removeTags: [random.pick(tags)] };
    default:
      return { status: random.pick(statuses) };
  }
}

function viewOf(random: SeededNumbers): SavedView {
  const number = random.below(6);
  return {
    ...{ id: `view:${1000 + number}`, name: `View ${random.below(100)}`, icon: random.pick(viewIcons) },
    ...{ query: random.pick(tags), sort: null, columns: null },
  };
}

/** Makes one change of any kind that a reader makes. Resolves when it is acknowledged. */
export async function changeSomething({ store, history, marks }: Reader, random: SeededNumbers): Promise<unknown> {
  const target = targetOf(random.below(paperCount));
  const kind = random.below(100);
  if (kind < 40) {
    const text = nextNote(store.record(target.id)?.note ?? '', random);
    return marks.setNote(target, text);
  }
  if (kind < 66) return marks.mark([target], markChange(random));
  if (kind < 72) {
    const from = random.below(paperCount);
    const many = Array.from({ length: 1 + random.below(paperCount) }, (_, at) => targetOf((from + at) % paperCount));
    return marks.mark(many, markChange(random));
  }
  if (kind < 82) return history.undo();
  if (kind < 88) return history.redo();
  if (kind < 91) {
    const view = viewOf(random);
    const others = store.views.filter(({ id }) => id !== view.id);
    const views = random.below(3) === 0 ? others : [...others, view];
    return history.do({ label: 'Changed the views', views });
  }
  if (kind < 93) {
    const colours = new Map(store.tagColours);
    if (random.below(3) === 0) colours.delete(random.pick(tags));
    else colours.set(random.pick(tags), random.pick(tagColours));
    return history.do({ label: 'Coloured a tag', tagColours: colours });
  }
  if (kind < 96) return store.change({ settings: { view: `tag:${random.pick(tags)}`, density: 'comfortable' } });
  if (kind < 98) {
    const pair = [target.id, targetOf(random.below(paperCount)).id] as const;
    return store.change({ pairs: { ...store.pairs, different: [...store.pairs.different.slice(-5), pair] } });
  }
  // As an import's marks are taken over, and as a restore gives whole records back.
  const given = Array.from({ length: 1 + random.below(12) }, () => targetOf(random.below(paperCount)).id);
  const note = textOf(random);
  const records = new Map(
    given.map((id) => [id, random.below(4) === 0 ? null : { note, noteChangedAt: 5, changedAt: 6, later: [note] }]),
  );
  return history.do({ label: 'Took marks over', records });
}
