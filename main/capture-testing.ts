/** The text of a small Daily Papers page with papers of these titles, for tests. */
export function captureOf(...titles: string[]): string {
  const papers = titles.map((title) => {
    const subject = title.toLowerCase();
    return [
      title,
      `We study ${subject}. Existing approaches need large datasets and careful tuning of their parameters. ` +
        `We propose a novel method for ${subject} that learns from few samples, and prove a bound on its error. ` +
        'Experiments on three benchmarks show that our models outperform strong baselines while training takes ' +
        'half the time. Code is available from the authors.',
    ];
  });
  return `${['Daily Papers', 'by AK and the research community', ...papers.flat()].join('\n\n')}\n`;
}
