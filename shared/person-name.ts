/** A name taken apart for programs that sort by families; `literal` for institutions and names that cannot be. */
export type PersonName = { literal: string } | { given: string; particle: string; family: string; suffix: string };

const suffix = /^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq)\.?$/i;

/** Words before a family name that belong to it and are not counted when names are sorted; as BibTeX, in lower case. */
const particles = new Set(
  (
    'af al auf aus av bin da dal das de degli dei del della dello den der des di do dos du e el i ibn la las le les lo los ' +
    "san st ten ter und van vande vanden vander vom von y z zu zum zur 't d’ d'"
  ).split(' '),
);

/** Spelled with a capital, they are a part of the family name that is sorted by: `Luc De Raedt`. */
const familyBeginnings = new Set([
  'De',
  'Del',
  'Della',
  'Dos',
  'Du',
  'Van',
  'Vanden',
  'Vander',
  'Von',
  'Ter',
  'Der',
  'Den',
]);

const institution =
  /\b(?:agency|ai|alliance|association|authors|bank|bureau|cent(?:er|re)|college|collaboration|committee|community|company|consortium|corp|corporation|council|department|foundation|gmbh|group|hospital|inc|initiative|institut[eo]?|lab|labs|laborator(?:y|ies)|llc|ltd|members|ministry|network|organi[sz]ation|project|research|school|society|task force|team|universit\S+|working group)\b\.?/iu;

/**
 * Takes a name apart that stands in the order in which it is read: `Ludwig van Beethoven`, `Martin Luther King Jr.`.
 * What has an institution's words, and names of one word or of scripts that write the family first, stay whole. The
 * parts, joined by spaces in the order `given particle family suffix`, are the name again.
 */
export function personName(name: string): PersonName {
  const whole = name.replaceAll(/\s+/gu, ' ').trim();
  const words = whole.split(' ');
  if (words.length < 2 || words.length > 12 || isInstitution(whole)) return { literal: whole };
  const behind = suffix.test(words.at(-1) ?? '') && words.length > 2 ? words.pop() : undefined;
  let from = words.length - 1;
  while (from > 1 && familyBeginnings.has(words[from - 1] ?? '')) from -= 1;
  let first = from;
  while (first > 1 && particles.has(words[first - 1] ?? '')) first -= 1;
  return {
    given: words.slice(0, first).join(' '),
    particle: words.slice(first, from).join(' '),
    family: words.slice(from).join(' '),
    suffix: behind ?? '',
  };
}

function isInstitution(whole: string): boolean {
  if (/^the\s/i.test(whole) || /[\d:&/(){}@,;]/.test(whole) || / (?:and|for|of) /i.test(whole)) return true;
  // Names of Chinese, Japanese and Korean script have the family first, and nothing shows where it ends.
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(whole)) return true;
  return institution.test(whole);
}

/** The name that a paper is sorted and named by: the family with its particle, or all of an institution's. */
export function familyOf(name: string): string {
  const parts = personName(name);
  return 'literal' in parts ? parts.literal : [parts.particle, parts.family].filter(Boolean).join(' ');
}
