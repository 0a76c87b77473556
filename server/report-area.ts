import { join } from 'node:path';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import { openReports } from './adapters/reports/sqlite-reports.ts';
import type { Config } from './config.ts';
import type { FrontDoor } from './front-door.ts';
import { WeeklyReport } from './jobs/weekly-report.ts';
import { packageRoot } from './package-root.ts';
import { readDates } from './read-dates.ts';
import { readPopulations } from './read-population.ts';
import { buildReportDesk } from './report-desk.ts';
import type { ReportParts } from './report-parts.ts';
import type { ReportServices } from './services/report.ts';
import { version } from './version.ts';

export interface ReportAreaParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: PostStore;
  readonly desk: DeskStore;
  readonly cases: ReportParts['cases'];
  readonly front: FrontDoor;
  readonly names: ReportParts['names'];
  readonly accounts: ReportParts['accounts'];
  readonly home: ReportParts['home'];
  /** Version of the weights now: an office's own words change it while the server runs. */
  readonly weights: () => string;
  readonly precedents: ReportParts['precedents'];
  readonly drill: boolean;
  /** True once the store can be asked. */
  readonly ready: () => boolean;
  readonly log: { info(message: string): void; warn(message: string): void };
}

export interface ReportArea {
  readonly services: ReportServices;
  readonly schedule: WeeklyReport;
  close(): Promise<void>;
}

/** The weekly report of a deployment with its shelf and its Monday. @throws Error that names the line of population.csv or calendar.csv that is wrong */
export function openReportArea(parts: ReportAreaParts): ReportArea {
  const { config, clock, store, desk, cases, front, names, accounts, home, drill, log } = parts;
  const shelf = openReports(join(config.varDir, 'reports.sqlite'));
  const services = buildReportDesk({
    ...{ clock, shelf, store, desk, cases, names, accounts, home, drill },
    precedents: parts.precedents,
    book: front.door.book,
    inbox: front.inbox,
    population: readPopulations(
      join(packageRoot(), 'accounts', 'population.csv'),
      join(config.varDir, 'population.csv'),
    ),
    dates: readDates(join(config.varDir, 'calendar.csv')),
    versions: {
      program: version(),
      get weights() {
        return parts.weights();
      },
    },
    base: `${(config.publicUrl ?? `http://127.0.0.1:${config.port}`).replace(/\/$/u, '')}/`,
  });
  const schedule = new WeeklyReport({
    ...{ clock, shelf, log, ready: parts.ready },
    hasData: ({ to }) => services.hasData(to, null),
    make: (week, by) => services.make({ week, of: null }, by),
  });
  return {
    services,
    schedule,
    async close() {
      await schedule.stop();
      shelf.close();
    },
  };
}
