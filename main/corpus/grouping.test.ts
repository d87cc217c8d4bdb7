import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { titleId } from '../importers/identity.ts';
import { pooledRecord, recordOf } from './arbitrary-records.ts';
import { groupRecords } from './grouping.ts';
import type { PaperPair } from './papers-writer.ts';
import type { PaperFacts } from './record-body.ts';
import { identityOf, keysOf, strictIds, titleIdOf } from './record-identity.ts';

const long = 'A Study of Many Things and Their Uses';

/** The groups of records, as lists of their indices. */
function groups(records: readonly PaperFacts[], same: readonly PaperPair[] = []): number[][] {
  return groupRecords(records.map(identityOf), same).map(({ members }) => members);
}

const arxiv = (facts: Partial<PaperFacts> = {}) => recordOf(long, { arxivId: '2301.00001', ...facts });
const printed = (facts: Partial<PaperFacts> = {}) => recordOf(long, { doi: '10.1000/a', ...facts });
const titled = (facts: Partial<PaperFacts> = {}) => recordOf(long, facts);
const preface = (facts: Partial<PaperFacts> = {}) => recordOf('Preface', facts);
const smith = ['Ada Smith'];
const jones = ['Bo Jones'];

describe('by identifiers', () => {
  test('one arXiv id is one paper, whatever the titles say', () => {
    expect(groups([arxiv(), recordOf('Another Title Altogether', { arxivId: '2301.00001' })])).toEqual([[0, 1]]);
  });

  test('different arXiv ids are different papers, whatever else agrees', () => {
    const facts = { doi: '10.1000/a', authors: smith, published: '2001' };
    expect(groups([arxiv(facts), recordOf(long, { ...facts, arxivId: '2301.00002' })])).toEqual([[0], [1]]);
  });

  test('a DOI joins the arXiv paper that has it, and none where two have it', () => {
    const other = recordOf('Something Else', { doi: '10.1000/a' });
    expect(groups([other, arxiv({ doi: '10.1000/a' })])).toEqual([[0, 1]]);
    const second = recordOf('Third', { arxivId: '2301.00002', doi: '10.1000/a' });
    expect(groups([other, arxiv({ doi: '10.1000/a' }), second])).toEqual([[0], [1], [2]]);
  });

  test("arXiv's own DOI is the arXiv id", () => {
    expect(groups([printed({ doi: '10.48550/arxiv.2301.00001' }), arxiv()])).toEqual([[0, 1]]);
  });

  test('an id that stands for a title is that id, and no title', () => {
    expect(groups([recordOf('arXiv:2301.00001v2'), arxiv()])).toEqual([[0, 1]]);
    expect(keysOf(identityOf(recordOf('arXiv:2301.00001', { arxivId: '2301.00001' })))).toEqual(['arxiv:2301.00001']);
  });
});

describe('a preprint and its printed version', () => {
  test('are one paper when they share title and a person, even some years apart', () => {
    const records = [arxiv({ authors: smith, published: '2001' }), printed({ authors: smith, published: '2004' })];
    expect(groups(records)).toEqual([[0, 1]]);
  });

  test.each([
    ['nobody in common', { authors: jones, published: '2001' }],
    ['too many years apart', { authors: smith, published: '2010' }],
  ])('are two with %s', (_, facts) => {
    expect(groups([arxiv({ authors: smith, published: '2001' }), printed(facts)])).toEqual([[0], [1]]);
  });

  test('are two where the preprint names another printed version', () => {
    expect(groups([arxiv({ doi: '10.1000/b' }), printed()])).toEqual([[0], [1]]);
  });

  test('stay apart where either could be another', () => {
    expect(groups([arxiv(), printed(), printed({ doi: '10.1000/b' })])).toEqual([[0], [1], [2]]);
    expect(groups([arxiv(), recordOf(long, { arxivId: '2301.00002' }), printed()])).toEqual([[0], [1], [2]]);
  });
});

