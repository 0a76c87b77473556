import type { Alert } from '../pipelines/domain/alert.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import type { Post, PostId, Reason } from '../pipelines/domain/post.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { PulseCounter } from '../pipelines/4-watch/pulse.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { Inbox } from '../pipelines/ports/inbox.ts';
import { StoreUnavailable, type PostStore, type StoredPost } from '../pipelines/ports/post-store.ts';
import type { IncidentFile, Pulse } from './contract/http.ts';
import type { Flow } from './flow.ts';
import type { LiveHub } from './live-hub.ts';
import type { DrillState, Services } from './services.ts';
import type { UnderstandPool } from './understand-pool.ts';
import { version } from './version.ts';
import { alertRow, eventRow, incidentRow, postRow, pulseOf, sourceRow, type Names } from './views.ts';
import { signsOf } from './view-signs.ts';

export interface ServiceParts {
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
  readonly intake: Services['intake'];
  readonly drill?: DrillState;
}

const EVIDENCE_SHOWN = 50;
const FIRST_LOOK = 120;
/** Health is asked often and by impatient programs. */
const STORE_ANSWER_MS = 2_000;

/** What the edges may ask, over the stores and the running flow. */
export function buildServices(parts: ServiceParts): Services {
  const { clock, names, inbox, desk, store, pool, flow, pulse } = parts;

  const asRow = (incident: Incident): ReturnType<typeof incidentRow> =>
    incidentRow(incident, desk.suggestion(incident.id), names);

  const asAlert = (alert: Alert): ReturnType<typeof alertRow> =>
    alertRow(alert, desk.incident(alert.incident)?.openedAt ?? alert.at, names);

  const nowPulse = (): Pulse => {
    const now = clock.now();
    const tallies = inbox.tally();
    const rows = tallies.map((tally) => sourceRow(tally, pulse.source(tally.name, now), now));
    return pulseOf({
      counter: pulse,
      names,
      home: parts.home,
      now,
      speed: parts.drill === undefined || parts.drill.done ? 1 : parts.drill.speed,
      drill: parts.drill === undefined ? null : { ...parts.drill },
      accepted: inbox.last(),
      lag: flow.lag(),
      store: { name: store.name, ok: flow.storeOk },
      alertSeq: desk.lastSeq(),
      fed: rows.some((row) => row.state === 'live' || row.state === 'slow'),
    });
  };

  parts.live.use({ alert: asAlert, incident: asRow, pulse: nowPulse });

  return {
    intake: {
      async accept(rows, source) {
        const answer = await parts.intake.accept(rows, source);
        flow.wake();
        return answer;
      },
    },
    watch: {
      incidents: (state) => desk.incidents(state === undefined ? {} : { state }).map(asRow),
      async incident(id) {
        const incident = desk.incident(id as IncidentId);
        if (incident === undefined) return undefined;
        const posts = await evidencePosts(incident.id);
        return {
          incident: asRow(incident),
          events: desk.events(incident.id).map(eventRow),
          posts,
          ...signsOf(incident),
        };
      },
      alerts: (after, limit, regions) =>
        desk.alerts({ after, limit, regions: regions as readonly RegionCode[] }).map(asAlert),
      lastSeq: () => desk.lastSeq(),
      pulse: nowPulse,
      sources() {
        const now = clock.now();
        return inbox.tally().map((tally) => sourceRow(tally, pulse.source(tally.name, now), now));
      },
    },
    posts: {
      async find(text, query) {
        const words = text.trim() === '' ? [] : await pool.cut(text);
        const found = await store.find({ ...query, words });
        return {
          posts: found.posts.map((post) => postRow(post, 1)),
          total: found.total,
          atLeast: found.atLeast,
          ...(found.next === undefined ? {} : { next: found.next }),
          behind: flow.lag().index,
        };
      },
    },
    async health() {
      const lag = flow.lag();
      const { posts, trouble } = await storeNow();
      return {
        status: trouble === undefined ? 'ok' : 'degraded',
        version: version(),
        store: {
          name: store.name,
          ok: trouble === undefined,
          ...(posts === undefined ? {} : { posts }),
          ...(trouble === undefined ? {} : { because: trouble }),
        },
        inbox: { accepted: inbox.last(), watchLag: lag.watch, indexLag: lag.index },
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

  /** Folded evidence, newest first, with why each was read as it was. Where the store is behind or down, what it has. */
  async function evidencePosts(id: IncidentId): Promise<IncidentFile['posts']> {
    const ids = desk.evidence(id, FIRST_LOOK);
    if (ids.length === 0) return [];
    let stored: readonly StoredPost[];
    try {
      stored = (await store.find({ ids, limit: FIRST_LOOK })).posts;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      // The incident's own page goes on without the search store: the screen says that indexing is behind.
      stored = [];
    }
    const groups = new Map<PostId, StoredPost[]>();
    for (const post of stored) {
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
    const reasons = await reasonsOf(heads.map(({ head }) => head));
    return heads.map(({ head, copies }, at) => postRow(head, copies, reasons[at]));
  }

  async function reasonsOf(posts: readonly StoredPost[]): Promise<readonly (readonly Reason[])[]> {
    const asked = posts.map((post): Post => ({
      id: post.id,
      platform: post.platform,
      nativeId: post.id,
      kind: post.kind,
      text: post.text,
      time: post.time,
      seenAt: post.seenAt,
      source: post.source,
    }));
    return (await pool.understand(asked)).map((post) => post.because);
  }
}
