import type { Row } from '../../shared/paper.ts';

/** Rows fetched and kept together. */
export const pageSize = 100;

/** Pages kept; the ones farthest from what is looked at go first. */
const mostPages = 60;

/** The rows of one result set that have been fetched, in pages of {@link pageSize}. */
export class RowCache {
  #total: number;
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #stale = new Set<number>();

  /** @param total rows in the result set, fetched or not */
  constructor(total: number) {
    this.#total = total;
  }

  /** Rows in the result set, fetched or not. */
  get total(): number {
    return this.#total;
  }

  /** Says how many rows there are after all. A page that ended where the rows did is fetched again. */
  grow(total: number): void {
    const last = Math.floor(this.#total / pageSize);
    if (total > this.#total && this.#pages.has(last)) this.#stale.add(last);
    this.#total = total;
  }

  /** The row at `index`, or undefined when it is not here. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** Rows expected in a page. */
  lengthOf(page: number): number {
    return Math.max(0, Math.min(pageSize, this.#total - page * pageSize));
  }

  /**
   * Takes in a page, fresh. Where there are too many, the one farthest from it is forgotten.
   * @param needed rows that are looked at, as ranges `[from, to)`: their pages stay, however far they are
   */
  put(page: number, rows: readonly Row[], needed: readonly (readonly [number, number])[] = []): void {
    this.#pages.set(page, rows);
    this.#stale.delete(page);
    if (this.#pages.size <= mostPages) return;
    const isNeeded = (each: number) =>
      each === page || needed.some(([from, to]) => each * pageSize < to && (each + 1) * pageSize > from);
    const farthest = [...this.#pages.keys()]
      .filter((each) => !isNeeded(each))
      .reduce<number | null>(
        (far, each) => (far === null || Math.abs(each - page) > Math.abs(far - page) ? each : far),
        null,
      );
    if (farthest === null) return;
    this.#pages.delete(farthest);
    this.#stale.delete(farthest);
  }

  /** Says that every row here may be out of date. The rows stay until fresh ones come. */
  expire(): void {
    for (const page of this.#pages.keys()) this.#stale.add(page);
  }

  /** The pages that rows `[from, to)` need and that are missing or stale, in order. */
  missing(from: number, to: number): number[] {
    const pages: number[] = [];
    const last = Math.min(to, this.#total) - 1;
    for (let page = Math.floor(Math.max(0, from) / pageSize); page * pageSize <= last; page += 1) {
      if (!this.#pages.has(page) || this.#stale.has(page)) pages.push(page);
    }
    return pages;
  }

  /** Replaces every row that `change` answers differently. */
  update(change: (row: Row, index: number) => Row): void {
    for (const [page, rows] of this.#pages) {
      const changed = rows.map((row, at) => change(row, page * pageSize + at));
      if (changed.some((row, at) => row !== rows[at])) this.#pages.set(page, changed);
    }
  }
}