describe('records that have only a title', () => {
  test('join the only paper of that title', () => {
    expect(groups([titled(), arxiv({ authors: smith })])).toEqual([[0, 1]]);
    expect(groups([titled({ authors: smith }), arxiv({ authors: smith }), titled({ published: '2001' })])).toEqual([
      [0, 1, 2],
    ]);
  });

  test('join none where two could be meant', () => {
    const records = [titled(), arxiv({ authors: smith }), recordOf(long, { arxivId: '2301.00002', authors: jones })];
    expect(groups(records)).toEqual([[0], [1], [2]]);
    expect(groups([...records, titled({ authors: ['J. Jones'] })])).toEqual([[0], [1], [2, 3]]);
  });

  test('are the same with a person in common, and linked by a third', () => {
    expect(groups([titled({ authors: smith }), titled({ authors: jones })])).toEqual([[0], [1]]);
    const both = titled({ authors: [...smith, ...jones] });
    expect(groups([titled({ authors: smith }), titled({ authors: jones }), both])).toEqual([[0, 1, 2]]);
  });

  test('of two that contradict each other, neither joins a paper that tells them apart by nothing', () => {
    expect(groups([arxiv(), titled({ authors: smith }), titled({ authors: jones })])).toEqual([[0], [1], [2]]);
    expect(groups([arxiv(), titled({ published: '1990' }), titled({ published: '2010' })])).toEqual([[0], [1], [2]]);
    expect(groups([arxiv(), titled({ authors: smith }), titled({ authors: ['A. Smith'] })])).toEqual([[0, 1, 2]]);
  });

  test('called "Preface" need a year that agrees too', () => {
    const records = [
      preface({ authors: smith, published: '1999' }),
      preface({ authors: smith, published: '2000' }),
      preface({ authors: smith, published: '2004' }),
      preface({ authors: smith }),
      preface({ authors: jones, published: '1999' }),
      preface(),
    ];
    expect(groups(records)).toEqual([[0, 1], [2], [3], [4], [5]]);
    // Without the other Smith's, the undated one can only be the first.
    expect(groups(records.filter((_, index) => index !== 2))).toEqual([[0, 1, 2], [3], [4]]);
  });
});

describe('made one by hand', () => {
  const one = recordOf('First Title of Some Length', { authors: smith });
  const two = recordOf('Second Title of Some Length', { doi: '10.1000/a' });
  const three = recordOf('Third Title of Some Length', { arxivId: '2301.00001' });
  const [first = '', second = '', third = ''] = [one, two, three].map((record) => strictIds(identityOf(record))[0]);

  test('the kept one gives its id, in chains as well', () => {
    const unite = (same: readonly PaperPair[]) => groupRecords([one, two, three].map(identityOf), same);
    expect(unite([[first, third]])[0]).toMatchObject({ id: first, members: [0, 2] });
    expect(unite([[third, first]])[0]).toMatchObject({ id: third, members: [0, 2] });
    const chain = unite([
      [second, third],
      [first, second],
    ]);
    expect(chain).toMatchObject([{ id: first, members: [0, 1, 2] }]);
    expect(chain[0]?.ids).toEqual(expect.arrayContaining([first, second, third]));
  });

  test('an id that is not here, or that several papers could mean, unites nothing', () => {
    const records = [arxiv(), printed({ doi: '10.1000/b' }), printed(), three];
    expect(groups(records, [[titleId(long), third]])).toEqual([[0, 3], [1], [2]]);
    expect(
      groups(
        [arxiv(), recordOf(long, { arxivId: '2301.00002' }), two],
        [
          [titleId(long), second],
          ['doi:10.9/none', second],
        ],
      ),
    ).toEqual([[0], [1], [2]]);
  });
});

test('a bare title keeps the id that it always had', () => {
  expect(titleIdOf(identityOf(recordOf('Preface')))).toBe(titleId('Preface'));
  const ids = [preface(), preface({ authors: smith }), preface({ published: '1999' })];
  expect(new Set(ids.map((record) => titleIdOf(identityOf(record)))).size).toBe(3);
});

