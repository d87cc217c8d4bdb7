import { fold } from '../search/conditions.ts';

/**
 * The tag and every one that it is nested in, in which `tag:` finds it, with case folded: `ML/Vision` is of the
 * families `ml` and `ml/vision`.
 */
export function familiesOf(tag: string): string[] {
  const folded = fold(tag);
  const families = [folded];
  for (let at = folded.indexOf('/', 1); at > 0; at = folded.indexOf('/', at + 1)) families.push(folded.slice(0, at));
  return [...new Set(families)];
}

/** What changes in how many papers each family has, as tags come to papers and go. */
export class FamilyChanges {
  readonly #families = new Map<string, readonly string[]>();
  readonly #changes = new Map<string, number>();

  /** One paper has other tags than before. */
  add(before: Iterable<string>, after: Iterable<string>): void {
    const old = this.#all(before);
    const now = this.#all(after);
    for (const family of old) if (!now.has(family)) this.#count(family, -1);
    for (const family of now) if (!old.has(family)) this.#count(family, 1);
  }

  /** By how much each family has grown, or shrunk; only those that have. */
  *[Symbol.iterator](): Iterator<[family: string, by: number]> {
    for (const [family, by] of this.#changes) if (by !== 0) yield [family, by];
  }

  #all(tags: Iterable<string>): Set<string> {
    return new Set([...tags].flatMap((tag) => this.#of(tag)));
  }

  // The same few tags come again for paper after paper.
  #of(tag: string): readonly string[] {
    const known = this.#families.get(tag);
    if (known) return known;
    const families = familiesOf(tag);
    this.#families.set(tag, families);
    return families;
  }

  #count(family: string, by: number): void {
    this.#changes.set(family, (this.#changes.get(family) ?? 0) + by);
  }
}

/**
 * Tags with how many papers their views show, and the tags that only have others nested in them.
 * @param tags in the order of their names
 * @param totals papers of each family
 */
export function withTotals(
  tags: readonly { name: string; count: number }[],
  totals: ReadonlyMap<string, number>,
): { name: string; count: number; total: number }[] {
  const names = new Map(tags.map((tag) => [fold(tag.name), tag.name]));
  const parents: (typeof tags)[number][] = [];
  for (const { name } of tags) {
    for (let at = name.indexOf('/', 1); at > 0; at = name.indexOf('/', at + 1)) {
      const parent = name.slice(0, at);
      // A slash at either end of a name nests nothing.
      if (parent.endsWith('/') || at === name.length - 1 || names.has(fold(parent))) continue;
      names.set(fold(parent), parent);
      parents.push({ name: parent, count: 0 });
    }
  }
  const all = parents.length === 0 ? tags : [...tags, ...parents].sort(byName);
  return all.map(({ name, count }) => ({ name, count, total: totals.get(fold(name)) ?? count }));
}

function byName(a: { name: string }, b: { name: string }): number {
  const [one, other] = [fold(a.name), fold(b.name)];
  return one < other ? -1 : one > other ? 1 : a.name < b.name ? -1 : 1;
}
