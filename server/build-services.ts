import type { Alert } from '../pipelines/domain/alert.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { seesEvidence, seesIncident, seesRegion, type Scope } from '../pipelines/domain/person.ts';
import type { PostId, UnderstoodPost } from '../pipelines/domain/post.ts';
import { contains, type RegionCode } from '../pipelines/domain/region.ts';
import type { PulseCounter } from '../pipelines/4-watch/pulse.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { Inbox } from '../pipelines/ports/inbox.ts';
import { StoreUnavailable, type PostQuery, type PostStore, type StoredPost } from '../pipelines/ports/post-store.ts';
import type { IncidentFile } from './contract/http.ts';
import type { Pulse, SourceRow } from './contract/pulse.ts';
import { askPosts } from './ask-posts.ts';
import type { Cases } from './case-services.ts';
import type { Flow } from './flow.ts';
import type { History } from './history-services.ts';
import type { Intake } from '../pipelines/1-intake/take-in.ts';
import { fedBy, type Coverage } from './coverage.ts';
import type { LiveHub } from './live-hub.ts';
import { asPost, type ReviewDesk } from './review-desk.ts';
import type { DrillState, Services } from './services.ts';
import type { UnderstandPool } from './understand-pool.ts';
import { version } from './version.ts';
import { alertRow, eventRow, incidentRow, postRow, pulseOf, sourceRow, type Names } from './views.ts';
import { signsOf } from './view-signs.ts';

export interface ServiceParts {
  readonly who: Services['who'];
  readonly clock: Clock;
  readonly home: RegionCode;
  readonly names: Names;
  readonly inbox: Inbox;
  readonly desk: DeskStore;
  readonly store: PostStore;
  readonly pool: UnderstandPool;
  readonly pulse: PulseCounter;
  readonly flow: Flow;
  readonly live: LiveHub;
  readonly reviewDesk: ReviewDesk;
  readonly intake: Intake;
  readonly door: Services['door'];
  readonly history: History;
  readonly followUp: Services['followUp'];
  readonly matrix: Services['matrix'];
  readonly notify: Services['notify'];
  /** The sources that are silent now, and what each is said to cover. */
  readonly coverage: () => Coverage;
  /** The files of incidents, and the suggestions with what people know. */
  readonly cases: Cases;
  readonly drill?: DrillState;
}

const EVIDENCE_SHOWN = 50;
const FIRST_LOOK = 120;
/** Of a plea for a life all copies are counted, up to here: many copied pleas are rumors. */
const LOOK_FOR_COPIES = 1_000;
/** The most a store gives at a time. */
const PAGE = 200;
/** Health is asked often and by impatient programs. */
const STORE_ANSWER_MS = 2_000;

