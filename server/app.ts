import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Incident } from '../pipelines/domain/incident.ts';
import { regionCode, type RegionCode } from '../pipelines/domain/region.ts';
import { FoldIndex } from '../pipelines/1-intake/fold.ts';
import { Detector } from '../pipelines/4-watch/detect.ts';
import { PulseCounter } from '../pipelines/4-watch/pulse.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import { openRefutations } from './adapters/refutations/sqlite-refutations.ts';
import { loadForecast } from './adapters/models/load-forecast.ts';
import { openReviews } from './adapters/reviews/sqlite-reviews.ts';
import { namedHosts } from './adapters/outbound/address.ts';
import { feedFetcher } from './adapters/feed-fetch/fetch-feed.ts';
import { LARGEST_FEED } from '../pipelines/0-source/feed.ts';
import { openMatrixOffice } from './matrix-office.ts';
import { openDesk } from './adapters/desk/sqlite-desk.ts';
import { loadRegionNames } from './load-gazetteer.ts';
import { postIdOf } from './adapters/inbox/post-id.ts';
import { systemClock } from './adapters/system-clock.ts';
import { FALLBACK_HOME, type Config } from './config.ts';
import { Flow } from './flow.ts';
import { buildHttp } from './http/build-http.ts';
import { readTokens } from './http/tokens.ts';
import { attachLive } from './live/gateway.ts';
import { namesOfOffice, openPeopleArea } from './people-services.ts';
import { officeFiles } from './office-files.ts';
import { packageRoot } from './package-root.ts';
import { buildCases, type Cases } from './case-services.ts';
import { buildServices } from './build-services.ts';
import { buildFollowUp } from './refute-services.ts';
import { buildMatrixServices } from './matrix-services.ts';
import { buildDoorServices } from './door-services.ts';
import { openFrontDoor, type FrontDoor } from './front-door.ts';
import { LARGEST_FILE } from './contract/files.ts';
import { fileDesk } from './file-desk.ts';
import { reportRoutes } from './http/report-routes.ts';
import { openReportArea } from './report-area.ts';
import { keepingRoutes } from './http/keeping-routes.ts';
import { settingsRoutes } from './http/settings-routes.ts';
import { searchRoutes } from './http/search-routes.ts';
import { openSettings } from './adapters/settings/sqlite-settings.ts';
import { daysInForce } from './retention-desk.ts';
import { openSettingsArea } from './settings-area.ts';
import { wallRoutes } from './http/wall-routes.ts';
import { buildSearch } from './search-services.ts';
import { FeedSchedule } from './feed-schedule.ts';
import { buildHistory, type History } from './history-services.ts';
import { Housekeeping } from './housekeeping.ts';
import { openMappingBook } from './mapping-book.ts';
import { LiveHub } from './live-hub.ts';
import { notifiedFiles } from './notified-files.ts';
import { buildNotifyRunner } from './notify-runner.ts';
import { buildNotifyServices } from './notify-services.ts';
import { openRefutationBook } from './refutation-book.ts';
import { buildReviewDesk } from './review-desk.ts';
import { sourceDesk } from './source-desk.ts';
import { regionOfSource, silenceEventRow, silentSources } from './sources-page.ts';
import type { DrillState, Services } from './services.ts';
import { openPostStore } from './open-store.ts';
import { openUnderstandPool, type UnderstandPool } from './understand-pool.ts';
import type { Names } from './views.ts';
import { Uploads } from './uploads.ts';
import { openWallArea } from './wall-area.ts';
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
  readonly history: History;
  readonly front: FrontDoor;
  /** Files of incidents; others listen here to what happens in them. */
  readonly cases: Cases;
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
  const drill = options.drill !== undefined;
  const log = options.log ?? { info: () => undefined, warn: () => undefined };
  const clock = options.clock ?? systemClock;
  const home: RegionCode = regionCode(config.home ?? FALLBACK_HOME);

  const regions = loadRegionNames();
  const office = openMatrixOffice({ config, clock, regions, home, log });
  const names: Names = { regions, account: (id) => office.now.account(id) };

  const threads = options.threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  const pool = await openUnderstandPool({ home, ...officeFiles(config) }, threads);
  if (pool.note !== undefined) log.warn(pool.note);
  log.info(
    `tokeniser ${pool.provider}, weights ${pool.weights}${pool.calibration === null ? '' : `, calibration ${pool.calibration}`}, ${pool.threads} understanding thread(s)`,
  );
  const settingsBook = openSettings(join(config.varDir, 'settings.sqlite'));
  const retentionDays = (): number => daysInForce(settingsBook, config.retentionDays);
  const front = openFrontDoor(config.varDir, clock, config.retentionDays);
  const { inbox } = front;
  const desk = openDesk(join(config.varDir, 'desk.sqlite'));
  const store = await openPostStore(config);

  const pulse = new PulseCounter();
  const live = new LiveHub();
  const regionName = (code: RegionCode | null): string => (code === null ? '地点未定' : regions.regionName(code));
  const cases = buildCases({
    ...{ varDir: config.varDir, clock, desk, log, regionName, drill },
    matrix: () => office.now.matrix,
    suggest: (theCase) => office.suggest(theCase),
    office: regions.regionName(home),
    publicPage: config.publicPage === 'on',
    contact: (...asked) => door.contact(...asked),
    onFile: (incident) => live.incident(incident),
  });
  const history = await buildHistory({
    ...{ config, clock, home, names, desk, store, pool, live, log, idOf: postIdOf },
    eventsOf: (incident) => cases.desk.events(incident),
    drill,
  });
  const flow = new Flow({
    inbox,
    desk,
    store,
    stamp: pool.stamp,
    folds: new FoldIndex(FOLDED_TEXTS),
    detector: new Detector({ names: regions, forecast: loadForecast() }),
    pulse,
    clock,
    // Watching reads no other reasons; the screens have a post understood again when they show it.
    understand: (posts) => pool.understand(posts, 'danger'),
    suggest: (incident: Incident) => cases.desk.suggestion(incident),
    idOf: postIdOf,
    followers: history.followers,
    // The file first, so that the clock an alert shows is the file's.
    onAlert: (alert) => {
      const about = desk.incident(alert.incident);
      if (about !== undefined) cases.desk.follow(about);
      live.alert(alert);
    },
    onIncident: (incident) => {
      cases.desk.follow(incident);
      live.incident(incident);
    },
    log,
  });
  const reviews = openReviews(join(config.varDir, 'reviews.sqlite'));
  const refutations = openRefutationBook(openRefutations(join(config.varDir, 'refutations.sqlite')));
  const tokens = readTokens(config.tokenFile);
  const named = namedHosts(config.feedHosts);
  const wake = (): void => flow.wake();
  const mappings = await openMappingBook(config.varDir);
  const uploads = new Uploads(join(config.varDir, 'uploads'), clock, LARGEST_FILE);
  await uploads.clear();
  const housekeeping = new Housekeeping({
    ...{ front, desk, store, clock, retentionDays, wake, log },
    onSilence: (event) => live.silence(silenceEventRow(event), regionOfSource(front.door.book, event.source)),
    mappings: () => mappings.list(),
  });
  const feeds = new FeedSchedule({
    ...{ clock, wake, troubles: housekeeping.troubles },
    book: front.door.book,
    marks: front.door.feeds,
    accept: (...given) => front.intake.accept(...given),
    fetch: feedFetcher({ clock, named, mostBytes: LARGEST_FEED }),
  });
  const door = buildDoorServices({
    ...{ front, desk, store, clock, pulse, retentionDays, wake },
    regionName: (code) => regions.regionName(code),
    tokens: (source) => tokens.count(source),
    files: fileDesk({ uploads, mappings, clock, wake, log, accept: (...given) => front.intake.accept(...given) }),
    sourceDesk: sourceDesk({ front, clock, named, tokenFile: config.tokenFile }),
    troubles: housekeeping.troubles,
    drill,
  });
  const people = openPeopleArea({
    config,
    clock: options.peopleClock ?? clock,
    log,
    shared: (account) => cases.desk.sharedWith(account),
    ownWords: (account) => namesOfOffice(regions.regionName(home), office.now.account(account ?? '')),
  });
  const notifyParts = {
    ...{ config, clock, desk, log, drill },
    // In a drill time runs faster, and so do its timers.
    ...(drill ? { steady: () => clock.now() } : {}),
    sources: front.door.book,
    cases: cases.book,
    files: notifiedFiles(cases.desk, clock),
    account: names.account,
    regionName: (code: RegionCode) => regions.regionName(code),
  };
  const notifying = buildNotifyRunner(notifyParts);
  cases.onMissed((missed) => notifying.missedTimer(missed));
  const services = buildServices({
    notify: buildNotifyServices({ ...notifyParts, runner: notifying }),
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
    history,
    followUp: buildFollowUp({
      ...{ clock, desk, store, names, reviews, refutations, outlet: notifying.refutations },
      cases: cases.desk,
      matrix: () => office.now.matrix,
      accounts: () => office.now.accounts,
    }),
    cases,
    matrix: buildMatrixServices({
      ...{ office, clock, regions, home, desk, drill },
      events: () => cases.events(),
    }),
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

  const reports = openReportArea({
    ...{ config, clock, store, desk, front, names, home, log },
    cases: cases.desk,
    accounts: () => office.now.accounts,
    precedents: async (id, scope) => {
      const found = await services.history.precedents(id, scope);
      return found === undefined || found.trouble !== undefined ? null : found.precedents;
    },
    weights: () => pool.weights,
    ready: () => flow.storeOpened,
    drill,
  });
  const settings = openSettingsArea({
    ...{ config, book: settingsBook, clock, home, regions, pool, front, store, desk, reviews },
    drill,
  });
  const wall = openWallArea({
    ...{ config, clock, names, home, log, watch: services.watch, cases: cases.services },
    duty: () => notifying.book.duty.rules(),
  });
  const http = await buildHttp({
    services,
    cases: cases.services,
    config,
    clock,
    tokens,
    people: people.area,
    areas: [
      (api) => reportRoutes(api, reports.services),
      (api) => searchRoutes(api, buildSearch({ clock, store, pool, desk, regions, drill })),
      (api) => settingsRoutes(api, settings.services),
      (api) => keepingRoutes(api, settings.services),
      (api) => wallRoutes(api, wall),
    ],
    regionName: (code) => regions.regionName(code),
    webDir: join(packageRoot(), 'dist', 'web'),
    version: version(),
  });
  const gateway = attachLive(http, { services, publicUrl: config.publicUrl });
  await history.start();
  cases.start();
  flow.start();
  housekeeping.start();
  feeds.start();
  notifying.start();
  if (!drill) reports.schedule.start();
  live.start();

  return {
    services,
    flow,
    history,
    front,
    cases,
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
      await notifying.stop();
      await housekeeping.stop();
      await reports.close();
      await settings.close();
      await flow.stop();
      await history.stop();
      await cases.stop();
      await store.close();
      await pool.close();
      await front.close();
      cases.close();
      desk.close();
      reviews.close();
      refutations.close();
      people.close();
      office.close();
    },
  };
}