describe('whatever the records', () => {
  const records = fc.array(pooledRecord, { maxLength: 9 });
  const shuffled = records.chain((list) =>
    fc.record({ list: fc.constant(list), order: fc.shuffledSubarray([...list.keys()], { minLength: list.length }) }),
  );
  const pairs = (list: readonly PaperFacts[]) => {
    const ids = [...new Set(list.flatMap((record) => keysOf(identityOf(record))))];
    return ids.length === 0
      ? fc.constant([])
      : fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 3 });
  };

  test('their order and the order of pairs make no difference', () => {
    const cases = shuffled.chain((both) => fc.record({ both: fc.constant(both), same: pairs(both.list) }));
    fc.assert(
      fc.property(cases, ({ both: { list, order }, same }) => {
        const plain = groupRecords(list.map(identityOf), same);
        const other = groupRecords(order.flatMap((index) => list[index] ?? []).map(identityOf), same.toReversed()).map(
          (group) => ({ ...group, members: group.members.map((at) => order[at] ?? -1).sort((a, b) => a - b) }),
        );
        expect(other.sort((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0))).toEqual(plain);
      }),
      { numRuns: 1000 },
    );
  });

  test('each is in one group, ids are unique, and ids tell what is in a group', () => {
    fc.assert(
      fc.property(records, (list) => {
        const identities = list.map(identityOf);
        const found = groupRecords(identities, []);
        expect(found.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual([...list.keys()]);
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        for (const { id, ids, members } of found) {
          expect(ids).toContain(id);
          expect(ids).toEqual(
            [...new Set(members.flatMap((at) => keysOf(identityOf(list[at] ?? recordOf('')))))].sort(),
          );
          // No two arXiv ids, and no DOI but beside the one arXiv id, are ever laid together unasked.
          const arxivIds = ids.filter((each) => each.startsWith('arxiv:'));
          expect(arxivIds.length).toBeLessThanOrEqual(1);
          if (arxivIds.length === 0)
            expect(ids.filter((each) => each.startsWith('doi:')).length).toBeLessThanOrEqual(1);
        }
        const homes = new Map(found.flatMap((group) => group.members.map((at) => [at, group] as const)));
        for (const [a, { arxivId }] of identities.entries()) {
          for (const [b, other] of identities.entries()) {
            if (arxivId !== null && arxivId === other.arxivId) expect(homes.get(a)).toBe(homes.get(b));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a record that is there twice changes nothing', () => {
    fc.assert(
      fc.property(records, fc.nat(), (list, which) => {
        const double = list[which % Math.max(1, list.length)];
        if (double === undefined) return;
        const once = groupRecords(list.map(identityOf), []);
        const twice = groupRecords([...list, double].map(identityOf), []);
        expect(twice.map(({ id, ids }) => ({ id, ids }))).toEqual(once.map(({ id, ids }) => ({ id, ids })));
      }),
      { numRuns: 1000 },
    );
  });

  test('records that share no key do not matter to each other', () => {
    fc.assert(
      fc.property(records, (list) => {
        const elsewhere = list.map((record) => ({
          ...record,
          title: record.title.startsWith('arXiv') ? 'arXiv:2402.00009' : `${record.title} elsewhere`,
          arxivId: record.arxivId === null ? null : '2402.00009',
          doi: record.doi === null ? null : '10.2000/z',
        }));
        const alone = groups(list);
        expect(groups([...list, ...elsewhere]).slice(0, alone.length)).toEqual(alone);
      }),
    );
  });
});

test('ten thousand papers called "Preface" are told apart without each being held against each', () => {
  let looks = 0;
  const identities = Array.from({ length: 10_000 }, (_, index) => {
    const identity = identityOf(
      preface({
        authors: [`Ann Name${String.fromCharCode(97 + (index % 26), 97 + (Math.trunc(index / 26) % 26))}`, 'Bo Wang'],
        published: String(1500 + (index % 500)),
        arxivId: index % 5 === 0 ? `2001.${10_000 + index}` : null,
        doi: index % 3 === 0 ? `10.1000/${index}` : null,
      }),
    );
    return new Proxy(identity, {
      get(target, key) {
        looks += 1;
        return Reflect.get(target, key);
      },
    });
  });
  const found = groupRecords(identities, []);
  expect(found.length).toBeGreaterThan(4000);
  // Each against each would be a hundred million.
  expect(looks).toBeLessThan(1_000_000);
});
