// The window speaks English, so the names of languages are English, too.
const names = new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' });

/** What a language (BCP 47) is called: `English (United Kingdom)`; the tag itself where nobody knows. */
export function languageName(language: string): string {
  return names.of(language) ?? language;
}

/** Languages in the order of their names. */
export function byName(languages: readonly string[]): string[] {
  return languages.toSorted((a, b) => languageName(a).localeCompare(languageName(b), 'en'));
}

/**
 * The one that the reader most likely wants: the first of their own that is there, in their variety or any other,
 * else the first that is there.
 * @param own the reader's languages, the first the most wanted
 */
export function likelyLanguage(languages: readonly string[], own: readonly string[]): string | undefined {
  const exact = own.find((language) => languages.includes(language));
  if (exact !== undefined) return exact;
  const bare = (language: string) => language.split('-')[0];
  for (const wanted of own) {
    const close = languages.find((language) => bare(language) === bare(wanted));
    if (close !== undefined) return close;
  }
  return languages[0];
}
