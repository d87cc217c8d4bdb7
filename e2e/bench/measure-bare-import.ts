/**
 * Run in a process of its own: what an import is measured against. Parses a file in a plain loop,
 * inserts its papers into an FTS5 table like ours in one transaction, and prints how long that
 * took, and how much of it was parsing.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { parse } from '@retorquere/bibtex-parser';
import { tokenizer } from '../../main/corpus/migrations.ts';

const [folder = '', file = '', format = ''] = process.argv.slice(2);

interface BarePaper {
  title: string;
  authors: string;
  abstract: string;
}

async function* jsonLines(): AsyncGenerator<BarePaper> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { title, authors, abstract } = JSON.parse(line) as BarePaper;
    yield { title, authors: String(authors), abstract };
  }
}

async function* bibtex(): AsyncGenerator<BarePaper> {
  for (const { fields } of parse(readFileSync(file, 'utf8')).entries) {
    const authors = fields.author?.map(({ firstName, lastName }) => `${firstName} ${lastName}`).join(', ');
    yield { title: String(fields['title'] ?? ''), authors: authors ?? '', abstract: String(fields['abstract'] ?? '') };
  }
}

const read = format === 'bibtex' ? bibtex : jsonLines;

const parsingSince = performance.now();
let parsed = 0;
for await (const { title } of read()) parsed += Number(title !== '');
const parsing = performance.now() - parsingSince;

const database = new DatabaseSync(join(folder, 'bare.db'));
database.exec(`
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -64000;
  CREATE VIRTUAL TABLE search USING fts5 (
    title, authors, abstract,
    content = '', contentless_delete = 1, tokenize = '${tokenizer}', prefix = '2 3'
  );`);
const insert = database.prepare('INSERT INTO search (rowid, title, authors, abstract) VALUES (?, ?, ?, ?)');
const since = performance.now();
let papers = 0;
database.exec('BEGIN');
for await (const { title, authors, abstract } of read()) {
  papers += 1;
  insert.run(papers, title, authors, abstract);
}
database.exec('COMMIT');
const milliseconds = performance.now() - since;
database.close();
if (papers !== parsed) throw new Error('The two readings differ.');
process.stdout.write(
  `${JSON.stringify({ milliseconds, parsing, papers, peakMegabytes: process.resourceUsage().maxRSS / 1024 })}\n`,
);
