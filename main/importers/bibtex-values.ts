/*
 * The values of BibTeX fields, which may be long and hold anything, are kept aside: in the text
 * that the parser is given, a number stands for each, between characters that no text has.
 */
const begin = '\ufdd0';
const end = '\ufdd1';
const sign = '\ufdd2';
const reserved = /[\ufdd0-\ufdd2]/g;
const token = /\ufdd0(s?)(\d+)\ufdd1/g;

/** Longest value that is put together, in UTF-16 units: a short text can name a long one very often. */
const longestValue = 2 * 1024 * 1024;

/** What stands for a value that is kept aside. */
export function keptAside(index: number): string {
  return `{${begin}${index}${end}}`;
}

/** What stands for the value of an `@string`. */
export function keptString(index: number): string {
  return `${begin}s${index}${end}`;
}

/** Text between values, without what could be mistaken for ours, or for the beginning of an entry. */
export function sanitised(text: string): string {
  return text.replaceAll(reserved, ' ').replaceAll('@', sign);
}

/**
 * A text in which the values that were kept aside stand again.
 * @param values of the entry
 * @param strings of the `@string`s
 */
export function withValues(text: string, values: readonly string[], strings: readonly string[]): string {
  let length = 0;
  return text
    .replaceAll(token, (_, isString, index) => {
      const value = (isString === 's' ? strings : values)[Number(index)] ?? '';
      length += value.length;
      return length > longestValue ? '' : value;
    })
    .replaceAll(sign, '@');
}

/** The text for people: an ellipsis for every value. */
export function withoutValues(text: string): string {
  return text.replaceAll(token, '…').replaceAll(sign, '@');
}
