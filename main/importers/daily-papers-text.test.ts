import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { dailyPapersText } from './daily-papers-text.ts';
import { inputFolder, readPieces, recordsOf } from './inputs-for-tests.ts';
import { inspectInput } from './read-input.ts';

const capture = readFileSync(new URL('../../resources/daily-papers.txt', import.meta.url), 'utf8');
const paragraphs = capture.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
const furniture = paragraphs.slice(0, 5);
const bundled = Array.from({ length: 55 }, (_, index) => ({
  title: paragraphs[5 + 2 * index] ?? '',
  abstract: paragraphs[6 + 2 * index] ?? '',
}));

const folder = inputFolder();
afterAll(() => folder.remove());

/** Goes the whole way from bytes, as an import does. */
async function papersIn(content: string | Uint8Array) {
  const path = folder.write('page.txt', content);
  const input = await inspectInput({ path, name: 'page.txt', format: dailyPapersText.format });
  const records = await recordsOf(input);
  expect(dailyPapersText.recognise(await input.open().whole(), true, 'page.txt')).toBeGreaterThan(0);
  return records.map((record) => {
    if (record.kind !== 'paper') throw new Error(`skipped: ${record.reason}`);
    return { where: record.where, title: record.paper.title, abstract: record.paper.abstract };
  });
}

const titlesIn = async (content: string | Uint8Array) => (await papersIn(content)).map(({ title }) => title);

/** What is read of a page, without the lines. */
const pairsIn = async (content: string) =>
  (await papersIn(content)).map(({ title, abstract }) => ({ title, abstract }));

const lattice =
  'Lattice models of crowded cells have long ignored the walls. We propose a boundary term that keeps the ' +
  'partition function tractable and show, in three simulated tissues, that it halves the error of the usual ' +
  'estimate. The method needs no training data and runs on a laptop.';
const kettle =
  'Household robots fail at tasks that involve steam. This paper introduces KettleBench, a benchmark of 1,200 ' +
  'episodes in which an agent has to make tea. Current models succeed in 14% of them. We analyse why, and find ' +
  'that most failures come from occluded handles rather than from planning.';
const moss =
  'Mosses remember drought. Using time-lapse microscopy we study how gametophytes of four species respond to ' +
  'repeated drying, and estimate a memory of about nine days. A simple two-compartment model explains the results.';

describe('the bundled capture', () => {
  test('is 55 papers, each as it stands on the page', async () => {
    const papers = await papersIn(capture);
    expect(papers).toHaveLength(55);
    expect(papers[0]?.title).toBe('Adversarial Imitation Learning via Boosting');
    expect(papers[54]?.title).toBe(
      'Making the Most of your Model: Methods for Finetuning and Applying Pretrained Transformers',
    );
    expect(papers.map(({ title, abstract }) => ({ title, abstract }))).toEqual(bundled);
  });

  test('names the lines its papers are on', async () => {
    const lines = capture.split('\n');
    for (const { title, where } of await papersIn(capture)) {
      expect(lines[Number(where.replace('line ', '')) - 1]).toBe(title);
    }
  });

  test.each([
    ['with a byte-order mark', `\uFEFF${capture}`],
    ['with CRLF', capture.replaceAll('\n', '\r\n')],
    ['with CR', capture.replaceAll('\n', '\r')],
    ['with many blank lines', capture.replaceAll('\n\n', '\n \n\n\t\n\n')],
    ['without blank lines', capture.replaceAll(/\n\n+/g, '\n')],
    ['without furniture', bundled.map(({ title, abstract }) => `${title}\n\n${abstract}`).join('\n\n')],
    [
      'with a blank line between papers only',
      bundled.map(({ title, abstract }) => `${title}\n${abstract}`).join('\n\n'),
    ],
    [
      'with lines broken at 80 characters',
      capture
        .split('\n')
        .map((line) => wrap(line, 80))
        .join('\n'),
    ],
    [
      'with a footer',
      `${capture}\n\nSystem theme\n\nCompany\n\nTOS\n\nPrivacy\n\nAbout\n\nCareers\n\nModels\n\nDatasets\n\nSpaces\n\nPricing\n\nDocs\n`,
    ],
  ])('%s is the same papers', async (_, text) => {
    expect(await pairsIn(text)).toEqual(bundled);
  });

  test('is the same in UTF-16, either way round', async () => {
    const little = Buffer.from(`\uFEFF${capture}`, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      expect(await papersIn(bytes)).toHaveLength(55);
    }
  });
});

