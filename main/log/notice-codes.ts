/**
 * What the library tells its reader, by a phrase that stands in each sentence of the kind and in no other that is
 * looked for before it. The sentences themselves name files and papers, and do not belong in a log.
 */
const phrases = [
  ['newer', 'by a newer Offprint'],
  ['could-not-be-kept', 'is damaged and could not be kept under another name'],
  ['files-kept-by-system', 'o your marks and notes are not shown'],
  ['brought-back', 'marks and notes were brought back from'],
  ['started-empty', 'Offprint has started with an empty one'],
  ['journal-gone', 'The journal of your changes ('],
  ['journal-damaged', 'The journal of your changes is damaged'],
  ['journal-torn', 'Offprint was cut off while it was saving'],
  ['put-there', 'so it has been put there from elsewhere'],
  ['copied', 'as in a folder that was copied while Offprint was using it'],
  ['unclear', 'could not be understood in full'],
  ['obstacle', 'where Offprint keeps something of its own'],
  ['earlier-states', 'arlier state'],
  ['papers-missing', 'The paper database was missing, and a new one has been made'],
  ['papers-back', 'from the files that your papers came from'],
  ['papers-not-mended', 'The paper database could not be mended'],
  ['papers-database', 'paper database'],
  ['nothing-writable', 'Nothing can be written to the data folder'],
  ['half-restored', 'The restoring of a backup was cut off'],
  ['same-papers-later', 'Which papers are the same could not be brought up to date'],
  ['undo-later', 'What Undo knows of imports could not be brought up to date'],
  ['bundled-not-taken', 'The papers that come with Offprint'],
  ['restored', 'backup'],
] as const;

/** What a notice is about. */
export type NoticeCode = (typeof phrases)[number][0] | 'other';

/** Every {@link NoticeCode}. */
export const noticeCodes = [...phrases.map(([code]) => code), 'other'] as const satisfies readonly NoticeCode[];

/** What a notice of the library is about. */
export function noticeCode(sentence: string): NoticeCode {
  return phrases.find(([, phrase]) => sentence.includes(phrase))?.[0] ?? 'other';
}
