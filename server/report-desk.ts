import { seesRegion } from '../pipelines/domain/person.ts';
import { contains, isRegionCode, regionCode, type RegionCode } from '../pipelines/domain/region.ts';
import type { Report } from '../pipelines/domain/report.ts';
import { weekAt, weekBefore, weekOf } from '../pipelines/domain/week.ts';
import { composeReport } from '../pipelines/6-report/compose-report.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { ReportShelf } from '../pipelines/ports/report-shelf.ts';
import { writeCsv } from './adapters/report/write-csv.ts';
import { REPORT_POLICY, writeHtml, type Written } from './adapters/report/write-html.ts';
import { isKeptBefore, keptSince } from './kept-since.ts';
import { readWeek, reportedOf } from './report-facts.ts';
import { ownName } from './report-sources.ts';
import type { ReportParts } from './report-parts.ts';
import type { ReportServices } from './services/report.ts';

/** What the address of the whole deployment's report says for its region. */
const WHOLE = 'all';

/** The page asks every quarter of a minute; only an import of old posts moves it. */
const SINCE_HELD_MS = 60_000;

type ReportFormat = Parameters<ReportServices['write']>[1];

export interface ReportDeskParts extends ReportParts {
  readonly clock: Clock;
  readonly shelf: ReportShelf;
  /** The address people open, ending with a slash: every figure links to it. */
  readonly base: string;
}

/** The weekly report over the stores of a deployment. */
export function buildReportDesk(parts: ReportDeskParts): ReportServices {
  const { clock, shelf } = parts;
  const since = new Map<RegionCode | null, { readonly at: number; readonly since: number | null }>();
  return {
    shelf,
    policy: REPORT_POLICY,
    now: () => clock.now(),
    lastWeek: () => weekBefore(weekAt(clock.now()), 1).id,
    reported({ scope }, asked) {
      const own = scope.regions === 'all' ? null : scope.regions[0];
      if (asked === undefined) return own;
      if (asked === WHOLE) return scope.regions === 'all' ? null : undefined;
      if (!isRegionCode(asked)) return undefined;
      const region = regionCode(asked);
      return seesRegion(scope, region) && contains(parts.home, region) ? region : undefined;
    },
    choices({ scope }) {
      const { regions } = parts.names;
      const named = (region: RegionCode): { region: RegionCode; name: string } => ({
        region,
        name: ownName(region, parts.names),
      });
      const own = scope.regions === 'all' ? [] : scope.regions;
      const below = scope.regions === 'all' ? [parts.home] : scope.regions;
      return [
        ...(scope.regions === 'all' ? [{ region: null, name: ownName(parts.home, parts.names) }] : []),
        ...[...own, ...below.flatMap((region) => regions.childrenOf(region))].map(named),
      ];
    },
    async since(of) {
      const now = clock.now();
      const held = since.get(of);
      if (held !== undefined && now - held.at < SINCE_HELD_MS) return held.since;
      const read = { at: now, since: await keptSince(parts.store, reportedOf(of), now) };
      since.set(of, read);
      return read.since;
    },
    hasData: (before, of) => isKeptBefore(parts.store, reportedOf(of), before),
    async make({ week: id, of }, by) {
      const week = weekOf(id);
      const now = clock.now();
      if (week.from >= now) throw new RangeError(`week ${id} has not begun yet`);
      return shelf.add(composeReport(await readWeek(parts, week, of, now)), by);
    },
    async write(key, format, version, base = parts.base) {
      const kept = shelf.get(key, version);
      if (kept === undefined) return undefined;
      const { about, report } = kept;
      return await written(report, format, {
        signed: about.signed,
        version: about.version,
        comments: shelf.comments(key),
        base,
      });
    },
  };
}

/** The writers of Word and PDF are loaded where they are used: together they take 30 MB, for something done once a week. */
async function written(report: Report, format: ReportFormat, beside: Written): Promise<Uint8Array> {
  switch (format) {
    case 'html':
      return new TextEncoder().encode(writeHtml(report, beside));
    case 'csv':
      return new TextEncoder().encode(writeCsv(report, beside.base));
    case 'docx':
      return await (await import('./adapters/report/write-docx.ts')).writeDocx(report, beside);
    case 'pdf':
      return await (await import('./adapters/report/write-pdf.ts')).writePdf(report, beside);
  }
}
