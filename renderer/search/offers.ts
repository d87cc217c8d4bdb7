import type { LibraryState } from '../../shared/contract.ts';
import { type Status, statuses, type TagColour } from '../../shared/paper.ts';
import { type Completions, completionsAt, valueText } from '../../shared/query/completions.ts';

/** Something that can stand where the caret is. */
export interface Offer {
  /** What is put in. */
  insert: string;
  /** How many characters before the end of that the caret stands afterwards. */
  back?: number;
  label: string;
  /** True when the label is something to be typed, not a name. */
  code?: boolean;
  detail?: string;
  count?: number;
  status?: Status;
  colour?: TagColour | null;
}

/** What is offered at a place of a text. */
export interface Offers {
  /** The piece `[from, to)` that an offer takes the place of, in UTF-16 units. */
  from: number;
  to: number;
  /** What the list of them is called. */
  label: string;
  /** True for names of fields: what has been typed may as well be a word that is searched for. */
  perhapsWords: boolean;
  offers: readonly Offer[];
}

/** Values that only the library can look up. */
export interface Lookup {
  field: 'author' | 'venue';
  beginning: string;
}

/** What offers are made from. */
export interface OfferParts {
  library: Pick<LibraryState, 'tags' | 'sources'>;
  /** The present year, for examples. */
  year: number;
  /** True when the reader has asked for offers, and has not just been typing. */
  asked: boolean;
  /** What the library answered to {@link lookupAt}. */
  found: readonly string[];
}

/** Tags and sources offered, at most. */
const mostNames = 10;

/** Letters of a word from which it is taken for the beginning of a field's name. */
const leastOfName = 2;

/** What is no field and has no name: the signs of the language. */
const signs: readonly Offer[] = [
  { insert: '""', back: 1, label: '"weak to strong"', detail: 'words that follow one another', code: true },
  { insert: '-', label: '-survey', detail: 'without this; also before a clause', code: true },
  { insert: 'OR ', label: 'a OR b', detail: 'either; parentheses hold parts together', code: true },
];

/** The values to look up in the library for a place in a text, or null. */
export function lookupAt(text: string, caret: number, year: number): Lookup | null {
  const place = completionsAt(text, caret, year);
  if (place?.fetch !== 'author' && place?.fetch !== 'venue') return null;
  return { field: place.fetch, beginning: place.beginning };
}

/** What to offer where the caret stands in a text; null where there is nothing. */
export function offersAt(text: string, caret: number, parts: OfferParts): Offers | null {
  const { year, asked } = parts;
  const place = completionsAt(text, caret, year);
  // Within what has been written nothing is offered unasked.
  if (!place || (!asked && place.to > caret)) return null;
  const { from, to } = place;
  const offers = place.field === null ? nameOffers(place, parts) : valueOffers(place, text, parts);
  if (offers.length === 0) return null;
  const label = place.field === null ? 'Fields' : `Values of ${place.field}`;
  return { from, to, label, perhapsWords: place.field === null, offers };
}

function nameOffers({ beginning, completions }: Completions, { asked }: OfferParts): Offer[] {
  if (!asked && beginning.length < leastOfName) return [];
  const names = completions.map(({ text, detail }) => ({ insert: text, label: text, detail, code: true }));
  return beginning === '' ? [...signs, ...names] : names;
}

function valueOffers(place: Completions, text: string, { library, asked, found }: OfferParts): Offer[] {
  const { field, fetch, beginning, completions } = place;
  // A value is over when it has been chosen: what follows is something else.
  const after = text.charAt(place.to);
  const space = after === '' ? ' ' : '';
  const fixed = completions.map(({ text: value, detail }): Offer => {
    const status = field === 'status' || field === 'is' ? statuses.find((each) => each === value) : undefined;
    return {
      insert: value + space,
      label: value,
      code: true,
      ...(detail !== value && { detail }),
      ...(status && { status }),
    };
  });
  const named = (): Offer[] => {
    switch (fetch) {
      case 'tag':
        return beginningSo(library.tags, beginning).map(({ name, total, colour }) => ({
          insert: valueText(name) + space,
          label: name,
          count: total,
          colour,
        }));
      case 'source':
        return sourceOffers(library.sources, beginning, space);
      case 'author':
      case 'venue':
        return found
          .filter((name) => startsWord(name, beginning))
          .map((name) => ({ insert: valueText(name) + space, label: name }));
      default:
        return [];
    }
  };
  const offers = [...fixed, ...named()];
  // What is there already need not be offered.
  const done = offers.length === 1 && offers[0]?.label.toLowerCase() === beginning.toLowerCase();
  return done && !asked ? [] : offers;
}

function sourceOffers(sources: LibraryState['sources'], beginning: string, space: string): Offer[] {
  return beginningSo(sources, beginning).map(({ id, name, count }) => {
    // A name that several have says too little.
    const several = sources.filter((each) => each.name === name).length > 1;
    const insert = (several ? String(id) : valueText(name)) + space;
    return { insert, label: several ? `${name} (${id})` : name, count };
  });
}

/** What has a word that begins so, those that begin so themselves first. */
function beginningSo<T extends { name: string }>(named: readonly T[], beginning: string): T[] {
  const lower = beginning.toLowerCase();
  const matching = named.filter(({ name }) => startsWord(name, beginning));
  const first = ({ name }: T) => (name.toLowerCase().startsWith(lower) ? 0 : 1);
  return matching.toSorted((one, other) => first(one) - first(other)).slice(0, mostNames);
}

/** True when a name, or a word in it, begins so. Case does not matter. */
function startsWord(name: string, beginning: string): boolean {
  const [lower, start] = [plain(name), plain(beginning)];
  if (lower.startsWith(start)) return true;
  for (let at = lower.indexOf(start, 1); at > 0; at = lower.indexOf(start, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(lower.charAt(at - 1))) return true;
  }
  return false;
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
