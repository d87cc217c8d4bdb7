/**
 * Words that FTS5's stemmer takes for different ones although they are the same to a reader: the
 * plurals of papers that are not made by rule, words that end in -s, and Greek letters, which
 * LaTeX spells out. Lower case, without accents.
 */
const groups = `
  matrix matrices, vertex vertices, index indices, appendix appendices, vortex vortices, simplex simplices,
  helix helices, codex codices, apex apices, cortex cortices,
  analysis analyses, hypothesis hypotheses, thesis theses, synthesis syntheses, basis bases, axis axes,
  crisis crises, diagnosis diagnoses, prognosis prognoses, parenthesis parentheses, metamorphosis metamorphoses,
  metastasis metastases, neurosis neuroses, oasis oases, ellipsis ellipses, antithesis antitheses,
  criterion criteria, phenomenon phenomena, automaton automata, polyhedron polyhedra, tetrahedron tetrahedra,
  spectrum spectra, datum data, optimum optima, minimum minima, maximum maxima, extremum extrema, momentum momenta,
  quantum quanta, continuum continua, equilibrium equilibria, symposium symposia, bacterium bacteria, stratum strata,
  desideratum desiderata, addendum addenda, erratum errata, memorandum memoranda, curriculum curricula, ovum ova,
  corpus corpora corpuses, genus genera, stimulus stimuli, nucleus nuclei, locus loci, focus foci, radius radii,
  torus tori, modulus moduli, calculus calculi, fungus fungi, terminus termini, syllabus syllabi, alumnus alumni,
  lemma lemmata lemmas, schema schemata schemas, stigma stigmata, stoma stomata,
  mouse mice, child children, man men, woman women, foot feet, tooth teeth, goose geese, ox oxen,
  leaf leaves, half halves, knife knives, life lives, shelf shelves, wolf wolves, calf calves, wife wives, loaf loaves,
  bias biases, lens lenses, gas gases, canvas canvases, atlas atlases, virus viruses, bus buses, census censuses,
  consensus consensuses, status statuses, campus campuses, apparatus apparatuses, chorus choruses, bonus bonuses,
  nexus nexuses, prospectus prospectuses, thesaurus thesauri, quiz quizzes`;

/** Letters as Unicode orders them from α on; with LaTeX's other names of some. */
const greek = `
  alpha beta gamma delta epsilon,varepsilon zeta eta theta,vartheta iota kappa,varkappa lambda mu nu xi omicron
  pi,varpi rho,varrho final sigma,varsigma tau upsilon phi,varphi chi psi omega`;

const spelledGreek = greek
  .trim()
  .split(/\s+/)
  .flatMap((names, at) => {
    // The tokenizer makes ϵ, ϑ, ϕ, ς and capitals the plain letters, but leaves italics, from U+1D6FC on, as they are.
    const letters = [String.fromCodePoint(0x3b1 + at), String.fromCodePoint(0x1d6fc + at)];
    return names === 'final' ? [] : [[...names.split(','), ...letters]];
  });

/** Groups of words that are the same to a reader and not all the same to the stemmer. */
export const wordGroups: readonly string[][] = [
  ...groups.split(',').map((group) => group.trim().split(/\s+/)),
  ...spelledGreek,
];

const sameAs = new Map(
  wordGroups.flatMap((group) => group.map((word) => [word, group.filter((other) => other !== word)] as const)),
);

/** Case and accents as the full-text index folds them; kinds of one letter (µ, 𝛼, ﬁ) become that letter. */
export function fold(word: string): string {
  const plain = word.normalize('NFKD').replaceAll(/\p{M}+/gu, '');
  return plain.toLowerCase().replaceAll('ς', 'σ');
}

/** Words that are the same as `word` to a reader and not to the stemmer; it is not among them. @param word as {@link fold} gives it */
export function sameWords(word: string): readonly string[] {
  return sameAs.get(word) ?? [];
}
