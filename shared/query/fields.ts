/** Every field of the language, as it is written before a colon. `is` and `has` have fixed values. */
export const fieldNames = [
  'title',
  'abstract',
  'author',
  'note',
  'tag',
  'status',
  'is',
  'has',
  'source',
  'venue',
  'id',
  'year',
  'published',
  'added',
  'read',
  'votes',
  'sort',
] as const;

/** One of {@link fieldNames}. */
export type FieldName = (typeof fieldNames)[number];

// What a reader may write as well, without having to look it up.
const otherNames = new Map<string, FieldName>([
  ['authors', 'author'],
  ['notes', 'note'],
  ['tags', 'tag'],
  ['date', 'published'],
]);

/**
 * The field that a name stands for, in any case; null when there is none of that name.
 * @param name without the colon
 */
export function fieldOf(name: string): FieldName | null {
  const lower = name.toLowerCase();
  return fieldNames.find((field) => field === lower) ?? otherNames.get(lower) ?? null;
}

/** What `has:` takes. */
export const hasValues = ['note', 'abstract', 'code', 'tag'] as const;

/** True for one of {@link hasValues}. */
export function isHasValue(text: string): text is (typeof hasValues)[number] {
  return (hasValues as readonly string[]).includes(text);
}
