import { Parser } from 'htmlparser2';

/** A value in a property list, as far as those of programs go. */
export type PlistValue = string | boolean | PlistValue[] | { [key: string]: PlistValue };

type Container = { values: PlistValue[]; keys: string[] };

/**
 * Reads a property list written as XML. Numbers stay text.
 * @see https://www.apple.com/DTDs/PropertyList-1.0.dtd
 * @throws Error when it holds anything else than one dictionary
 */
export function readPlist(xml: string): { [key: string]: PlistValue } {
  const open: Container[] = [{ values: [], keys: [] }];
  let text = '';
  const add = (value: PlistValue) => open.at(-1)?.values.push(value);
  const parser = new Parser(
    {
      onopentag(name) {
        text = '';
        if (name === 'dict' || name === 'array') open.push({ values: [], keys: [] });
      },
      ontext(part) {
        text += part;
      },
      onclosetag(name) {
        if (name === 'key') open.at(-1)?.keys.push(text);
        else if (name === 'true' || name === 'false') add(name === 'true');
        else if (['string', 'integer', 'real', 'date', 'data'].includes(name)) add(text);
        else if (name === 'array' || name === 'dict') {
          const { values, keys } = open.pop() ?? { values: [], keys: [] };
          if (name === 'array') add(values);
          else add(Object.fromEntries(keys.map((key, at) => [key, values[at] ?? ''])));
        }
      },
    },
    { xmlMode: true },
  );
  parser.write(xml);
  parser.end();
  const [only, ...others] = open[0]?.values ?? [];
  if (typeof only !== 'object' || Array.isArray(only) || others.length > 0) throw new Error('That is no dictionary.');
  return only;
}
