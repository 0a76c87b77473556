import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { regionCode, type RegionCode } from '../../pipelines/domain/region.ts';
import type { Week } from '../../pipelines/domain/week.ts';
import { composeReport } from '../../pipelines/6-report/compose-report.ts';
import type { Report } from '../../pipelines/domain/report.ts';
import type { PostStore } from '../../pipelines/ports/post-store.ts';
import { readAccounts } from '../../server/adapters/accounts/read-accounts.ts';
import { openCases } from '../../server/adapters/cases/sqlite-cases.ts';
import { openDesk } from '../../server/adapters/desk/sqlite-desk.ts';
import { openDoor } from '../../server/adapters/door/open-door.ts';
import { writeCsv } from '../../server/adapters/report/write-csv.ts';
import { writeDocx } from '../../server/adapters/report/write-docx.ts';
import { writeHtml, type Written } from '../../server/adapters/report/write-html.ts';
import { writePdf } from '../../server/adapters/report/write-pdf.ts';
import { foldFiles } from '../../server/fold-files.ts';
import { loadRegionNames } from '../../server/load-gazetteer.ts';
import { packageRoot } from '../../server/package-root.ts';
import { readPopulations } from '../../server/read-population.ts';
import { readWeek } from '../../server/report-facts.ts';
import type { ReportParts } from '../../server/report-parts.ts';
import { fillOffice } from './fill-office.ts';
import { INVENTED_SOURCES, type InventedPosts } from './invent-posts.ts';
import type { Invented } from './invent-week.ts';

const HOUR = 3_600_000;

export interface InventedReport {
  readonly report: Report;
  /** Every figure of it, a line each; without the name of the store. */
  readonly numbers: string;
}

export interface InventedOffice {
  /** Read and composed as on Monday 8:00. `of`: a region, or null for everything. @throws StoreUnavailable, NoEvidence */
  report(of?: RegionCode | null): Promise<InventedReport>;
  /** In all four formats. */
  write(report: Report): Promise<void>;
  close(): void;
}

/** Desk, files and sources of an invented office in a folder of their own, over a store that holds its posts. */
export function openInventedOffice(
  dir: string,
  store: PostStore,
  week: Week,
  incidents: readonly Invented[],
  posts: InventedPosts,
): InventedOffice {
  mkdirSync(dir, { recursive: true });
  const madeAt = week.to + 8 * HOUR;
  const desk = openDesk(join(dir, 'desk.sqlite'));
  const cases = openCases(join(dir, 'cases.sqlite'), { now: () => madeAt });
  const door = openDoor(join(dir, 'door.sqlite'));
  fillOffice({ desk, cases }, incidents, posts);
  for (const name of INVENTED_SOURCES)
    door.book.add({ name, way: 'file', caps: [], createdAt: week.from, paused: false });
  const matrix = readAccounts(join(packageRoot(), 'accounts', 'luoyang.json'));
  const byId = new Map(matrix.map((account) => [account.id, account]));
  const parts: ReportParts = {
    ...{ store, desk, cases: foldFiles(cases), book: door.book, drill: true, dates: [], home: regionCode('410300') },
    inbox: { letters: { count: () => ({ kept: 0 }) } as never },
    names: { regions: loadRegionNames(), account: (id) => byId.get(id) },
    accounts: () => matrix,
    population: readPopulations(join(packageRoot(), 'accounts', 'population.csv')),
    precedents: () => Promise.resolve([]),
    versions: { program: 'bench', weights: 'bench' },
  };
  const written: Written = { signed: null, version: 1, comments: [], base: 'http://127.0.0.1:8080/' };
  return {
    async report(of = null) {
      const facts = await readWeek(parts, week, of, madeAt);
      const report = composeReport({ ...facts, versions: { ...facts.versions, store: 'one' } });
      return { report, numbers: writeCsv(report, written.base) };
    },
    async write(report) {
      writeHtml(report, written);
      await writePdf(report, written);
      await writeDocx(report, written);
    },
    close() {
      door.close();
      cases.close();
      desk.close();
    },
  };
}
