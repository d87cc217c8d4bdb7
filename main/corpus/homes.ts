/** What is known of a paper when another of the same title is compared with it. */
export interface Known {
  /** Folded family names. */
  readonly people: ReadonlySet<string>;
  readonly years: ReadonlySet<number>;
}

/**
 * How many years may lie between two records of one paper: a preprint and its printed version are
 * often years apart, but where the title says little ("Preface"), the year must speak for itself.
 */
export function yearsApart(byPeople: boolean, shortTitle: boolean): number {
  return byPeople && !shortTitle ? 5 : 1;
}

/** Which lists an entry stands in: those of a name, of the nameless, of everyone. */
const nameless = '\u0000nameless';
const everyone = '\u0000everyone';
/** Likewise for years: those without one, and all. */
const yearless = -1;
const always = -2;

/**
 * Papers of one title, to be asked which of them another record could be. Two are compatible when
 * they have a person in common and their years do not contradict; where one side names nobody,
 * when their years do not contradict. Asking takes time for the names and years of the one that
 * asks, however many papers share the title.
 */
export class Homes<T extends Known> {
  readonly #lists = new Map<string, Map<number, T[]>>();
  readonly #shortTitle: boolean;

  /** @param shortTitle the title that they share says little */
  constructor(homes: Iterable<T>, shortTitle: boolean) {
    this.#shortTitle = shortTitle;
    for (const home of homes) {
      this.#add(everyone, home);
      if (home.people.size === 0) this.#add(nameless, home);
      for (const name of home.people) this.#add(name, home);
    }
  }

  /** Adds to `found` those that `guest` is compatible with, until there are two. */
  find(guest: Known, found: Set<T>): void {
    if (guest.people.size === 0) {
      this.#look(everyone, yearsApart(false, this.#shortTitle), guest, found);
      return;
    }
    this.#look(nameless, yearsApart(false, this.#shortTitle), guest, found);
    for (const name of guest.people) {
      if (found.size > 1) return;
      this.#look(name, yearsApart(true, this.#shortTitle), guest, found);
    }
  }

  #add(label: string, home: T): void {
    const byYear = this.#lists.get(label) ?? new Map<number, T[]>();
    this.#lists.set(label, byYear);
    for (const year of home.years.size === 0 ? [yearless, always] : [...home.years, always]) {
      const list = byYear.get(year);
      if (list === undefined) byYear.set(year, [home]);
      else list.push(home);
    }
  }

  #look(label: string, apart: number, guest: Known, found: Set<T>): void {
    const byYear = this.#lists.get(label);
    if (byYear === undefined) return;
    const from = (year: number) => {
      for (const home of byYear.get(year) ?? []) {
        if (found.size > 1) return;
        found.add(home);
      }
    };
    if (guest.years.size === 0) {
      from(always);
      return;
    }
    from(yearless);
    for (const year of guest.years) for (let near = year - apart; near <= year + apart; near += 1) from(near);
  }
}