function wrap(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

describe('whatever happens to the papers of a page', () => {
  const page = (papers: readonly { title: string; abstract: string }[], gap = '\n\n') =>
    [...furniture, ...papers.flatMap(({ title, abstract }) => [title, abstract])].filter(Boolean).join(gap);
  const some = fc.shuffledSubarray(bundled, { minLength: 3 });

  test('order, choice, blank lines and line ends do not change the titles', async () => {
    await fc.assert(
      fc.asyncProperty(
        some,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (papers, end, blank, marked) => {
          const text = (marked ? '\uFEFF' : '') + page(papers, end.repeat(blank));
          expect(await titlesIn(text)).toEqual(papers.map(({ title }) => title));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('missing abstracts do not change the titles, wherever they are and however many', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.infiniteStream(fc.boolean()), fc.boolean(), async (papers, choices, dense) => {
        const left = papers.map((paper) => {
          const keep = choices.next().value || (!dense && choices.next().value);
          return { ...paper, abstract: keep ? paper.abstract : '' };
        });
        const found = await pairsIn(page(left));
        expect(found.map(({ title, abstract }) => ({ title, abstract: abstract ?? '' }))).toEqual(left);
      }),
      { numRuns: 25 },
    );
  });

  test('an abstract cut in two at any sentence is one abstract of two paragraphs', async () => {
    const cuts = bundled.flatMap(({ abstract }, index) =>
      [...abstract.matchAll(/[.!?] (?=[A-Z])/g)].map((match) => ({ index, at: match.index + 1 })),
    );
    for (const { index, at } of cuts) {
      const near = bundled.slice(Math.max(0, index - 1), index + 2);
      const cut = near.map((paper) => {
        if (paper !== bundled[index]) return paper;
        return { ...paper, abstract: `${paper.abstract.slice(0, at)}\n\n${paper.abstract.slice(at + 1)}` };
      });
      const found = await pairsIn(page(cut));
      expect(found, `${bundled[index]?.title} at ${at}`).toEqual(cut);
    }
  });
});

describe('awkward pages', () => {
  test.each<[string, string, [string, string | null][]]>([
    [
      'one paper',
      `Boundary Terms for Crowded Lattices\n\n${lattice}`,
      [['Boundary Terms for Crowded Lattices', lattice]],
    ],
    [
      'titles that end like sentences',
      `Is Steam All You Need?\n\n${kettle}\n\nMosses remember drought.\n\n${moss}\n\nMind the Wall!\n\n${lattice}`,
      [
        ['Is Steam All You Need?', kettle],
        ['Mosses remember drought.', moss],
        ['Mind the Wall!', lattice],
      ],
    ],
    [
      'a title of two sentences',
      `Walls matter. A study of crowded lattices\n\n${lattice}\n\nTea, at Last\n\n${kettle}`,
      [
        ['Walls matter. A study of crowded lattices', lattice],
        ['Tea, at Last', kettle],
      ],
    ],
    [
      'abstracts of one short sentence',
      'Daily Papers\n\nFast Sorting on Slow Machines\n\nWe sort faster.\n\nA Note on Primes\n\nThere are infinitely many of them.\n\nOn Boiling\n\nWater boils.',
      [
        ['Fast Sorting on Slow Machines', 'We sort faster.'],
        ['A Note on Primes', 'There are infinitely many of them.'],
        ['On Boiling', 'Water boils.'],
      ],
    ],
    [
      'titles and abstracts of a few letters, on a page that tells itself',
      `${furniture.join('\n\n')}\n\nPaper A\n\nAbstract of A.\n\nPaper B\n\nPaper C\n\nAbstract of C.\n\nLoRA\n\n${moss}`,
      [
        ['Paper A', 'Abstract of A.'],
        ['Paper B', null],
        ['Paper C', 'Abstract of C.'],
        ['LoRA', moss],
      ],
    ],
    ['one title', `${furniture.join('\n')}\nOnly a Title\n`, [['Only a Title', null]]],
    [
      'a second paragraph that is short',
      `Boundary Terms for Crowded Lattices\n\n${lattice}\n\nCode is available at https://example.org/walls.\n\nKettleBench\n\n${kettle}\n\nExperiments on three datasets confirm this.\n\nWhat Mosses Remember\n\n${moss}\n\nOur models will be released.`,
      [
        ['Boundary Terms for Crowded Lattices', `${lattice}\n\nCode is available at https://example.org/walls.`],
        ['KettleBench', `${kettle}\n\nExperiments on three datasets confirm this.`],
        ['What Mosses Remember', `${moss}\n\nOur models will be released.`],
      ],
    ],
    [
      'titles in lower case, in capitals, and very short',
      `boundary terms for crowded lattices\n\n${lattice}\n\nKETTLEBENCH: ROBOTS MAKE TEA\n\n${kettle}\n\nMoss\n\n${moss}`,
      [
        ['boundary terms for crowded lattices', lattice],
        ['KETTLEBENCH: ROBOTS MAKE TEA', kettle],
        ['Moss', moss],
      ],
    ],
    [
      'a title that is markup',
      `<script>alert(1)</script>\n\n${lattice}\n\n<img src=x onerror=alert(1)> Considered Harmful\n\n${kettle}`,
      [
        ['<script>alert(1)</script>', lattice],
        ['<img src=x onerror=alert(1)> Considered Harmful', kettle],
      ],
    ],
    [
      'separators of Unicode inside a paragraph',
      `Boundary\u2028Terms for Crowded Lattices\n\n${lattice.replace('walls. ', 'walls.\u2028')}`,
      [['Boundary Terms for Crowded Lattices', lattice.replace('walls. ', 'walls.\u2028')]],
    ],
    [
      'control characters',
      `Boundary \u0001Terms\u0002 for Crowded\tLattices\u001b\n\n${lattice.replace('walls', 'wa\u0002lls\u007f')}`,
      [['Boundary Terms for Crowded Lattices', lattice]],
    ],
    [
      'a whole page, copied',
      [
        'Hugging Face',
        'Models',
        'Datasets',
        'Spaces',
        'Community',
        'Docs',
        'Pricing',
        'Log In',
        'Sign Up',
        'new',
        'Get trending papers in your email inbox!',
        'Subscribe',
        'Daily Papers',
        'by',
        'AK',
        'and the research community',
        'Search by arxiv id or title',
        'Submit a paper',
        'Jun 12',
        'Daily',
        'Weekly',
        'Monthly',
        'Submitted by',
        'teapot',
        '112',
        'KettleBench: Can Robots Make Tea?',
        '· 12 authors',
        '4',
        'Submitted by',
        'moss-lover',
        '7',
        'What Mosses Remember',
        '533 authors',
        '1',
        'Submitted by',
        'Anna Wall',
        '1.2k',
        'Boundary Terms for Crowded Lattices',
        '·',
        '1 author',
        '·',
        'GitHub 35',
        '2',
        'Previous',
        'Next',
        'System theme',
        'Company',
        'TOS',
        'Privacy',
        'About',
        'Careers',
        'Website',
      ].join('\n'),
      [
        ['KettleBench: Can Robots Make Tea?', null],
        ['What Mosses Remember', null],
        ['Boundary Terms for Crowded Lattices', null],
      ],
    ],
    [
      'a whole page with abstracts under the authors',
      `Daily Papers\nSubmitted by\nteapot\n112\nKettleBench: Can Robots Make Tea?\n· 12 authors\n${kettle}\nUpvote\n112\nSubmitted by\nwall\nBoundary Terms for Crowded Lattices\n2 authors\n${lattice}\n© 2024 Hugging Face`,
      [
        ['KettleBench: Can Robots Make Tea?', kettle],
        ['Boundary Terms for Crowded Lattices', lattice],
      ],
    ],
    [
      'a missing abstract at the first, in the middle, twice in a row, and at the last',
      `Daily Papers\n\nWhat Mosses Remember\n\nBoundary Terms for Crowded Lattices\n\n${lattice}\n\nTea Without Tears\n\nSteam and Its Discontents\n\nKettleBench: Can Robots Make Tea?\n\n${kettle}\n\nOn the Theory of Spouts`,
      [
        ['What Mosses Remember', null],
        ['Boundary Terms for Crowded Lattices', lattice],
        ['Tea Without Tears', null],
        ['Steam and Its Discontents', null],
        ['KettleBench: Can Robots Make Tea?', kettle],
        ['On the Theory of Spouts', null],
      ],
    ],
    ['Windows-1252', `Daily Papers\n\nCaf\u00e9 Kettles\n\n${kettle}`, [['Café Kettles', kettle]]],
  ])('%s', async (_, text, expected) => {
    expect((await papersIn(text)).map(({ title, abstract }) => [title, abstract])).toEqual(expected);
  });

  test('bytes of Windows-1252 are read as such', async () => {
    const bytes = Buffer.from(`Daily Papers\n\nCaf\u00e9 Kettles\n\n${kettle}`, 'latin1');
    expect(await titlesIn(bytes)).toEqual(['Café Kettles']);
  });
});

test('a page of papers in Arabic and in English', async () => {
  const lattices =
    'تجاهلت النماذج الشبكية للخلايا المزدحمة جدران هذه الخلايا زمنا طويلا. نقترح حدا على الحافة يحفظ سهولة حساب دالة ' +
    'التقسيم، ونبين في ثلاثة أنسجة محاكاة أنه يخفض خطأ التقدير المعتاد إلى النصف.';
  const mosses =
    'هل تتذكر الطحالب الجفاف؟ ندرس بالتصوير المجهري كيف تستجيب أربعة أنواع للجفاف المتكرر، ونقدر مدة الذاكرة بنحو ' +
    'تسعة أيام. يفسر نموذج بسيط ذو حجرتين النتائج كلها.';
  const papers = [
    { title: 'حدود الشبكات في الخلايا المزدحمة', abstract: lattices },
    { title: 'KettleBench: Can Robots Make Tea?', abstract: kettle },
    { title: 'ذاكرة الجدران', abstract: null },
    { title: 'ما الذي تتذكره الطحالب؟', abstract: mosses },
    { title: 'Boundary Terms for Crowded Lattices', abstract: lattices },
    { title: 'سخانات بلا بخار', abstract: null },
  ];
  const text = papers
    .map(({ title, abstract }) => (abstract === null ? title : `${title}\n\n${abstract}`))
    .join('\n\n');
  expect(await pairsIn(`Daily Papers\n\n${text}`)).toEqual(papers);
});

test('pages printed one after another, with form feeds between them', async () => {
  const text = `Daily Papers\n\nWhat Mosses Remember\n${moss}\n\fKettleBench\n${kettle}\f\nBoundary Terms\n${lattice}\n\f`;
  expect(await papersIn(text)).toEqual([
    { where: 'line 3', title: 'What Mosses Remember', abstract: moss },
    { where: 'line 5', title: 'KettleBench', abstract: kettle },
    { where: 'line 7', title: 'Boundary Terms', abstract: lattice },
  ]);
});

describe('a text longer than any page', () => {
  const once = bundled
    .map(({ title, abstract }, index) => (index % 7 === 3 ? title : `${title}\n\n${abstract}`))
    .join('\n\n');
  const pages = (gap: string) => `${furniture.join('\n\n')}\n\n${Array.from({ length: 60 }, () => once).join(gap)}\n`;

  test.each([
    '\n\n',
    `\n\nPrevious\n\nNext\n\n${furniture.join('\n\n')}\n\n`,
  ])('is read in parts, to the same papers on the same lines (%j)', async (gap) => {
    const text = pages(gap);
    expect(text.length).toBeGreaterThan(3 * 1024 * 1024);
    const lines = text.split('\n');
    const papers = await papersIn(text);
    expect(papers.map(({ where }) => lines[Number(where.replace('line ', '')) - 1])).toEqual(
      papers.map(({ title }) => title),
    );
    expect(papers.map(({ title, abstract }) => ({ title, abstract }))).toEqual(
      Array.from({ length: 60 }, () =>
        bundled.map(({ title, abstract }, index) => ({ title, abstract: index % 7 === 3 ? null : abstract })),
      ).flat(),
    );
  });

  test('is refused where it becomes something else', async () => {
    await expect(papersIn(`${pages('\n\n')}${'x = f(1);\n\n'.repeat(80_000)}`)).rejects.toThrow(/source code/);
  });

  test('without papers is refused before it fills the memory', async () => {
    const text = `Daily Papers\n\n${`© ${'kettle '.repeat(8)}\n\n`.repeat(20_000)}`;
    await expect(readPieces(dailyPapersText, [text, text, text, text])).rejects.toThrow(/test is not something/);
  });
});

describe('papers without a page around them', () => {
  const cells =
    'Le pareti delle cellule affollate sono state a lungo ignorate dai modelli a reticolo. Un termine di bordo ' +
    'rende trattabile la funzione di partizione e dimezza, in tre tessuti simulati, la stima usuale. Non servono ' +
    'dati e basta un portatile, anche vecchio, per rifare ogni conto e controllare ogni figura di queste pagine.';

  test('abstracts in another language, where titles and abstracts follow each other evenly', async () => {
    const titles = ['Crowded Cells and Their Walls', 'The Walls of Crowded Cells', 'Cells Without Any Walls'];
    expect(await titlesIn(titles.map((title) => `${title}\n\n${cells}`).join('\n\n'))).toEqual(titles);
    // Paragraph after paragraph under a heading is an essay.
    const essays = titles.map((title) => `${title}\n\n${cells}\n\n${cells.replaceAll('.', '!')}`).join('\n\n');
    await expect(titlesIn(essays)).rejects.toThrow(/other text/);
  });

  test('one title of a single word among many does not undo them', async () => {
    const titles = ['Mind the walls', 'Tea from robots', 'Moss', 'Cells in a crowd', 'More steam'];
    const text = titles.map((title, index) => `${title}\n\n${[lattice, kettle, moss][index % 3]}`).join('\n\n');
    expect(await titlesIn(text)).toEqual(titles);
  });

  test('an abstract that says one thing many times is no less one', async () => {
    const text = `Saying It Again and Again\n\n${'We propose the same method once more. '.repeat(30).trim()}`;
    expect(await titlesIn(text)).toEqual(['Saying It Again and Again']);
  });
});

const prose = `It was the year the river froze. My grandmother, who had never trusted the ice, sent us across it with a sledge and a warning, and we came back with flour and a story.

Nobody believed the story. There had been a light under the ice, my brother said, green and slow, and it had followed us as far as the mill. I said nothing, because I had seen it too, and because saying nothing was what I was good at.

Years later I asked him whether he remembered. He looked at me for a long time over his glass. "I remember the flour," he said.

The mill is gone now. They pulled it down the summer the new road came, and the stones went into the foundations of the school, where our children learned to read.`;

const essay = `Why I Bake Bread

Bread is slow, and that is the point of it. You mix, you wait, you fold, you wait again, and somewhere in the waiting the day becomes yours.

What You Will Need

A bowl, a scale, an oven that can be made very hot, and a pot with a lid. Flour from a mill whose name you know. Salt. Patience.

The First Loaf

Your first loaf will be flat. Everybody's is. Eat it warm with butter and tell nobody.`;

describe('what is no capture is refused, with what it seems to be', () => {
  test.each<[string, string, RegExp]>([
    ['prose', prose, /other text/],
    ['an essay with headings', essay, /other text/],
    ['a shopping list', 'milk\neggs\nbread\nbutter\napples\ncoffee\ntea\n', /list of words/],
    [
      'a word list',
      ['aardvark', 'abacus', 'abandon', 'abate', 'abbey', 'abbot', 'abdomen'].join('\n\n'),
      /list of words/,
    ],
    ['one line', 'Hello there', /other text/],
    ['one sentence', 'We had tea at four and then we went home.', /other text/],
    ['only furniture', furniture.join('\n\n'), /other text|list of words/],
    ['JSON', '{\n  "name": "offprint",\n  "version": "1.0.0"\n}\n', /JSON/],
    ['a JSON array', '[{"title": "A", "abstract": "We propose a model."}]', /JSON/],
    ['JSON lines', '{"title": "A"}\n{"title": "B"}\n', /JSON lines/],
    [
      'HTML',
      `<!doctype html>\n<html><head><title>Daily Papers</title></head><body><h1>Daily Papers</h1><p>${kettle}</p></body></html>`,
      /HTML/,
    ],
    ['XML', '<?xml version="1.0"?>\n<note><to>you</to></note>', /XML/],
    [
      'Atom',
      '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title></entry></feed>',
      /Atom/,
    ],
    [
      'BibTeX',
      '@article{wall2020,\n  title = {Boundary Terms},\n  author = {Wall, Anna},\n  year = {2020}\n}\n',
      /BibTeX/,
    ],
    ['RIS', 'TY  - JOUR\nTI  - Boundary Terms\nAU  - Wall, Anna\nER  - \n', /RIS/],
    ['CSV', 'title,year,venue\nBoundary Terms,2020,LAT\nKettleBench,2021,ROB\nMoss,2022,BIO\n', /comma/],
    ['TSV', 'title\tyear\nBoundary Terms\t2020\nKettleBench\t2021\nMoss\t2022\n', /tab/],
    [
      'a README',
      `# Walls\n\nA library for crowded lattices.\n\n## Installation\n\n\`\`\`\nnpm install walls\n\`\`\`\n\n## Usage\n\nWe provide a model and a training script. See the paper for results.\n\n- fast\n- small\n`,
      /Markdown/,
    ],
    [
      'Python',
      'import os\n\ndef main():\n    for name in os.listdir("."):\n        print(name)\n\nif __name__ == "__main__":\n    main()\n',
      /source code/,
    ],
    [
      'TypeScript',
      "import { a } from './a.ts';\n\nexport function f(x: number): number {\n  const y = a(x);\n  return y + 1;\n}\n",
      /source code/,
    ],
    [
      'C',
      '#include <stdio.h>\n\nint main(void) {\n  printf("We propose a model.\\n");\n  return 0;\n}\n',
      /source code/,
    ],
    ['a shell script', '#!/bin/sh\nset -e\necho training the model\n', /script/],
    [
      'a log',
      '2024-06-01T10:00:00 INFO training started\n2024-06-01T10:00:01 INFO loss 0.4\n2024-06-01T10:00:02 INFO done\n',
      /log/,
    ],
    ['settings', '[model]\nlearning_rate = 0.1\nbatch = 32\n\n[data]\npath = /tmp\n', /settings/],
    [
      'LaTeX',
      `\\documentclass{article}\n\\begin{document}\n\\title{Boundary Terms}\n\\begin{abstract}\n${lattice}\n\\end{abstract}\n\\end{document}\n`,
      /LaTeX/,
    ],
    ['an e-mail', `From: anna@example.org\nTo: you@example.org\nSubject: Boundary Terms\n\n${lattice}\n`, /e-mail/],
    ['a patch', 'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-old\n+new\n', /patch/],
    [
      'a poem',
      'The fog comes in\non quiet feet.\n\nIt sits and looks\nover the harbour\n\nand then\nmoves on.\n',
      /other text/,
    ],
    ['a licence', readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8'), /other text/],
    ['titles without a page around them', bundled.map(({ title }) => title).join('\n'), /other text/],
    ['abstracts without titles', bundled.map(({ abstract }) => abstract).join('\n\n'), /other text/],
  ])('%s', async (_, text, kind) => {
    expect(dailyPapersText.recognise(text, true, 'page.txt')).toBe(0);
    await expect(papersIn(text)).rejects.toThrow(kind);
    await expect(papersIn(text)).rejects.toThrow(/^page\.txt .*Nothing was imported\.$/);
  });

  test('a paragraph without end, after a good beginning', async () => {
    const text = `${capture}\n\n${'word '.repeat(20_000)}`;
    await expect(readPieces(dailyPapersText, [text])).rejects.toThrow(/^test, line \d+: a paragraph of/);
  });
});
