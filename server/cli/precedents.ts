import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYTHING } from '../../pipelines/domain/person.ts';
import { searchWords } from '../../pipelines/domain/search-words.ts';
import { readAccounts } from '../adapters/accounts/read-accounts.ts';
import { openCases } from '../adapters/cases/sqlite-cases.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig, type Flags } from '../config.ts';
import { findPrecedents, precedentRow, type PrecedentParts } from '../find-precedents.ts';
import { openIncidentStore } from '../open-store.ts';
import { openUnderstanding } from '../open-understanding.ts';
import { officeFiles } from '../office-files.ts';
import { packageRoot } from '../package-root.ts';
import { EXIT, jsonLines, reject, writeOut, type Streams } from './lines.ts';
import { readPrecedented } from './read-precedented.ts';

/**
 * Past incidents like each incident of stdin, from this deployment's store and files; it only reads. One line an incident:
 * `{"id","precedents":[…]}`, the rows as GET incidents/:id/precedents gives them.
 *
 * @returns 0 ok, 3 some rows could not be read.
 */
export async function precedents(flags: Flags, streams: Streams): Promise<number> {
  const config = readConfig(process.env, flags);
  const { parts, stamp } = await openUnderstanding({ ...officeFiles(config) });
  const byId = new Map(
    readAccounts(config.accounts ?? join(packageRoot(), 'accounts', 'luoyang.json')).map((account) => [
      account.id,
      account,
    ]),
  );
  const casesFile = join(config.varDir, 'cases.sqlite');
  const cases = existsSync(casesFile) ? openCases(casesFile, systemClock) : undefined;
  const store = await openIncidentStore(config);
  const lookup: PrecedentParts = {
    store,
    eventsOf: (incident) => cases?.events(incident) ?? [],
    account: (id) => byId.get(id),
  };
  let rejected = 0;
  const refuse = (line: number, because: string): void => {
    rejected++;
    reject(streams, line, because);
  };
  try {
    await store.open(stamp, 'refuse');
    for await (const lines of jsonLines(streams.stdin, 50, refuse)) {
      for (const { number, value } of lines) {
        const read = readPrecedented(value, systemClock.now());
        if ('because' in read) {
          refuse(number, read.because);
          continue;
        }
        const words = searchWords(read.texts.flatMap((text) => parts.cut(text)));
        const ranked = await findPrecedents(lookup, { ...read.own, words }, EVERYTHING);
        const rows = ranked.map((one) => precedentRow(one, lookup));
        await writeOut(streams.stdout, `${JSON.stringify({ id: read.id, precedents: rows })}\n`);
      }
    }
  } finally {
    await store.close();
    cases?.close();
  }
  return rejected > 0 ? EXIT.rejected : EXIT.ok;
}
