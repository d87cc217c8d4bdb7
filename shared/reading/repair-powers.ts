import type { Token } from './repair-tokens.ts';

/** Compounds that are written with capital letters alone, and other names with numbers below: no version of a model. */
const shortNames = new Set('CO NO SO OH NH CH CF SF BN CN UO VO WO PO BO BF HO NF PF HNO AdS dS CFT'.split(' '));
const elements = new RegExp(
  `^(?:${'Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Sc|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Kr|Rb|Sr|Zr|Nb|Mo|Ru|Rh|Pd|Ag|Cd|In|Sn|Sb|Te|Xe|Cs|Ba|La|Ce|Pr|Nd|Sm|Eu|Gd|Tb|Dy|Ho|Er|Yb|Lu|Hf|Ta|Re|Os|Ir|Pt|Au|Hg|Tl|Pb|Bi|Th|[HBCNOFPSKVYIWU]'}){1,3}$`,
);
const units =
  /^(?:m|s|g|K|V|J|N|W|A|h|[kcmnMµ]m|[kM]eV|eV|kg|mg|Hz|GHz|MHz|deg|sec|arcsec|arcmin|Jy|mJy|pc|kpc|Mpc|yr|Gyr|sr|erg|mol|nm|fm|pb|fb|ms|AU|rad)$/;

/**
 * A power or an index that stands at a word, which stays as it is: `CO_2`, `km^2`, `s^{-1}`, `ToRA^2`, `mAP_{50}`.
 * @returns index after its last token and its LaTeX, or null where there is none at this token
 */
export function powerOfName(tokens: readonly Token[], at: number): { end: number; latex: string } | null {
  const sign = tokens[at]?.text;
  if ((sign !== '^' && sign !== '_') || tokens[at]?.kind !== 'sign') return null;
  const base = tokens[at - 1];
  const [script, end] = scriptAt(tokens, at + 1);
  if (end === -1 || !endsName(tokens, at, end, sign)) return null;
  const found = { end, latex: `{}${sign}{${script}}` };
  // "^{13}C"
  if (sign === '^' && (base === undefined || base.kind === 'space')) {
    return tokens[at + 1]?.text === '{' && /^[A-Z]/.test(tokens[end]?.text ?? '') && /^\d+$/.test(script)
      ? found
      : null;
  }
  if (base?.kind !== 'word' || base.isEscaped) return null;
  const before = tokens[at - 2];
  if (before !== undefined && /^[_\\@#$/~]$/.test(before.text)) return null;
  if (units.test(base.text) && isAfterNumber(tokens, at - 2)) return found;
  if (base.text.length === 1) {
    // "H_2O": not a variable beside another.
    const isCompound = sign === '_' && elements.test(base.text) && /^(?:[A-Z][a-z]?)+$/.test(tokens[end]?.text ?? '');
    const isItsEnd =
      sign === '_' && elements.test(base.text) && before?.kind === 'number' && tokens[at - 3]?.text === '_';
    return isItsEnd || (isCompound && elements.test(tokens[end]?.text ?? '')) ? found : null;
  }
  if (sign === '^') return before?.text === '_' ? null : found;
  if (tokens[at + 1]?.text === '{') return found;
  const isCompound = shortNames.has(base.text) || (elements.test(base.text) && /[a-z]/.test(base.text));
  return isCompound && script.length < 3 ? found : null;
}

/** What stands behind the sign, if it is a number, a sign, or numbers in braces; and where it ends. */
function scriptAt(tokens: readonly Token[], at: number): [script: string, end: number] {
  const first = tokens[at];
  if (first?.kind === 'number') return [first.text, at + 1];
  if (first?.text === '{' && first.partner > at + 1 && first.partner - at < 8) {
    const script = tokens
      .slice(at + 1, first.partner)
      .map((token) => token.text)
      .join('');
    return /^[\d+\-−*.,\s]+$/.test(script) ? [script.trim().replace('−', '-'), first.partner + 1] : ['', -1];
  }
  if (first?.text === '(' && first.partner > at + 1 && first.partner - at < 5) {
    const script = tokens
      .slice(at + 1, first.partner)
      .map((token) => token.text)
      .join('');
    return /^[+\-−]?\d+$/.test(script) ? [script.replace('−', '-'), first.partner + 1] : ['', -1];
  }
  if (first !== undefined && /^[-+−]$/.test(first.text) && tokens[at + 1]?.kind === 'number') {
    return [`${first.text.replace('−', '-')}${tokens[at + 1]?.text}`, at + 2];
  }
  if (first?.text === '+' || first?.text === '*') return [first.text, at + 1];
  return ['', -1];
}

/** Whether the name ends here, or goes on as names do: "H_2O", "C^2DLM". */
function endsName(tokens: readonly Token[], at: number, end: number, sign: string): boolean {
  const after = tokens[end];
  if (after === undefined || after.kind === 'space') return true;
  if (after.kind === 'word') return sign === '^' || /^[A-Z]/.test(after.text);
  if (after.kind !== 'sign' || /^[_^\\\p{L}]/u.test(after.text)) return false;
  const isFile = after.text === '.' && /^[a-z]/.test(tokens[end + 1]?.text ?? '');
  return !isFile && tokens[at - 1]?.text !== '[';
}

/** Whether a unit can stand here: behind a number, a power or another unit. */
function isAfterNumber(tokens: readonly Token[], at: number): boolean {
  const space = tokens[at];
  if (space?.text === '/' || space?.kind === 'number') return true;
  if (space?.kind === 'word' || space?.kind !== 'space') return space?.text === ')' || space?.text === '}';
  const before = tokens[at - 1];
  return before?.kind === 'number' || /^[)}]$/.test(before?.text ?? '') || units.test(before?.text ?? '');
}
