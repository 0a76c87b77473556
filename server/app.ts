import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Incident } from '../pipelines/domain/incident.ts';
import { regionCode, type RegionCode } from '../pipelines/domain/region.ts';
import { FoldIndex } from '../pipelines/1-intake/fold.ts';
import { Detector } from '../pipelines/4-watch/detect.ts';
import { PulseCounter } from '../pipelines/4-watch/pulse.ts';
import { alertCase } from '../pipelines/5-respond/raise-alert.ts';
import { suggestTier } from '../pipelines/5-respond/suggest-tier.ts';
import { buildMatrix } from '../pipelines/5-respond/matrix.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import { openRefutations } from './adapters/refutations/sqlite-refutations.ts';
import { openReviews } from './adapters/reviews/sqlite-reviews.ts';
import { namedHosts } from './adapters/feed-fetch/address.ts';
import { feedFetcher } from './adapters/feed-fetch/fetch-feed.ts';
import { LARGEST_FEED } from '../pipelines/0-source/feed.ts';
import { readAccounts } from './adapters/accounts/read-accounts.ts';
import { openDesk } from './adapters/desk/sqlite-desk.ts';
import { loadRegionNames } from './load-gazetteer.ts';
import { postIdOf } from './adapters/inbox/post-id.ts';
import { systemClock } from './adapters/system-clock.ts';
import { FALLBACK_HOME, type Config } from './config.ts';
import { Flow } from './flow.ts';
import { buildHttp } from './http/build-http.ts';
import { readTokens } from './http/tokens.ts';
import { attachLive } from './live/gateway.ts';
import { openPeopleArea } from './people-services.ts';
import { officeFiles } from './office-files.ts';
import { packageRoot } from './package-root.ts';
import { buildServices } from './build-services.ts';
import { buildDoorServices } from './door-services.ts';
import { openFrontDoor, type FrontDoor } from './front-door.ts';
import { openCases } from './adapters/cases/sqlite-cases.ts';
import { reportRoutes } from './http/report-routes.ts';
import { openReportArea } from './report-area.ts';
import { FeedSchedule } from './feed-schedule.ts';
import { Housekeeping } from './housekeeping.ts';
import { loadMappings } from './load-mappings.ts';
import { LiveHub } from './live-hub.ts';
import { openRefutationBook } from './refutation-book.ts';
import { buildReviewDesk } from './review-desk.ts';
import { silentSources } from './sources-page.ts';
import type { DrillState, Services } from './services.ts';
import { openPostStore } from './open-store.ts';
import { openUnderstandPool, type UnderstandPool } from './understand-pool.ts';
import type { Names } from './views.ts';
import { version } from './version.ts';

export interface AppOptions {
  readonly config: Config;
  readonly clock?: Clock;
  /** What sessions and the trail are timed by, where a drill runs faster than life. */
  readonly peopleClock?: Clock;
  readonly drill?: DrillState;
  readonly log?: { info(message: string): void; warn(message: string): void };
  /** Understanding threads; default one less than the cores, at least one, at most four. */
  readonly threads?: number;
}

export interface App {
  readonly services: Services;
  readonly flow: Flow;
  readonly front: FrontDoor;
  readonly pool: UnderstandPool;
  readonly http: FastifyInstance;
  /** Listens; answers the address. @throws Error in one sentence where the port is taken. */
  listen(): Promise<string>;
  /** Finishes what is at hand, keeps a snapshot, closes everything. */
  close(): Promise<void>;
}

const FOLDED_TEXTS = 40_000;

