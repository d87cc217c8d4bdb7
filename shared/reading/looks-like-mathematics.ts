const withText = /\\(?:text[a-z]*|mbox|hbox|mathrm|operatorname\*?)\s*\{[^{}]*\}/g;
const commands = /\\(?:begin|end)\s*\{[^{}]*\}|\\[a-zA-Z]+/g;
/** Words that join other words, and two words in a row: a sentence, not a formula. */
const sentence =
  /(?:^|\s)(?:and|or|to|the|of|for|per|from|in|is|are|was|were|with|by|at|on|as|than|that|this|while|we|it|each|every|an|over|under|about|between|versus|vs|worth|million|billion|trillion)(?=\s|[.,;:]|$)|\p{L}{3,}[.,;:]?\s+\p{L}{3,}/iu;
const onlyInFormulas = /[\\^_={}<>]/;
const amount = /^\s?[\d.,]*\d/;

/**
 * Tells a formula between two single dollars from what merely stands between two prices, variables of a shell, or
 * dollars that were left open.
 * @param content what stands between the dollars
 * @param after the character behind the closing one, empty at the end
 */
export function looksLikeMathematics(content: string, after: string): boolean {
  const words = content.trim();
  if (words === '') return false;
  const opensTight = content.startsWith(words);
  const closesTight = content.endsWith(words);
  const isFormula = onlyInFormulas.test(words);
  const isAmount = amount.test(content);
  if (sentence.test(words.replaceAll(withText, ' ').replaceAll(commands, ' '))) {
    return isFormula && !isAmount && opensTight && closesTight && !/[\p{L}\p{N}]/u.test(after);
  }
  // "$5 < $10", "$5=low, $50=high"
  if (isFormula && isAmount && !closesTight && /\d/.test(after)) return false;
  if (isFormula) return true;
  // "$5, $10", "$x, $y": what closes here opens the next.
  if (opensTight !== closesTight && (isAmount || /[,;:.]$/.test(words))) return false;
  // "$5-$10"
  if (isAmount && /\d/.test(after)) return false;
  // "$HOME/bin:$PATH"
  return !(/\p{L}{2}/u.test(words) && /\p{L}/u.test(after));
}
