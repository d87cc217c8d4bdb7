import type { PaperId } from '../../shared/paper.ts';
import { Homes, yearsApart } from './homes.ts';
import type { PaperPair } from './papers-writer.ts';
import { isShortTitle, isTitleOnly, keysOf, type RecordIdentity, titleIdOf } from './record-identity.ts';

/** Records that are about one paper. */
export interface RecordGroup {
  /** The paper's own id. No other group has it as its own. */
  id: PaperId;
  /** Every id that the paper can be found by, its own among them, sorted. */
  ids: PaperId[];
  /** Indices into the records, ascending. */
  members: number[];
}

/** A group in the making. */
class Draft {
  readonly members: number[] = [];
  readonly people = new Set<string>();
  readonly years = new Set<number>();
  readonly titles = new Set<string>();
  /** Any of its records has a DOI. */
  hasDoi = false;

  add(index: number, record: RecordIdentity): void {
    this.members.push(index);
    if (record.titleKey !== null) this.titles.add(record.title);
    for (const name of record.people) this.people.add(name);
    if (record.year !== null) this.years.add(record.year);
    if (record.doi !== null) this.hasDoi = true;
  }

  take(other: Draft): void {
    this.members.push(...other.members);
    for (const title of other.titles) this.titles.add(title);
    for (const name of other.people) this.people.add(name);
    for (const year of other.years) this.years.add(year);
    this.hasDoi ||= other.hasDoi;
  }
}

/** The value under `key`, made by `make` where there is none. */
function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function byTitle(drafts: Iterable<Draft>): Map<string, Draft[]> {
  const titles = new Map<string, Draft[]>();
  for (const draft of drafts) for (const title of draft.titles) getOrMake(titles, title, () => []).push(draft);
  return titles;
}

/** Sets that grow together: which set an element is in, by an element of it. */
class Sets {
  readonly #parents: number[];

  constructor(size: number) {
    this.#parents = Array.from({ length: size }, (_, index) => index);
  }

