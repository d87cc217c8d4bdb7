import type * as z from 'zod';

/** For tests of the contract: schemas as Zod 4 describes them to whoever asks. */
interface Definition {
  type: string;
  format?: string;
  pattern?: RegExp;
  checks?: readonly { _zod: { def: { check: string; minimum?: number } } }[];
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  options?: readonly z.ZodType[];
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  items?: readonly z.ZodType[];
  keyType?: z.ZodType;
  valueType?: z.ZodType;
}

/** What a schema is made of. */
export function definitionOf(schema: z.ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}

/** Values that some leaf of the contract takes: the first that fits is taken. */
const leaves: readonly unknown[] = [
  1,
  50,
  100,
  'x',
  'arxiv:2306.12345',
  'view:abcd',
  'tag',
  'en-GB',
  'eA==',
  '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
  'e3b0c44298fc1c149afbf4c8996fb924',
  '2024-01-02',
  '2024-01-02T03:04:05.678Z',
  true,
  null,
];

/** Numbers and texts that are tried for a field where none of the usual ones fits. */
function fitting(schema: z.ZodType, place: string): unknown {
  const literal = [...(schema._zod.values ?? [])];
  const found = [...literal, ...leaves].find((value) => schema.safeParse(value).success);
  if (found === undefined) throw new Error(`no sample fits ${place}; name one in leaves`);
  return found;
}

/**
 * An input that a schema takes, with every field that may be there.
 * @throws Error naming the place for which none is known
 */
export function sampleOf(schema: z.ZodType, place: string): unknown {
  const definition = definitionOf(schema);
  const { shape, element, options, innerType, items } = definition;
  if (definition.type === 'object' && shape) {
    return Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, sampleOf(field, `${place}.${key}`)]));
  }
  if (definition.type === 'array' && element) {
    const least = Math.max(1, ...(definition.checks ?? []).map(({ _zod }) => _zod.def.minimum ?? 1));
    return Array.from({ length: least }, () => sampleOf(element, `${place}[]`));
  }
  if (definition.type === 'tuple' && items) return items.map((item, index) => sampleOf(item, `${place}[${index}]`));
  if (definition.type === 'record') return {};
  if (definition.type === 'union' && options?.[0]) return sampleOf(options[0], place);
  if (innerType) return sampleOf(innerType, place);
  if (definition.type === 'pipe' && definition.in) return sampleOf(definition.in, place);
  return fitting(schema, place);
}

function isBoundedText({ format, pattern, checks = [] }: Definition): boolean {
  if (format === 'uuid') return true;
  const patterns = [pattern, ...checks.map((each) => (each._zod.def as { pattern?: RegExp }).pattern)];
  const isShort = (each: RegExp | undefined) =>
    each?.source.startsWith('^') === true &&
    each.source.endsWith('$') &&
    !/[*+]|\{\d+,\}/.test(each.source.replace(/\\.|\[[^\]]*\]/g, 'x'));
  return patterns.some(isShort) || isBounded(checks);
}

function isBounded(checks: Definition['checks'] = []): boolean {
  return checks.some(({ _zod }) => ['max_length', 'length_equals'].includes(_zod.def.check));
}

/** The places within a schema where a text or a list may be of any length. */
export function unboundedIn(schema: z.ZodType, place: string): string[] {
  const definition = definitionOf(schema);
  const { type, shape, element, options, innerType, items, keyType, valueType } = definition;
  if (type === 'string') return isBoundedText(definition) ? [] : [place];
  if (type === 'object' && shape) {
    return Object.entries(shape).flatMap(([key, field]) => unboundedIn(field, `${place}.${key}`));
  }
  if (type === 'array' && element) {
    return [...(isBounded(definition.checks) ? [] : [place]), ...unboundedIn(element, `${place}[]`)];
  }
  if (type === 'union' && options) return options.flatMap((option) => unboundedIn(option, place));
  if (type === 'tuple' && items) return items.flatMap((item, index) => unboundedIn(item, `${place}[${index}]`));
  if (type === 'record' && keyType && valueType) {
    // A record of an enumeration's names has no more fields than those.
    const isClosed = definitionOf(keyType).type === 'enum';
    return [...(isClosed ? [] : [place]), ...unboundedIn(valueType, `${place}{}`)];
  }
  if (type === 'pipe' && definition.in) return unboundedIn(definition.in, place);
  if (innerType) return unboundedIn(innerType, place);
  return ['number', 'boolean', 'enum', 'literal', 'null'].includes(type) ? [] : [`${place} (${type})`];
}
