import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { statuses } from '../../shared/paper.ts';
import { titleId } from '../importers/identity.ts';
import type { MirroredMarks } from './corpus.ts';
import { LocalCorpus } from './local-corpus.ts';
import { marksOf, titles, withCorpus } from './test-corpus.ts';

const names = ['Acorn', 'Birch', 'Cedar', 'Dogwood', 'Elm'];
const sources = [{ name: 'x', papers: names.map((title) => ({ title })) }];

const anyMarks: fc.Arbitrary<MirroredMarks> = fc
  .record({
    name: fc.constantFrom(...names, 'Not here'),
    status: fc.constantFrom(...statuses),
    starred: fc.boolean(),
    hasNote: fc.boolean(),
    tags: fc.uniqueArray(fc.constantFrom('a', 'A', 'b', 'é'), { maxLength: 3 }),
    changedAt: fc.option(fc.integer({ min: 0, max: 3 })),
  })
  .map(({ name, ...marks }) => marksOf(titleId(name), marks));

test('after any changes, counts and views say what the last marks say', () => {
  const steps = fc.array(fc.record({ replace: fc.boolean(), marks: fc.array(anyMarks, { maxLength: 4 }) }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(steps, (changes) => {
      withCorpus(sources, (corpus) => {
        let now = new Map<string, MirroredMarks>();
        for (const [index, { replace, marks }] of changes.entries()) {
          if (replace) now = new Map();
          for (const mark of marks) now.set(mark.id, mark);
          if (replace) corpus.replaceMarks(`stamp ${index}`, marks);
          else corpus.applyMarks({ from: index === 0 ? null : `stamp ${index - 1}`, to: `stamp ${index}` }, marks);
        }
        const all = names.map((name) => now.get(titleId(name)) ?? marksOf(titleId(name)));
        const number = (test: (marks: MirroredMarks) => boolean) => all.filter(test).length;
        const { counts, tags } = corpus.state();
        expect(counts).toEqual({
          inbox: number(({ status }) => status === 'unread'),
          queued: number(({ status }) => status === 'queued'),
          reading: number(({ status }) => status === 'reading'),
          read: number(({ status }) => status === 'read'),
          skipped: number(({ status }) => status === 'skipped'),
          starred: number(({ starred }) => starred),
          notes: number(({ hasNote }) => hasNote),
          all: names.length,
        });
        const used = [...new Set(all.flatMap((marks) => marks.tags))];
        expect(new Map(tags.map(({ name, count }) => [name, count]))).toEqual(
          new Map(used.map((tag) => [tag, number((marks) => marks.tags.includes(tag))])),
        );
        for (const tag of used) {
          expect(titles(corpus, `tag:${tag}`)).toEqual(names.filter((_, index) => all[index]?.tags.includes(tag)));
        }
        expect(titles(corpus, 'is:starred')).toEqual(names.filter((_, index) => all[index]?.starred));
      });
    }),
    { numRuns: 25 },
  );
});

test('the stamp of the last change is there after reopening', () => {
  withCorpus(sources, (corpus, folder) => {
    expect(corpus.marksStamp).toBeNull();
    corpus.replaceMarks('first', [marksOf(titleId('Elm'), { status: 'read' })]);
    corpus.applyMarks({ from: 'first', to: 'second' }, []);
    const other = new LocalCorpus(folder);
    expect(other.marksStamp).toBe('second');
    expect(other.state().counts.read).toBe(1);
    other.close();
  });
});

test('a change that does not follow the last one is refused whole', () => {
  withCorpus(sources, (corpus) => {
    corpus.replaceMarks('first', []);
    const late = () => corpus.applyMarks({ from: 'second', to: 'third' }, [marksOf(titleId('Elm'), { starred: true })]);
    expect(late).toThrow(OffprintError);
    expect(corpus.state().counts.starred).toBe(0);
    corpus.applyMarks({ from: 'first', to: 'second' }, []);
    late();
    expect(corpus.state().counts.starred).toBe(1);
  });
});

test('a tag is found in another case when none is spelt so', () => {
  withCorpus(sources, (corpus) => {
    corpus.applyMarks({ from: null, to: 'x' }, [marksOf(titleId('Elm'), { tags: ['Deep Learning'] })]);
    expect(titles(corpus, 'tag:"deep learning"')).toEqual(['Elm']);
    corpus.applyMarks({ from: 'x', to: 'y' }, [marksOf(titleId('Cedar'), { tags: ['deep learning'] })]);
    expect(titles(corpus, 'tag:"deep learning"')).toEqual(['Cedar']);
    expect(titles(corpus, 'tag:"DEEP LEARNING"')).toEqual(['Cedar', 'Elm']);
  });
});
