import { InvalidArgumentError } from 'commander';
import { failureOf } from '../../shared/outcome.ts';
import { type Status, statuses, tagSchema } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { parseSortKeys } from '../../shared/query/sort-keys.ts';
import { asksNothing } from '../../shared/query/walk.ts';
import { type ColumnId, columnIds, type Sort } from '../../shared/settings.ts';
import { readAddress } from '../serve/address.ts';

/** Reads `FIELD[:asc|:desc][,…]`, or what a query has after `sort:`. `date` is another name of `published`. */
export function parseSort(text: string): Sort {
  const asInQuery = text.includes(':') ? null : parseSortKeys(text);
  if (asInQuery && asInQuery.length === text.split(',').length) return asInQuery;
  const keys = text.split(',').map((part) => {
    const [name = '', direction = 'asc', ...more] = part.trim().split(':');
    const field = name === 'date' ? 'published' : name;
    if (!isColumn(field)) {
      throw new InvalidArgumentError(`“${name}” is not a field. Fields: ${columnIds.join(', ')}.`);
    }
    if (more.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw new InvalidArgumentError(`After ${name} comes :asc or :desc.`);
    }
    return { field, desc: direction === 'desc' };
  });
  const twice = keys.find(({ field }, at) => keys.findIndex((key) => key.field === field) !== at);
  if (twice) throw new InvalidArgumentError(`${twice.field} is named twice.`);
  return keys;
}

function isColumn(name: string): name is ColumnId {
  return (columnIds as readonly string[]).includes(name);
}

/** Reads a whole number of 0 or more. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return count;
}

/** Reads the number of a port; 0 is any that is free. */
export function parsePort(text: string): number {
  const port = parseCount(text);
  if (port > 65_535) throw new InvalidArgumentError('A port is at most 65535.');
  return port;
}

/** Reads the address to serve at. */
export function parseAddress(text: string): string {
  try {
    return readAddress(text);
  } catch (error) {
    throw new InvalidArgumentError(failureOf(error).message);
  }
}

/** Reads the name of a file or folder, or an id: anything but nothing, which an unset variable of a shell leaves. */
export function parseName(text: string): string {
  if (text === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** Reads the query of papers to change: one that asks for something, or a slip would change all there are. */
export function parseChosen(text: string): string {
  if (!asksNothing(parseQuery(text))) return text;
  throw new InvalidArgumentError('It asks for nothing, so it would be all papers.');
}

/** The same for one of several, which follows those before it. */
export function parseNames(text: string, before: readonly string[] = []): string[] {
  return [...before, parseName(text)];
}

/** Reads the number of a source. */
export function parseSource(text: string): number {
  const source = parseCount(text);
  if (source === 0) throw new InvalidArgumentError('Sources are numbered from 1; `offprint sources` lists them.');
  return source;
}

/** Reads one of the five statuses. */
export function parseStatus(text: string): Status {
  const status = statuses.find((name) => name === text);
  if (status === undefined) throw new InvalidArgumentError(`Statuses: ${statuses.join(', ')}.`);
  return status;
}

/** Reads a tag. */
export function parseTag(text: string): string {
  const tag = tagSchema.safeParse(text);
  if (tag.success) return tag.data;
  throw new InvalidArgumentError('A tag has 1 to 100 characters, and no commas, quotation marks or line breaks.');
}
