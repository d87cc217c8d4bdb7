/** Letters that Unicode does not take apart into a base and an accent, and those of Greek and Cyrillic script. */
const letters = new Map<string, string>(
  Object.entries({
    ...{ ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŋ: 'ng', ĸ: 'k', ŧ: 't' },
    ...{
      α: 'a',
      β: 'b',
      γ: 'g',
      δ: 'd',
      ε: 'e',
      ζ: 'z',
      η: 'e',
      θ: 'th',
      ι: 'i',
      κ: 'k',
      λ: 'l',
      μ: 'm',
      ν: 'n',
      ξ: 'x',
    },
    ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'ph', χ: 'ch', ψ: 'ps', ω: 'o' },
    ...{
      а: 'a',
      б: 'b',
      в: 'v',
      г: 'g',
      д: 'd',
      е: 'e',
      ж: 'zh',
      з: 'z',
      и: 'i',
      к: 'k',
      л: 'l',
      м: 'm',
      н: 'n',
      о: 'o',
    },
    ...{ п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y' },
    ...{
      ь: '',
      э: 'e',
      ю: 'yu',
      я: 'ya',
      є: 'ye',
      і: 'i',
      ґ: 'g',
      ђ: 'dj',
      ј: 'j',
      љ: 'lj',
      њ: 'nj',
      ћ: 'c',
      џ: 'dz',
      ѕ: 'dz',
    },
  }),
);

/**
 * A text in ASCII: accents taken away, Greek and Cyrillic letters written in Latin ones, capitals kept. What has no
 * such spelling (Chinese, say) is left out.
 */
export function asciiOf(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  let ascii = '';
  for (const letter of text.normalize('NFKD').replaceAll(/\p{M}+/gu, '')) {
    if (letter <= '~') {
      ascii += letter >= ' ' ? letter : ' ';
      continue;
    }
    const small = letter.toLowerCase();
    const latin = letters.get(small) ?? (/[\s\p{Pd}]/u.test(letter) ? '-' : '');
    ascii += small === letter ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
  }
  return ascii;
}
