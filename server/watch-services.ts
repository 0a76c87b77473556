import { randomUUID } from 'node:crypto';
import { seesPlaces, seesRegion, type Scope, type Viewer } from '../pipelines/domain/person.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { Watch, WatchId, WatchQuery } from '../pipelines/domain/watch.ts';
import { asksSomething } from '../pipelines/4-watch/match-of.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import type { WatchBook } from '../pipelines/ports/watch-book.ts';
import type { WatchAsk } from './contract/watches.ts';
import type { WatchAnswer, WatchServices } from './services/watches.ts';
import type { WatchFollower } from './watch-follower.ts';
import type { WatchTrial } from './watch-trial.ts';
import { hitRow, hysteresisOf, queryOf, quietOf, versionRow, watchRow } from './watch-views.ts';

export interface WatchParts {
  readonly book: WatchBook;
  readonly follower: WatchFollower;
  readonly trial: WatchTrial;
  readonly clock: Clock;
  readonly home: RegionCode;
  readonly names: RegionNames;
  readonly drill: boolean;
}

const HITS_SHOWN = 5;

const sees = (scope: Scope, { query }: Watch): boolean => seesPlaces(scope, query.regions);

/** Making, changing, trying and reading watches. Everything is cut to what the viewer may see. */
export function buildWatchServices({ book, follower, trial, clock, home, names, drill }: WatchParts): WatchServices {
  const rowOf = (watch: Watch): ReturnType<typeof watchRow> =>
    watchRow(watch, watch.paused ? undefined : follower.stateOf(watch), book.lastHits(watch.id, HITS_SHOWN), names);

  const seen = (id: string, scope: Scope): Watch | undefined => {
    const watch = book.get(id as WatchId);
    return watch !== undefined && sees(scope, watch) ? watch : undefined;
  };

  const save = async (id: WatchId, expected: number, draft: Parameters<WatchBook['save']>[2]): Promise<WatchAnswer> => {
    const answer = book.save(id, expected, draft);
    if ('meanwhile' in answer) return { meanwhile: rowOf(answer.meanwhile) };
    await follower.refresh();
    return { kept: rowOf(answer.kept) };
  };

  /** The query within the viewer's places, or why it can't be. */
  const within = async (asked: WatchAsk['query'], scope: Scope): Promise<WatchQuery | Refused> => {
    const query = queryOf(asked);
    const outside = query.regions.find((region) => !seesRegion(scope, region));
    if (outside !== undefined) return refused('query.regions', `${names.regionName(outside)}不在您的范围内，请删去`);
    const own = scope.regions !== 'all' && query.regions.length === 0 ? { ...query, regions: scope.regions } : query;
    const asks = asksSomething(await follower.cutQuery(query)) || own.regions.length > 0;
    return asks ? own : refused('query', '至少要有一个词、地点、诉求、主管或帖文种类');
  };

  const change = async (id: WatchId, ask: WatchAsk, viewer: Viewer): Promise<WatchAnswer> => {
    if (ask.close.posts > ask.open.posts) return refused('close.posts', '结束的帖数不能多于提醒的帖数');
    const query = await within(ask.query, viewer.scope);
    if ('refused' in query) return query;
    return save(id, ask.expected, {
      name: ask.name.trim(),
      query,
      hysteresis: hysteresisOf(ask),
      quiet: quietOf(ask.quiet),
      channel: ask.channel,
      paused: ask.paused,
      deleted: false,
      savedAt: clock.now(),
      by: { id: viewer.id, name: viewer.name },
      why: ask.why,
    });
  };

  const mark = async (
    id: string,
    expected: number,
    deleted: boolean,
    viewer: Viewer,
    why = '',
  ): Promise<WatchAnswer> => {
    const watch = seen(id, viewer.scope);
    if (watch === undefined) return { missing: true };
    const { name, query, hysteresis, quiet, channel, paused } = watch;
    const body = { name, query, hysteresis, quiet, channel, paused };
    const by = { id: viewer.id, name: viewer.name };
    return save(watch.id, expected, { ...body, deleted, savedAt: clock.now(), by, why });
  };

  return {
    page: ({ scope }) => ({
      now: new Date(clock.now()).toISOString(),
      drill,
      watches: book
        .list()
        .filter((watch) => !watch.deleted && sees(scope, watch))
        .map(rowOf),
      places: [home, ...names.childrenOf(home)]
        .filter((code) => seesRegion(scope, code))
        .map((code) => ({ code, name: names.regionName(code) })),
      lastSeq: book.lastSeq(),
    }),
    async create(ask, viewer) {
      const { expected: _, ...rest } = ask;
      return change(randomUUID() as WatchId, { ...rest, expected: 0 }, viewer);
    },
    async change(id, ask, viewer) {
      const watch = seen(id, viewer.scope);
      return watch === undefined ? { missing: true } : change(watch.id, ask, viewer);
    },
    remove: ({ id, expected, why }, viewer) => mark(id, expected, true, viewer, why),
    restore: ({ id, expected, why }, viewer) => mark(id, expected, false, viewer, why),
    versions(id, { scope }) {
      const watch = seen(id, scope);
      return watch === undefined ? undefined : book.versions(watch.id).map(versionRow);
    },
    async test(ask, viewer) {
      if (ask.close.posts > ask.open.posts) return refused('close.posts', '结束的帖数不能多于提醒的帖数');
      const query = await within(ask.query, viewer.scope);
      return 'refused' in query ? query : { tested: await trial.of(query, hysteresisOf(ask)) };
    },
    hits(after, limit, { scope }) {
      const rows: ReturnType<typeof hitRow>[] = [];
      let from = after;
      for (;;) {
        const page = book.hits(from, 500);
        for (const hit of page) {
          const watch = book.get(hit.watch);
          if (watch === undefined || !sees(scope, watch)) continue;
          rows.push(hitRow(hit, watch));
          if (rows.length === limit) return rows;
        }
        const last = page.at(-1);
        if (last === undefined || page.length < 500) return rows;
        from = last.seq;
      }
    },
  };
}

interface Refused {
  readonly refused: { readonly where: string; readonly because: string };
}

const refused = (where: string, because: string): Refused => ({ refused: { where, because } });
