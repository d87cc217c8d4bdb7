import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';

const spelled =
  /\barxiv(?:\.org\/(?:abs|pdf)\/|\s?(?:preprint|e-print)?\s?:?\s?(?:abs\/)?(?:arxiv\s?:\s?)?)((?:\d{4}\.\d{4,5}|[a-z][a-z-]{1,12}(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?)(?!\d)/i;

/** The arXiv id that a text mentions, as in `arXiv preprint arXiv:2306.12345 [cs.LG]`; null when it mentions none. */
export function mentionedArxivId(text: string): string | null {
  return arxivIdOf(spelled.exec(text.slice(0, 2000))?.[1] ?? '');
}

/** True for a remark that is an arXiv id and nothing else: another remark may name another paper's id. */
export function isArxivIdAlone(remark: string): boolean {
  if (remark.length > 200 || mentionedArxivId(remark) === null) return false;
  const rest = remark
    .replaceAll(/https?:\/\/\S+|\[[\w.-]+\]|\b(?:arxiv|preprint|e-?print|available|at|id|number)\b/gi, ' ')
    .replaceAll(/[a-z-]+(?:\.[a-z]{2})?\/\d{7}|v\d+/gi, ' ');
  return !/\p{L}/u.test(rest);
}

/** True for what is no venue: `arXiv preprint arXiv:2306.12345`, `CoRR`. */
export function isArxivItself(venue: string): boolean {
  return /^(?:arxiv\b|corr\b|preprint$|e-prints?$)/i.test(venue);
}

/** The DOI that a text spells, unless it is one of arXiv's own, which say nothing of where a paper was published. */
export function publishersDoiOf(text: string): string | null {
  return arxivIdOf(text) === null ? doiOf(text) : null;
}
