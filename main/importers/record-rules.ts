import * as z from 'zod';
import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import { dateSchema, linkSchema, longestNote, statusSchema, tagSchema, versionSchema } from '../../shared/paper.ts';
import type { ImportedRecord } from './importer.ts';

/** Text without control characters or halves of surrogate pairs; lines are allowed. */
const textSchema = z
  .string()
  .regex(/\S/, 'is empty')
  .refine((text) => !/[^\P{Cc}\n]/u.test(text), 'has control characters')
  .refine((text) => text.isWellFormed(), 'has half a surrogate pair');

const lineSchema = textSchema
  .regex(/^[^\n\r\u2028\u2029]*$/, 'has more than one line')
  .refine((text) => text === text.trim(), 'has white space around it');

const realDateSchema = dateSchema.refine((date) => {
  const [year = '', month = '01', day = '01'] = date.split('-');
  const instant = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(`${year}-${month}-${day}`);
}, 'is no day');

const countSchema = z.int().nonnegative().nullable();
const linesSchema = z.array(lineSchema);

/** What every importer promises of a paper: see `ImportedPaper`. */
const importedPaperSchema = z.strictObject({
  title: lineSchema,
  abstract: textSchema.nullable(),
  authors: linesSchema,
  published: realDateSchema.nullable(),
  updated: realDateSchema.nullable(),
  arxivId: z
    .string()
    .refine((id) => arxivIdOf(id) === id, 'is no arXiv id')
    .nullable(),
  doi: z
    .string()
    .refine((id) => doiOf(id) === id, 'is no DOI')
    .nullable(),
  categories: linesSchema,
  venue: lineSchema.nullable(),
  journalReference: lineSchema.nullable(),
  comment: textSchema.nullable(),
  links: z.array(linkSchema.extend({ label: z.union([z.literal(''), lineSchema]) })),
  votes: countSchema,
  comments: countSchema,
  keywords: linesSchema,
  summary: textSchema.nullable(),
  versions: z.array(versionSchema.extend({ name: lineSchema, date: realDateSchema.nullable() })),
  citationKey: lineSchema.nullable(),
  kind: lineSchema.nullable(),
  marks: z
    .strictObject({
      note: z
        .string()
        .max(longestNote)
        .refine((text) => text.isWellFormed(), 'has half a surrogate pair'),
      tags: z.array(tagSchema.refine((tag) => tag === tag.trim(), 'has white space around it')),
      status: statusSchema.nullable(),
      starred: z.boolean(),
    })
    .nullable(),
});

/** What is wrong with a record, in one line for each thing; nothing when it is as it must be. */
export function faultsOf(record: ImportedRecord): string[] {
  const where = lineSchema.safeParse(record.where).success ? [] : [`where is ${JSON.stringify(record.where)}`];
  if (record.kind === 'skipped') {
    const { reason } = record;
    return lineSchema.safeParse(reason).success ? where : [...where, `the reason is ${JSON.stringify(reason)}`];
  }
  const checked = importedPaperSchema.safeParse(record.paper);
  const issues = checked.error?.issues ?? [];
  return [...where, ...issues.map(({ path, message }) => `${path.join('.')} ${message}`)];
}
