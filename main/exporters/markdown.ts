import { statusLabels } from '../../shared/paper.ts';
import { dayOf, inPieces, type TextExporter } from './exporter.ts';
import { markdownTag, markdownText } from './markdown-paper.ts';

/** Papers as one Markdown file: a heading for each, with its citation key as Pandoc and Zettlr cite it. */
export const markdown: TextExporter = (papers, { keys, notes, exportedAt }) =>
  inPieces(papers, {
    begin: `# Papers, ${dayOf(exportedAt)}\n\n`,
    between: '\n\n',
    end: () => '\n',
    paper: (paper) => {
      const said = [
        `\`@${keys(paper)}\``,
        ...(notes && paper.status !== 'unread' ? [statusLabels[paper.status]] : []),
        ...(notes && paper.starred ? ['★'] : []),
        ...(notes ? paper.tags.map((tag) => `#${markdownTag(tag)}`) : []),
      ];
      return markdownText(paper, { level: 2, notes, facts: [said.join(' · ')] });
    },
  });