/** What the edges may ask, over the stores and the running flow. */
export function buildServices(parts: ServiceParts): Services {
  const { clock, names, inbox, desk, store, pool, flow, pulse, reviewDesk, cases } = parts;
  const ask = askPosts({ pool, desk });

  const asRow = (incident: Incident): ReturnType<typeof incidentRow> =>
    incidentRow(
      incident,
      cases.desk.state(incident.id) === undefined ? desk.suggestion(incident.id) : cases.desk.suggestion(incident),
      names,
      cases.brief(incident),
    );

  const asAlert = (alert: Alert): ReturnType<typeof alertRow> => {
    const about = desk.incident(alert.incident);
    const startAt = about && (cases.brief(about)?.startAt ?? about.openedAt);
    return alertRow(alert, startAt ?? alert.at, names);
  };

  const sourcesNow = (now: number, { silent }: Coverage): readonly SourceRow[] =>
    inbox.tally().map((tally) => sourceRow(tally, pulse.source(tally.name, now), now, silent.has(tally.name)));

  const fedNow = (now: number): ((code: RegionCode) => boolean) => {
    const coverage = parts.coverage();
    return fedBy(sourcesNow(now, coverage), coverage, (code) => pulse.feeders(code, now));
  };

  const nowPulse = (scope: Scope): Pulse => {
    const now = clock.now();
    return pulseOf({
      scope,
      counter: pulse,
      names,
      home: parts.home,
      now,
      speed: parts.drill === undefined || parts.drill.done ? 1 : parts.drill.speed,
      drill: parts.drill === undefined ? null : { ...parts.drill },
      accepted: inbox.last(),
      lag: flow.lag(),
      store: { name: store.name, ok: flow.storeOk },
      alertSeq: desk.lastSeq(scope),
      fed: fedNow(now),
    });
  };

  parts.live.use({ alert: asAlert, incident: asRow, pulse: nowPulse });

  /** What a source brings from elsewhere is not told; whether it lives is, or nobody could say that their own picture is complete. */
  const cutSource = (row: SourceRow, scope: Scope, { region }: Coverage): SourceRow[] => {
    if (scope.regions === 'all') return [row];
    const of = region.get(row.name);
    if (of !== undefined && seesRegion(scope, of)) return [row];
    if (of !== undefined && !scope.regions.some((own) => contains(of, own))) return [];
    return [
      { ...row, usualGap: null, accepted: null, duplicate: null, rejected: null, recent: row.recent.map(() => null) },
    ];
  };

  return {
    who: parts.who,
    intake: {
      async accept(rows, source, way = 'http') {
        const answer = await parts.intake.accept(rows, source, undefined, way);
        flow.wake();
        return answer;
      },
    },
    watch: {
      incidents: (scope, state) => desk.incidents({ scope, ...(state === undefined ? {} : { state }) }).map(asRow),
      async incident(scope, id) {
        const incident = desk.incident(id as IncidentId);
        if (incident === undefined || !seesIncident(scope, incident)) return undefined;
        const posts = await evidencePosts(scope, incident);
        return {
          incident: asRow(incident),
          events: desk.events(incident.id).map(eventRow),
          posts,
          ...signsOf(incident),
          ...(incident.region !== null && !fedNow(clock.now())(incident.region) ? { noData: true } : {}),
        };
      },
      alerts: (scope, after, limit, regions) =>
        desk.alerts({ scope, after, limit, regions: regions as readonly RegionCode[] }).map(asAlert),
      lastSeq: (scope) => desk.lastSeq(scope),
      pulse: nowPulse,
      sources(scope) {
        const coverage = parts.coverage();
        return sourcesNow(clock.now(), coverage).flatMap((row) => cutSource(row, scope, coverage));
      },
    },
    door: parts.door,
    ...parts.history.services(() => flow.lag().index),
    followUp: parts.followUp,
    matrix: parts.matrix,
    notify: parts.notify,
    posts: {
      async find(scope, text, query) {
        const { reasons, limit, after, ...rest } = query;
        const question = {
          ...(await ask.question(scope, text, rest)),
          ...(limit === undefined ? {} : { limit }),
          ...(after === undefined ? {} : { after }),
        };
        const found = await store.find(question);
        const read = reasons === true ? await understand(found.posts) : [];
        const marks = await reviewDesk.marksOf(found.posts);
        const copies = query.folded === true ? await copiesOf(found.posts, question) : undefined;
        return {
          posts: found.posts.map((post, at) => ({
            ...postRow(post, copies?.get(post.id) ?? 1, read[at]?.because),
            ...marks.get(post.id),
          })),
          total: found.total,
          atLeast: found.atLeast,
          ...(found.next === undefined ? {} : { next: found.next }),
          behind: flow.lag().index,
        };
      },
    },
    reviews: reviewDesk.services,
    async health(scope) {
      const all = scope.regions === 'all';
      const lag = flow.lag();
      const { posts, trouble } = await storeNow();
      return {
        status: trouble === undefined ? 'ok' : 'degraded',
        version: version(),
        store: {
          name: store.name,
          ok: trouble === undefined,
          ...(posts === undefined || !all ? {} : { posts }),
          ...(trouble === undefined ? {} : { because: trouble }),
        },
        inbox: { ...(all ? { accepted: inbox.last() } : {}), watchLag: lag.watch, indexLag: lag.index },
        tokeniser: pool.provider,
        drill: parts.drill !== undefined,
      };
    },
    onLive: (listener) => parts.live.listen(listener),
  };

  /** How many posts the store holds, or what is wrong with it: known to the indexer, or found by asking just now. */
  async function storeNow(): Promise<{ readonly posts?: number; readonly trouble?: string }> {
    if (flow.storeTrouble !== undefined) return { trouble: flow.storeTrouble };
    if (!flow.storeOpened) return {};
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<{ readonly trouble: string }>((resolve) => {
      const trouble = `${store.name} has not answered for ${STORE_ANSWER_MS / 1000} s`;
      timer = setTimeout(() => resolve({ trouble }), STORE_ANSWER_MS);
    });
    const asked = store.count().then(
      (posts) => ({ posts }),
      (error: unknown) => {
        if (!(error instanceof StoreUnavailable)) throw error;
        return { trouble: error.message };
      },
    );
    try {
      return await Promise.race([asked, silence]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Folded evidence, newest first, with why each was read as it was. Where the store is behind or down, what it has. Posts placed
   * beside the asker's regions are left out, except where the whole incident was shared with them.
   */
  async function evidencePosts(scope: Scope, incident: Incident): Promise<IncidentFile['posts']> {
    const { id, lifeAtRisk } = incident;
    const groups = new Map<PostId, StoredPost[]>();
    const stored = await storedEvidence(desk.evidence(id, lifeAtRisk ? LOOK_FOR_COPIES : FIRST_LOOK));
    for (const post of stored.filter(({ region }) => seesEvidence(scope, incident, region))) {
      const group = groups.get(post.group);
      if (group === undefined) groups.set(post.group, [post]);
      else group.push(post);
    }
    const heads = [...groups]
      .map(([group, posts]) => ({
        head: posts.find((post) => post.id === group) ?? posts.at(-1)!,
        copies: posts.length,
      }))
      .sort((a, b) => b.head.time - a.head.time)
      .slice(0, EVIDENCE_SHOWN);
    const posts = heads.map(({ head }) => head);
    const read = await understand(posts);
    const marks = await reviewDesk.marksOf(posts);
    return heads.map(({ head, copies }, at) => ({
      ...postRow(head, copies, read[at]?.because),
      ...(read[at] === undefined ? {} : { lifeAtRisk: read[at].need.lifeAtRisk }),
      ...marks.get(head.id),
    }));
  }

  /** How many posts of the same question have each text. */
  async function copiesOf(firsts: readonly StoredPost[], question: PostQuery): Promise<ReadonlyMap<string, number>> {
    if (firsts.length === 0) return new Map();
    const { limit: _limit, after: _after, ...rest } = question;
    const rows = await store.tally({ ...rest, folded: false, groups: firsts.map(({ id }) => id) }, ['group']);
    return new Map(rows.map(({ keys, posts }) => [keys[0] ?? '', posts]));
  }

  async function storedEvidence(ids: readonly PostId[]): Promise<StoredPost[]> {
    const stored: StoredPost[] = [];
    try {
      for (let at = 0; at < ids.length; at += PAGE)
        stored.push(...(await store.find({ ids: ids.slice(at, at + PAGE), limit: PAGE })).posts);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      // The incident's own page goes on without the search store: the screen says that indexing is behind.
    }
    return stored;
  }

  async function understand(posts: readonly StoredPost[]): Promise<readonly UnderstoodPost[]> {
    return posts.length === 0 ? [] : pool.understand(posts.map(asPost));
  }
}