/** The composition root: every part by hand, in order. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config } = options;
  const log = options.log ?? { info: () => undefined, warn: () => undefined };
  const clock = options.clock ?? systemClock;
  const home: RegionCode = regionCode(config.home ?? FALLBACK_HOME);

  const accountsFile = config.accounts ?? join(packageRoot(), 'accounts', 'luoyang.json');
  const { accounts, warnings } = readAccounts(accountsFile);
  for (const warning of warnings) log.warn(warning);
  const matrix = buildMatrix(accounts, home);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const regions = loadRegionNames();
  const names: Names = { regions, account: (id) => byId.get(id) };

  const threads = options.threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  const pool = await openUnderstandPool({ home, ...officeFiles(config) }, threads);
  if (pool.note !== undefined) log.warn(pool.note);
  log.info(
    `tokeniser ${pool.provider}, weights ${pool.weights}${pool.calibration === null ? '' : `, calibration ${pool.calibration}`}, ${pool.threads} understanding thread(s)`,
  );
  const front = openFrontDoor(config.varDir, clock, config.retentionDays);
  const { inbox } = front;
  const desk = openDesk(join(config.varDir, 'desk.sqlite'));
  const store = openPostStore(config);

  const pulse = new PulseCounter();
  const live = new LiveHub();
  const flow = new Flow({
    inbox,
    desk,
    store,
    stamp: pool.stamp,
    folds: new FoldIndex(FOLDED_TEXTS),
    detector: new Detector({ names: regions }),
    pulse,
    clock,
    understand: (posts) => pool.understand(posts),
    suggest: (incident: Incident) => suggestTier(alertCase(incident), matrix),
    idOf: postIdOf,
    onAlert: (alert) => live.alert(alert),
    onIncident: (incident) => live.incident(incident),
    log,
  });
  const reviews = openReviews(join(config.varDir, 'reviews.sqlite'));
  const refutations = openRefutationBook(openRefutations(join(config.varDir, 'refutations.sqlite')));
  const tokens = readTokens(config.tokenFile);
  const { retentionDays } = config;
  const wake = (): void => flow.wake();
  const housekeeping = new Housekeeping({
    ...{ front, desk, store, clock, retentionDays, wake, log },
    mappings: await loadMappings(config.varDir),
  });
  const feeds = new FeedSchedule({
    ...{ clock, wake, troubles: housekeeping.troubles },
    book: front.door.book,
    marks: front.door.feeds,
    accept: (...given) => front.intake.accept(...given),
    fetch: feedFetcher({ clock, named: namedHosts(config.feedHosts), mostBytes: LARGEST_FEED }),
  });
  const door = buildDoorServices({
    ...{ front, desk, store, clock, pulse, retentionDays, wake },
    regionName: (code) => regions.regionName(code),
    tokens: (source) => tokens.count(source),
    troubles: housekeeping.troubles,
    drill: options.drill !== undefined,
  });
  const people = openPeopleArea({ config, clock: options.peopleClock ?? clock, log, shared: () => new Set() });
  const services = buildServices({
    who: people.area.signIn,
    clock,
    home,
    names,
    inbox,
    desk,
    store,
    pool,
    pulse,
    flow,
    live,
    reviewDesk: buildReviewDesk({ clock, regions, store, desk, reviews, refutations, pool }),
    intake: front.intake,
    door,
    coverage: () => {
      const sources = front.door.book.list();
      return {
        silent: silentSources(front.door.book),
        paused: new Set(sources.flatMap(({ name, paused }) => (paused ? [name] : []))),
        region: new Map(sources.flatMap(({ name, region }) => (region === undefined ? [] : [[name, region] as const]))),
      };
    },
    ...(options.drill === undefined ? {} : { drill: options.drill }),
  });

  const cases = openCases(join(config.varDir, 'cases.sqlite'), clock);
  const reports = openReportArea({
    ...{ config, clock, store, desk, cases, front, names, home, log },
    accounts: () => accounts,
    weights: pool.weights,
    drill: options.drill !== undefined,
  });
  const http = await buildHttp({
    services,
    config,
    clock,
    tokens,
    people: people.area,
    areas: [(api) => reportRoutes(api, reports.services)],
    regionName: (code) => regions.regionName(code),
    webDir: join(packageRoot(), 'dist', 'web'),
    version: version(),
  });
  const gateway = attachLive(http, { services, publicUrl: config.publicUrl });
  flow.start();
  housekeeping.start();
  feeds.start();
  if (options.drill === undefined) reports.schedule.start();
  live.start();

  return {
    services,
    flow,
    front,
    pool,
    http,
    async listen() {
      try {
        const address = await http.listen({ host: config.host, port: config.port });
        people.welcome(config.publicUrl ?? address);
        return address;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
          throw new Error(
            `port ${config.port} on ${config.host} is in use: stop the other program or start with --port N`,
            { cause: error },
          );
        throw error;
      }
    },
    async close() {
      live.stop();
      await gateway.close();
      await http.close();
      await feeds.stop();
      await housekeeping.stop();
      await reports.close();
      await flow.stop();
      await store.close();
      await pool.close();
      await front.close();
      cases.close();
      desk.close();
      reviews.close();
      refutations.close();
      people.close();
    },
  };
}
