import { statusLabels } from '../../shared/paper.ts';
import { dayOf, inPieces, type TextExporter } from './exporter.ts';
import { markdownTag, markdownText } from './markdown-paper.ts';

/** Text of one line as code, whatever it holds: a key that a paper came with may have a backtick. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? fence + text + fence : `${fence} ${text} ${fence}`;
}

/** Papers as one Markdown file: a heading for each, with its citation key as Pandoc and Zettlr cite it. */
export const markdown: TextExporter = (papers, { keys, notes, exportedAt }) =>
  inPieces(papers, {
    begin: `# Papers, ${dayOf(exportedAt)}\n\n`,
    between: '\n\n',
    end: () => '\n',
    paper: (paper) => {
      const said = [
        codeSpan(`@${keys(paper)}`),
        ...(notes && paper.status !== 'unread' ? [statusLabels[paper.status]] : []),
        ...(notes && paper.starred ? ['★'] : []),
        ...(notes ? paper.tags.map((tag) => `#${markdownTag(tag)}`) : []),
      ];
      return markdownText(paper, { level: 2, notes, facts: [said.join(' · ')] });
    },
  });
