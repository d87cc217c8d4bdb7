import { createHash } from 'node:crypto';
import type { PaperTables } from './component.ts';
import { type KeptFile, keptRecords } from './kept-file.ts';
import type { Pace } from './pace.ts';
import { parseRecord } from './record-body.ts';
import { identityOf, keysOf } from './record-identity.ts';
import { keptSource, parseKept } from './record-rows.ts';
import { regroup } from './regroup.ts';
import type { WorkList } from './work-list.ts';

/**
 * Brings back what was kept of removed sources, in the open transaction, just as it was.
 * @param path of the file that it was written down in
 * @throws what the system throws, or an error when the file is not what was written
 */
export async function returnKept(
  tables: PaperTables,
  work: WorkList,
  { path, file }: { path: string; file: KeptFile },
  pace: Pace,
): Promise<void> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const { position, place, body } of keptRecords(path, (line) => hash.update(line))) {
    count += 1;
    const facts = parseRecord(body);
    const ids = keysOf(identityOf(facts));
    const found = tables.papers.withAnyOf(ids);
    const paper = found ?? position;
    if (found === null) {
      tables.papers.add(paper, { id: ids[0] ?? '', addedAt: parseKept(body).importedAt, facts });
    }
    for (const id of ids) tables.papers.addId(id, paper);
    tables.records.add(keptSource, position, paper, place, tables.records.addBody(body));
    work.touch(paper, found !== null, found === null);
    work.soil(paper);
    if (pace.isTired) await pace.rest();
  }
  if (count !== file.count || hash.digest('hex') !== file.digest) throw new Error('what was kept is damaged');
  await pace.run(regroup(tables, work));
}
