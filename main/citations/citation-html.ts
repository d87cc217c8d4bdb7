import { Parser } from 'htmlparser2';
import { escapedText } from './escaped-text.ts';

/** The elements that a citation may have. */
const allowed = new Set(['i', 'b', 'sup', 'sub', 'a']);

/** A citation as text and as HTML that says the same. */
export interface FormattedCitation {
  text: string;
  html: string;
}

/**
 * What a citation processor made, built anew from nothing but text, `i`, `b`, `sup`, `sub`, and `a` with an address of
 * http or https: everything else, attributes included, is left out, its text stays.
 * @param textOf what stands for a text, as by {@link citationText}
 */
export function cleanCitation(html: string, textOf: (text: string) => string = (text) => text): FormattedCitation {
  let text = '';
  let clean = '';
  /** Elements that are open, and what closes each; empty for one that is left out. */
  const open: { name: string; end: string }[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const isOurs = allowed.has(name);
        const address = name === 'a' ? webAddress(textOf(attributes['href'] ?? '')) : '';
        const isKept = isOurs && address !== null;
        if (isKept) clean += name === 'a' ? `<a href="${escapedText(address)}">` : `<${name}>`;
        open.push({ name, end: isKept ? `</${name}>` : '' });
        // IEEE's number has a column of its own.
        if (attributes['class'] === 'csl-right-inline') [text, clean] = [`${text.trimEnd()} `, `${clean.trimEnd()} `];
      },
      ontext(data) {
        const said = textOf(data);
        text += said;
        clean += escapedText(said);
      },
      onclosetag() {
        clean += open.pop()?.end ?? '';
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return { text: text.trim(), html: clean.trim() };
}

function webAddress(address: string): string | null {
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}
