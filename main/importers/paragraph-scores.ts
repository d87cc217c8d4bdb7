import { isFurniture } from './page-furniture.ts';

/**
 * How much a paragraph looks like each of the three things a capture holds. Only differences
 * matter: they are summed up along the page by `read-page.ts`. The weights were set by hand on
 * pages of every shape in the tests; no single one decides.
 */
export interface Scores {
  title: number;
  abstract: number;
  furniture: number;
}

// Scripts without capital letters (\p{Lo}) begin a sentence with any letter.
const sentenceEnd = /[.!?؟۔।]["'”’»)\]]*\s+(?=["'“‘«([]?[\p{Lu}\p{Lo}\p{N}])|[。！？](?=.)/gu;
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const finalStop = /[.!?…。！？؟۔।]["'”’»)\]]*$/;
const speaksOfItself =
  /\b(?:we|our|ours|us|i)\b|\bthis (?:paper|work|study|article|survey|report|thesis|position)\b|\bin this\b|\bhere(?:in)?,/i;
const opening =
  /^(?:we|in this|this (?:paper|work|study|article|survey|report)|our|the (?:code|source code|dataset|model|models|project)|code|codes|source code|data|models?|project page|experiments?|experimental|extensive|results?|empirical|to (?:this|address|tackle|overcome)|however|finally|moreover|furthermore|in addition|additionally|recent(?:ly)?|existing|despite|while|although|abstract[:.—-])\b/i;
const reports =
  /\b(?:propos\w+|presents?|introduc(?:e|es|ed)|demonstrat(?:e|es|ed)|shows?|shown|achiev(?:e|es|ed)|outperforms?|confirms?|suggests?|reveals?|investigates?|evaluates?|available|released?|experiments)\b/i;
const says =
  /\b(?:is|are|was|were|has|have|had|can|will|remains?|becomes?|requires?|plays?|suffers?|lacks?|needs?|learns?|allows?|enables?|aims?|relies|rely|depends?|leads?)\b.*\.["'”’)\]]*$/;
const link = /https?:\/\/\S|\bgithub\.com\b|\bwww\./i;
const endsInLink = /(?:https?:\/\/|www\.|github\.com)\S*$/i;

function stepped(value: number, steps: readonly (readonly [below: number, score: number])[], last: number): number {
  return steps.find(([below]) => value < below)?.[1] ?? last;
}

/** Share of the longer words, the first one aside, that are written like names: titles of most venues are. */
function capitalShare(words: readonly string[]): number {
  const longer = words.slice(1).filter((word) => /\p{L}{4}/u.test(word) && /[\p{Lu}\p{Ll}]/u.test(word));
  if (longer.length === 0) return 0.5;
  return longer.filter((word) => /\p{Lu}/u.test(word)).length / longer.length;
}

/** True for an item of a list: `- …`, `• …`, `2) …`, `(b) …`. */
export function isListItem(text: string): boolean {
  return /^(?:[-–—*+•‣◦▪]|\(?\d{1,2}[.)]|\(?[a-h]\)|\([ivx]{1,4}\)) \S/.test(text);
}

/** Scores one paragraph by its own text alone. */
export function scoreParagraph(text: string): Scores {
  if (isFurniture(text)) return { title: -15, abstract: -15, furniture: 12 };
  // A Chinese character or a Japanese or Korean syllable says as much as three letters.
  const length = text.length + 2 * (text.slice(0, 4000).match(dense)?.length ?? 0);
  const words = text.split(/\s+/);
  const stops = finalStop.test(text);
  const sentences = (text.slice(0, 4000).match(sentenceEnd)?.length ?? 0) + 1;
  const capitals = capitalShare(words);
  const isShort = length < 200;
  const plainSentence = stops && capitals < 0.35 && words.length >= 6;

  let abstract = stepped(
    length,
    [
      [30, -5],
      [60, -2],
      [120, -0.5],
      [200, 1.5],
      [300, 3.5],
      [600, 5],
    ],
    6,
  );
  if (sentences >= 3) abstract += 3;
  else if (sentences === 2) abstract += 1.5;
  if (stops) abstract += 1.5;
  else if (length < 400 && !endsInLink.test(text)) abstract -= length < 250 ? 6 : 1.5;
  if (speaksOfItself.test(text)) abstract += 1.5;
  if (opening.test(text)) abstract += 1.5;
  if (link.test(text)) abstract += 1.5;
  if (isShort && capitals > 0.7) abstract -= 3;
  if (isShort && plainSentence) abstract += 1.5;

  let title = stepped(
    length,
    [
      [4, -6],
      [10, -1],
      [24, 1.5],
      [130, 3],
      [200, 2],
      [260, -3],
      [320, -8],
    ],
    -20,
  );
  if (sentences >= 3) title -= 4;
  else if (sentences === 2) title -= 1.5;
  if (/\.["'”’)\]]*$/.test(text)) title -= 2.5;
  if (words.length >= 4)
    title += stepped(
      capitals,
      [
        [0.4, -0.5],
        [0.7, 0.5],
      ],
      2.5,
    );
  if (/^[^.!?]{2,60}: \S/.test(text)) title += 1;
  if (speaksOfItself.test(text)) title -= stops ? 3.5 : 1.5;
  if (reports.test(text)) title -= capitals > 0.7 ? 0 : 2;
  if (plainSentence) title -= 1;
  if (stops && words.length >= 7 && says.test(text)) title -= 3;
  if (link.test(text)) title -= 4;
  if (/^\p{Ll}/u.test(text)) title -= 0.5;

  let furniture = stepped(
    length,
    [
      [15, -0.5],
      [30, -2],
      [60, -4],
      [200, -8],
    ],
    -16,
  );
  if (words.length > 3) furniture -= 3;
  if (stops) furniture -= 3;
  return { title, abstract, furniture };
}

const researchWords =
  /\b(?:abstracts?|accura(?:cy|te)|algorithms?|analy[sz]\w+|approach(?:es)?|architectures?|baselines?|benchmarks?|bounds?|classif\w+|convergence|datasets?|deep|demonstrate\w*|distributions?|efficien\w+|embeddings?|empirical\w*|estimat\w+|evaluat\w+|experiment\w*|framework|generali[sz]\w+|inference|introduce|language models?|latent|learning|methods?|metrics?|models?|neural|networks?|novel|optimi[sz]\w+|outperform\w*|paper|parameters?|performance|policy|predict\w*|pretrain\w+|problem|propose\w*|prove|results?|robust\w*|sampl\w+|simulation\w*|state-of-the-art|statistical\w*|stochastic|stud(?:y|ies)|supervis\w+|survey|systems?|tasks?|techniques?|theor\w+|train(?:ed|ing)|transformers?|we|our)\b/gi;

/** True when a text could be an abstract for what it says: it has the words that research is told in. */
export function readsLikeResearch(text: string): boolean {
  const different = new Set(text.slice(0, 4000).toLowerCase().match(researchWords) ?? []);
  // What is said twice makes a text longer and says no more.
  const sentences = new Set(text.slice(0, 4000).split(/(?<=[.!?])\s+/));
  const length = [...sentences].reduce((sum, sentence) => sum + sentence.length, 0);
  return (
    different.size >=
    stepped(
      length,
      [
        [150, 1],
        [300, 2],
        [700, 4],
      ],
      6,
    )
  );
}