  rootOf(index: number): number {
    let root = index;
    for (let up = this.#parents[root]; up !== undefined && up !== root; up = this.#parents[root]) root = up;
    for (let at = index; at !== root; ) {
      const up = this.#parents[at] ?? root;
      this.#parents[at] = root;
      at = up;
    }
    return root;
  }

  unite(a: number, b: number): void {
    this.#parents[this.rootOf(a)] = this.rootOf(b);
  }
}

/** Records with an arXiv id by that; then those with a DOI, beside the arXiv record that has it too. */
function byIdentifiers(records: readonly RecordIdentity[]): { arxiv: Draft[]; doi: Draft[] } {
  const arxiv = new Map<string, Draft>();
  const arxivByDoi = new Map<string, Set<Draft>>();
  for (const [index, record] of records.entries()) {
    if (record.arxivId === null) continue;
    const draft = getOrMake(arxiv, record.arxivId, () => new Draft());
    draft.add(index, record);
    if (record.doi !== null) getOrMake(arxivByDoi, record.doi, () => new Set()).add(draft);
  }
  const doi = new Map<string, Draft>();
  for (const [index, record] of records.entries()) {
    if (record.arxivId !== null || record.doi === null) continue;
    const [home, another] = arxivByDoi.get(record.doi) ?? [];
    const draft = home !== undefined && another === undefined ? home : getOrMake(doi, record.doi, () => new Draft());
    draft.add(index, record);
  }
  return { arxiv: [...arxiv.values()], doi: [...doi.values()] };
}

/** Lays a preprint and its printed version together, where each is the only one the other can be. */
function joinPreprints(arxiv: readonly Draft[], doi: readonly Draft[]): Draft[] {
  const preprints = arxiv.filter(({ hasDoi }) => !hasDoi);
  if (preprints.length === 0 || doi.length === 0) return [...arxiv, ...doi];
  const preprintsByTitle = byTitle(preprints);
  const candidates = new Map<Draft, Set<Draft>>();
  for (const [title, printed] of byTitle(doi)) {
    const others = preprintsByTitle.get(title);
    if (others === undefined) continue;
    const sides = [
      [printed, others],
      [others, printed],
    ] as const;
    for (const [guests, homes] of sides) {
      const index = new Homes(homes, isShortTitle(title));
      for (const guest of guests)
        index.find(
          guest,
          getOrMake(candidates, guest, () => new Set()),
        );
    }
  }
  const alone: Draft[] = [];
  const joined: [home: Draft, guest: Draft][] = [];
  for (const printed of doi) {
    const [home, another] = candidates.get(printed) ?? [];
    if (home !== undefined && another === undefined && candidates.get(home)?.size === 1) joined.push([home, printed]);
    else alone.push(printed);
  }
  for (const [home, guest] of joined) home.take(guest);
  return [...arxiv, ...alone];
}

/** Records that have only a title, with how much else they say: the ones that say more are placed first. */
const tiers: ((record: RecordIdentity) => boolean)[] = [
  ({ people, year }) => people.length > 0 && year !== null,
  ({ people, year }) => people.length > 0 && year === null,
  ({ people, year }) => people.length === 0 && year !== null,
  ({ people, year }) => people.length === 0 && year === null,
];

/**
 * Records of one title and one tier, those together that are compatible, or linked by others that are.
 * @param indices of such records
 */
function clustersOf(records: readonly RecordIdentity[], indices: readonly number[], apart: number): Draft[] {
  const sets = new Sets(indices.length);
  const byName = new Map<string, number[]>();
  for (const [at, index] of indices.entries()) {
    const people = records[index]?.people ?? [];
    // Without people it is the year alone that tells them apart.
    const names = people.length > 0 ? people : [`\u0000${records[index]?.year ?? ''}`];
    for (const name of names) getOrMake(byName, name, () => []).push(at);
  }
  const yearAt = (at: number) => records[indices[at] ?? -1]?.year ?? 0;
  for (const list of byName.values()) {
    list.sort((a, b) => yearAt(a) - yearAt(b));
    for (const [place, at] of list.entries()) {
      const before = list[place - 1];
      if (before !== undefined && yearAt(at) - yearAt(before) <= apart) sets.unite(before, at);
    }
  }
  const clusters = new Map<number, Draft>();
  for (const [at, index] of indices.entries()) {
    const record = records[index];
    if (record) getOrMake(clusters, sets.rootOf(at), () => new Draft()).add(index, record);
  }
  return [...clusters.values()];
}

/** True when several clusters of a tier may have this home without saying different things of it. */
function isSharedHome(cluster: Draft, home: Draft): boolean {
  if (cluster.people.size > 0) return home.people.size > 0;
  return cluster.years.size === 0 || home.years.size > 0;
}

/** Places records that have only a title with the groups of that title; see {@link groupRecords}. */
function placeTitles(records: readonly RecordIdentity[], placed: readonly Draft[]): Draft[] {
  const drafts = [...placed];
  const waiting = tiers.map(() => new Map<string, number[]>());
  let any = false;
  for (const [index, record] of records.entries()) {
    if (!isTitleOnly(record)) continue;
    any = true;
    const tier = tiers.findIndex((is) => is(record));
    getOrMake(waiting[tier] ?? new Map<string, number[]>(), record.title, () => []).push(index);
  }
  if (!any) return drafts;

  const groups = byTitle(placed);
  for (const titles of waiting) {
    const joins: [home: Draft, guest: Draft][] = [];
    for (const [title, indices] of titles) {
      const short = isShortTitle(title);
      const clusters = clustersOf(records, indices, yearsApart(true, short));
      const there = getOrMake(groups, title, () => []);
      const homes = new Homes(there, short);
      const guests = new Homes(clusters, short);
      for (const cluster of clusters) {
        const found = new Set<Draft>();
        homes.find(cluster, found);
        const [home, another] = found;
        const askedBy = new Set<Draft>();
        if (home !== undefined) guests.find(home, askedBy);
        if (home !== undefined && another === undefined && (isSharedHome(cluster, home) || askedBy.size === 1)) {
          joins.push([home, cluster]);
        } else {
          there.push(cluster);
          drafts.push(cluster);
        }
      }
    }
    // Only now: every title of a tier is judged by what the tiers before have left.
    for (const [home, guest] of joins) home.take(guest);
  }
  return drafts;
}

function finished(draft: Draft, records: readonly RecordIdentity[]): RecordGroup {
  const members = draft.members.sort((a, b) => a - b);
  const ids = new Set<PaperId>();
  let own: { rank: number; id: PaperId } | null = null;
  for (const member of members) {
    const record = records[member];
    if (record === undefined) continue;
    for (const id of keysOf(record)) ids.add(id);
    const candidate = ownIdOf(record);
    if (own === null || candidate.rank < own.rank || (candidate.rank === own.rank && candidate.id < own.id)) {
      own = candidate;
    }
  }
  return { id: own?.id ?? '', ids: [...ids].sort(), members };
}

/** What a record would call its paper, and how good a name that is: the lower the rank the better. */
function ownIdOf(record: RecordIdentity): { rank: number; id: PaperId } {
  if (record.arxivId !== null) return { rank: 0, id: `arxiv:${record.arxivId}` };
  if (record.doi !== null) return { rank: 1, id: `doi:${record.doi}` };
  return { rank: 2 + tiers.findIndex((is) => is(record)), id: titleIdOf(record) };
}

/** Unites groups that the reader has made one. The kept one's id is the id of all. */
function unitePairs(groups: readonly RecordGroup[], pairs: readonly PaperPair[]): RecordGroup[] {
  const own = new Map(groups.map(({ id }, index) => [id, index]));
  const having = new Map<PaperId, number[]>();
  for (const [index, { ids }] of groups.entries()) {
    for (const id of ids) getOrMake(having, id, () => []).push(index);
  }
  const groupOf = (id: PaperId): number | undefined => {
    const found = having.get(id);
    return own.get(id) ?? (found?.length === 1 ? found[0] : undefined);
  };
  const sets = new Sets(groups.length);
  const absorbed = new Set<number>();
  for (const [kept, other] of pairs) {
    const [a, b] = [groupOf(kept), groupOf(other)];
    if (a === undefined || b === undefined || a === b) continue;
    sets.unite(a, b);
    absorbed.add(b);
  }
  const united = new Map<number, number[]>();
  for (const index of groups.keys()) getOrMake(united, sets.rootOf(index), () => []).push(index);
  return [...united.values()].map((indices) => {
    const parts = indices.flatMap((index) => groups[index] ?? []);
    const keptOnes = indices.filter((index) => !absorbed.has(index)).flatMap((index) => groups[index] ?? []);
    const [id = ''] = (keptOnes.length > 0 ? keptOnes : parts).map((part) => part.id).sort();
    return {
      id,
      ids: [...new Set(parts.flatMap(({ ids }) => ids))].sort(),
      members: parts.flatMap(({ members }) => members).sort((a, b) => a - b),
    };
  });
}

/**
 * Says which records are about one paper. A function of the set of records: neither their order
 * nor doubles change the groups.
 *
 * Records with one arXiv id are one paper; a DOI joins the only arXiv paper that has it. A printed
 * version known by its DOI and a preprint without one are one paper when they have a title in
 * common, are compatible (see `Homes`), and neither could be any other. Records that have only a
 * title come last, those that say most of themselves first: each joins the one compatible paper of
 * its title, and is a paper of its own where there is none or more than one. So papers are never
 * made one by a guess: `duplicates-finder.ts` finds what this was too careful for.
 *
 * Takes time in proportion to the records and their names, however many have one title.
 * @param records all that are connected through shared keys (`keysOf`) and `same` pairs; more do no harm
 * @param same pairs that the reader has made one; those with an id that is not here or not clear are left out
 * @returns the groups, in the order of their first members
 */
export function groupRecords(records: readonly RecordIdentity[], same: readonly PaperPair[]): RecordGroup[] {
  const { arxiv, doi } = byIdentifiers(records);
  const drafts = placeTitles(records, joinPreprints(arxiv, doi));
  const groups = drafts.map((draft) => finished(draft, records));
  const united = same.length === 0 ? groups : unitePairs(groups, same);
  return united.sort((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0));
}
