/**
 * Where people print on US Letter; everywhere else it is A4. From the supplemental data of the Unicode CLDR
 * (`measurementData`, `paperSize`).
 */
const letter = new Set(['BZ', 'CA', 'CL', 'CO', 'CR', 'GT', 'MX', 'NI', 'PA', 'PH', 'PR', 'SV', 'US', 'VE']);

/**
 * The paper that people print on in a country.
 * @param country as ISO 3166 has it: `US`; empty where it is not known
 */
export function paperSizeOf(country: string): 'A4' | 'Letter' {
  return letter.has(country.toUpperCase()) ? 'Letter' : 'A4';
}
