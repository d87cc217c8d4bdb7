/** What can be written in the search box, and what it finds. */
export const searchLanguage: readonly (readonly [example: string, meaning: string])[] = [
  ['weak strong', 'all of these words, in title, authors, abstract or note'],
  ['"weak to strong"', 'these words one after another'],
  ['-debate', 'not this'],
  ['agents OR tools', 'one or the other'],
  ['(a OR b) c', 'parentheses hold parts together'],
  ['title: abstract: author: note:', 'in this field only'],
  ['tag:ml', 'tagged ml, or with a tag nested in it'],
  ['status:unread,queued', 'with one of these statuses'],
  ['is:unread is:starred', 'unread; starred'],
  ['is:new', 'what the last import brought'],
  ['has:note', 'with a note; also code, abstract, tag'],
  ['source: venue: id:', 'from a source; at a venue; with an arXiv id or DOI'],
  ['year:2023..2024', 'between years; 2023.. and ..2024 are open'],
  ['published: added: read:', 'by day or span: added:<2w, read:today'],
  ['votes:>50', 'with more votes than that'],
  ['sort:-votes', 'most votes first; also relevance, title, added'],
];

/** The cheat sheet of the search language. */
export function SearchLanguage({ shown }: { shown: typeof searchLanguage }) {
  return (
    <dl className="help-language">
      {shown.map(([example, meaning]) => (
        <div key={example}>
          <dt>
            <code>{example}</code>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
