import type { Token } from './repair-tokens.ts';

/** Words behind a variable and a hyphen: "n-dimensional", not "t-test". */
const adjectives =
  /^(?:dimensional|th|sparse|approximate|tuple|ary|regular|ball|local|connected|close|far|smooth|Lipschitz|step|uniform|bit|vertex|strongly|convex|greedy|optimal|differentially|net|cover|relaxation|independent|dependent|based|norm|factor|tolerant|stationary|stable|accurate|suboptimal)$/;
/** Words behind the name of a Greek letter that is no variable. */
const ofAlphabet =
  /^(?:versions?|releases?|builds?|test|tests|testing|testers?|phase|stage|waves?|bands?|rhythms?|rays?|decays?|particles?|variants?|male|males|helix|helices|sheets?|cells?|channels?|software|users?|calculus|expressions?|carotene|blockers?|distribution|function|functions|opioids?|receptors?|kinases?|agonists?|antagonists?|subunits?|isoforms?|neurons?|proteins?|globulins?|mesons?|leptons?|robots?|day)$/;
/** Words before a capital letter that is a name: "vitamin D". */
const kinds =
  /^(?:vitamin|type|types|class|group|grade|hepatitis|language|languages|in|and|or|using|figure|table|appendix|section|part|panel|phase|stage|plan|option|model|program|series|team|site|level|size|schedule|Fig|Tab|Eq|protein|factor|influenza|clade|cohort|arm|case|chapter|site|category|condition|experiment|study|version|virus)$/i;
/** Words behind a capital letter that is a name: "T cells", "the C language". */
const named =
  /^(?:cells?|lymphocytes?|proteins?|waves?|channels?|helper|dimers?|elements?|languages?|terminal|terminus|termini|reactive|fixation|fertili[sz]ers?|shirts?|grade|complex)$/;

/**
 * Whether a letter or Greek name that stands alone is a variable: it is one elsewhere in the text, and no unit, number
 * of a list, or beginning of a name.
 * @param known the variables of the formulas of the text
 */
export function symbolAlone(tokens: readonly Token[], at: number, known: ReadonlySet<string>): boolean {
  const token = tokens[at] as Token;
  if (!known.has(token.text)) return false;
  const isGreek = token.command !== null;
  if (!isGreek && (token.kind !== 'word' || token.text.length !== 1 || /^[aAIsSEW]$/.test(token.text))) return false;
  if (token.command?.role === 'operator' || token.command?.role === 'big') return false;
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (before !== undefined && before.kind !== 'space' && !/^[(,[]$/.test(before.text)) return false;
  // "3 m", "(i)", "b) then"
  const word = before?.kind === 'space' ? tokens[at - 2] : undefined;
  if (!isGreek && word?.kind === 'number') return false;
  if (!isGreek && after?.text === ')' && (before?.text === '(' || /^[a-eivx]$/.test(token.text))) return false;
  // "the alpha release"
  if (isGreek && after?.kind === 'space' && ofAlphabet.test(tokens[at + 2]?.text ?? '')) return false;
  if (/^[A-Z]$/.test(token.text) && word !== undefined && kinds.test(word.text)) return false;
  if (/^[A-Z]$/.test(token.text) && after?.kind === 'space' && named.test(tokens[at + 2]?.text ?? '')) return false;
  // "C. elegans"
  if (/^[A-Z]$/.test(token.text) && after?.text === '.' && /^[a-z]/.test(tokens[at + 3]?.text ?? '')) return false;
  if (after === undefined || after.kind === 'space') return true;
  if (/^[-‐‑]$/.test(after.text)) return adjectives.test(tokens[at + 2]?.text ?? '');
  if (after.text === '.') return tokens[at + 2] === undefined || tokens[at + 2]?.kind === 'space';
  return /^[,;:)\]]$/.test(after.text);
}
