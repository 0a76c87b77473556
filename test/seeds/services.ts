import { createHash } from 'node:crypto';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import { seesIncident, type Scope } from '../../pipelines/domain/person.ts';
import { contains, isRegionCode, type RegionCode } from '../../pipelines/domain/region.ts';
import type { AlertRow, IncidentFile, IncidentRow, PostRow, SuggestionRow } from '../../server/contract/http.ts';
import type { Health, Pulse } from '../../server/contract/pulse.ts';
import { THIS_MACHINE } from '../../server/http/policy.ts';
import type { LiveListener, Services } from '../../server/services.ts';

/** 2026-11-23 08:00 in Asia/Shanghai. */
export const AT = '2026-11-23T00:00:00.000Z';

export const aSuggestion = (given: Partial<SuggestionRow> = {}): SuggestionRow => ({
  id: 'incident-1',
  first: 'luolong',
  firstName: '洛龙发布',
  firstTier: 'county',
  outside: null,
  outsideName: null,
  then: [{ account: 'luoyang', accountName: '洛阳发布', act: 'relay', because: '上级转发' }],
  clock: { rule: '一般事件 48 小时内首次回应', minutes: 2880, due: '2026-11-25T00:00:00.000Z' },
  because: ['基层首发'],
  ...given,
});

export const anAlertRow = (given: Partial<AlertRow> = {}): AlertRow => ({
  seq: 1,
  at: AT,
  incident: 'incident-1',
  region: '410311',
  regionName: '河南省洛阳市洛龙区',
  rung: 'county',
  title: '停水',
  suggestion: aSuggestion(),
  ...given,
});

export const anIncidentRow = (given: Partial<IncidentRow> = {}): IncidentRow => ({
  id: 'incident-1',
  title: '停水',
  region: '410311',
  regionName: '河南省洛阳市洛龙区',
  rung: 'county',
  heat: 40,
  terms: ['停水'],
  kind: '投诉',
  need: '投诉',
  duty: ['供水'],
  urgent: false,
  lifeAtRisk: false,
  rumor: 0.1,
  needsCheck: false,
  state: 'open',
  firstPostAt: AT,
  openedAt: AT,
  lastPostAt: AT,
  count: 12,
  copies: 20,
  steps: [{ from: null, to: 'county', at: AT, because: ['两个街道都有人说'], evidence: ['p1'] }],
  suggestion: aSuggestion(),
  ...given,
});

export const aPostRow = (given: Partial<PostRow> = {}): PostRow => ({
  id: 'p1',
  platform: 'weibo',
  kind: 'post',
  text: '我们小区停水了',
  time: AT,
  source: 'feed',
  region: '410311',
  regionName: '河南省洛阳市洛龙区',
  sentiment: 'negative',
  mood: 'angry',
  rumor: 0.1,
  needsCheck: false,
  need: '投诉',
  urgent: false,
  duty: ['供水'],
  copies: 1,
  ...given,
});

export const aPulse = (given: Partial<Pulse> = {}): Pulse => ({
  now: AT,
  speed: 1,
  drill: null,
  home: { code: '410300', name: '洛阳市' },
  day: [],
  usual: null,
  tiles: [{ code: '410311', name: '洛龙', posts: 12, usual: 3 }],
  around: [],
  accepted: 12,
  lag: { watch: 0, index: 0 },
  store: { name: 'embedded', ok: true },
  lastPostAt: AT,
  alertSeq: 0,
  ...given,
});

export const aHealth = (given: Partial<Health> = {}): Health => ({
  status: 'ok',
  version: '0.1.0',
  store: { name: 'embedded', ok: true },
  inbox: { accepted: 12, watchLag: 0, indexLag: 0 },
  tokeniser: 'nodejieba',
  drill: false,
  ...given,
});

/** Services over plain lists: every row that is an object with a string id is accepted, the second time it is a duplicate. */
export interface FakeServices extends Services {
  /** The outbox; `raise` adds to it as the real one does: first kept, then told. */
  readonly outbox: AlertRow[];
  readonly seen: {
    readonly row: number;
    readonly value?: unknown;
    readonly broken?: string;
    readonly source: string;
  }[];
  readonly searches: { readonly text: string; readonly query: unknown }[];
  raise(given?: Partial<AlertRow>): AlertRow;
  readonly tell: Omit<LiveListener, 'pulse'> & { pulse(row: Pulse): void };
  /** How many listen to what is live. */
  listening(): number;
}

export interface FakeParts {
  readonly who?: Services['who'];
  readonly alerts?: readonly AlertRow[];
  readonly incidents?: readonly IncidentRow[];
  readonly posts?: readonly PostRow[];
  readonly pulse?: Pulse;
  readonly intake?: Services['intake'];
  readonly find?: Services['posts']['find'];
  readonly reviews?: Services['reviews'];
  readonly health?: Services['health'];
  readonly door?: Partial<Services['door']>;
  readonly standing?: Partial<Services['standing']>;
  readonly history?: Partial<Services['history']>;
  readonly followUp?: Partial<Services['followUp']>;
  readonly matrix?: Partial<Services['matrix']>;
  readonly notify?: Partial<Services['notify']>;
}

export function fakeServices(given: FakeParts = {}): FakeServices {
  const outbox = [...(given.alerts ?? [])];
  const incidents = given.incidents ?? [];
  const posts = given.posts ?? [];
  const listeners = new Set<LiveListener>();
  const known = new Set<string>();
  const seen: FakeServices['seen'] = [];
  const searches: FakeServices['searches'] = [];
  const tell: FakeServices['tell'] = {
    alert: (row) => listeners.forEach((listener) => listener.alert(row)),
    silence: (row, region) => listeners.forEach((listener) => listener.silence(row, region)),
    watchHit: (row) => listeners.forEach((listener) => listener.watchHit(row)),
    incident: (row) => listeners.forEach((listener) => listener.incident(row)),
    pulse: (row) => listeners.forEach((listener) => listener.pulse(() => row)),
  };
  const lastSeq = (): number => outbox.at(-1)?.seq ?? 0;
  return {
    outbox,
    seen,
    searches,
    tell,
    listening: () => listeners.size,
    raise(row) {
      const alert = anAlertRow({ seq: lastSeq() + 1, ...row });
      outbox.push(alert);
      tell.alert(alert);
      return alert;
    },
    intake: given.intake ?? {
      accept: (rows, source) =>
        Promise.resolve(
          rows.map((row) => {
            seen.push({ ...('broken' in row ? { broken: row.broken } : { value: row.value }), row: row.row, source });
            if ('broken' in row) return { row: row.row, id: null, outcome: 'rejected', because: row.broken };
            const id = (row.value as { id?: unknown }).id;
            if (typeof id !== 'string') {
              return { row: row.row, id: null, outcome: 'rejected', because: 'id must be a string' };
            }
            const outcome = known.has(id) ? 'duplicate' : 'accepted';
            known.add(id);
            return { row: row.row, id: createHash('sha256').update(id).digest('hex'), outcome };
          }),
        ),
    },
    who: given.who ?? { asks: () => THIS_MACHINE },
    watch: {
      incidents: (scope, state) =>
        incidents.filter((row) => (state === undefined || row.state === state) && sees(scope, row.id, row.region)),
      incident: (scope, id) => {
        const incident = incidents.find((row) => row.id === id && sees(scope, id, row.region));
        const file: IncidentFile | undefined = incident && { incident, events: [], posts: [...posts] };
        return Promise.resolve(file);
      },
      alerts: (scope, after, limit, regions) =>
        outbox
          .filter((row) => row.seq > after && touches(row.region, regions) && sees(scope, row.incident, row.region))
          .slice(0, limit),
      lastSeq,
      pulse: () => given.pulse ?? aPulse({ alertSeq: lastSeq() }),
      sources: () => [
        {
          name: 'feed',
          state: 'live',
          lastSeen: AT,
          usualGap: 30,
          accepted: 12,
          duplicate: 1,
          rejected: 0,
          recent: new Array<number | null>(24).fill(0),
        },
      ],
    },
    posts: {
      find:
        given.find ??
        ((_scope, text, query) => {
          searches.push({ text, query });
          return Promise.resolve({ posts: [...posts], total: posts.length, atLeast: false, behind: 0 });
        }),
    },
    reviews: given.reviews ?? {
      review: () => Promise.resolve({ missing: true }),
      list: () => ({ total: 0, reviews: [], agreement: [] }),
    },
    door: { ...quietDoor(), ...given.door },
    standing: { ...noWatches(), ...given.standing },
    history: {
      spread: () => Promise.resolve(undefined),
      precedents: () => Promise.resolve(undefined),
      ...given.history,
    },
    followUp: { ...noFollowUp(), ...given.followUp },
    matrix: { ...emptyMatrix(), ...given.matrix },
    notify: { ...toldNothing(), ...given.notify },
    health: given.health ?? (() => Promise.resolve(aHealth())),
    onLive: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** No channels, nobody on duty. */
const toldNothing = (): Services['notify'] => ({
  channelsPage: () => ({ now: AT, drill: false, publicUrl: null, channels: [], dead: [], recent: [] }),
  saveChannel: () => ({ id: 'c1' }),
  removeChannel: () => true,
  test: () => Promise.resolve({ kind: 'delivered', says: '{"errcode":0}' }),
  resend: (ids) => ids.length,
  onCallPage: () => ({
    ...{ now: AT, drill: false, onNow: [], chain: [], shifts: [], channels: [], calls: [], mutes: [], silences: [] },
    week: { from: AT, to: AT, spans: [], gaps: [] },
    rules: { on: false, waitMinutes: 10, leads: [], night: null, auditChannel: null, changedAt: null, changedBy: '' },
    auditedAt: null,
  }),
  note: () => ({ shift: null, members: [], from: AT, to: AT, opened: 0, closed: 0, open: [], changed: [] }),
  saveShift: (ask) => ({ ...ask, id: ask.id ?? 1 }),
  removeShift: () => true,
  saveRules: () => true,
  mute: () => ({ refused: { where: 'body', because: '没有这件事件' } }),
  endMute: () => true,
  take: () => true,
});

const noWatches = (): Services['standing'] => ({
  page: () => ({ now: AT, drill: false, watches: [], places: [], lastSeq: 0 }),
  create: () => Promise.resolve({ missing: true }),
  change: () => Promise.resolve({ missing: true }),
  remove: () => Promise.resolve({ missing: true }),
  restore: () => Promise.resolve({ missing: true }),
  versions: () => undefined,
  test: () => Promise.resolve({ refused: { where: 'query', because: '没有' } }),
  hits: () => [],
});

/** Nothing was answered, and nothing is under check. */
const noFollowUp = (): Services['followUp'] => ({
  claims: () => Promise.resolve({ now: AT, claims: [] }),
  claim: () => Promise.resolve(undefined),
  compose: () => Promise.resolve({ missing: true }),
  draft: () => Promise.resolve({ missing: true }),
  decide: () => Promise.resolve({ missing: true }),
  send: () => Promise.resolve({ missing: true }),
  answering: () => Promise.resolve(undefined),
  joints: () => [],
  planJoint: () => ({ missing: true }),
  declineJoint: () => ({ missing: true }),
  assessment: () => ({
    ...{ now: AT, from: AT, to: AT, least: 5, quiet: { from: 22, to: 7 } },
    ...{ units: [], health: [], titles: {} },
  }),
});

/** A way in with nothing on it. */
const emptyMatrix = (): Services['matrix'] => ({
  page: () => ({
    ...{ now: AT, drill: false, last: 0, home: { code: '410300', name: '洛阳市' }, mayEdit: true, mayReplace: true },
    ...{ accounts: [], findings: [], coverage: [], notice: null, recent: [], examples: [] },
  }),
  history: () => [],
  change: () => ({ last: 0, kept: [], come: [], go: [] }),
  undo: () => ({ last: 0, kept: [], come: [], go: [] }),
  import: () => Promise.resolve({ refused: '没有' }),
  startFrom: () => Promise.resolve({ refused: '没有' }),
  export: () => '',
  try: () => aSuggestion(),
  accuracy: () => ({
    ...{ all: { followed: 0, decided: 0, share: null }, byKind: [], byTier: [], open: 0, least: 5, overrides: [] },
  }),
});

const quietDoor = (): Services['door'] => ({
  page: () => ({
    now: AT,
    drill: false,
    sources: [],
    silences: [],
    letters: { kept: 0, lost: 0, most: 50_000 },
    retention: { days: 30, maskedUpTo: null },
  }),
  isPaused: () => false,
  rowsOfPush: () => Promise.resolve(undefined),
  letters: () => [],
  replay: () => Promise.resolve({ replayed: 0, accepted: 0, duplicate: 0, rejected: 0, skipped: 0 }),
  drop: (_viewer, { seqs }) => ({ dropped: seqs.length }),
  counts: () => Promise.resolve([]),
  contact: () => Promise.resolve(undefined),
  accesses: () => [],
  silences: () => [],
  files: {
    bring: () => Promise.reject(new Error('no files here')),
    preview: () => Promise.resolve(undefined),
    import: () => Promise.resolve(undefined),
    state: () => undefined,
    drop: () => Promise.resolve(false),
  },
  desk: {
    describe: () => ({ fresh: true }),
    pause: () => true,
    remove: () => 0,
    rotate: () => ({ token: 'wbd_new', struck: 1 }),
  },
});

const sees = (scope: Scope, id: string, region: string | null): boolean =>
  seesIncident(scope, { id: id as IncidentId, region: region as RegionCode | null });

const touches = (region: string | null, watched: readonly string[]): boolean =>
  watched.length === 0 ||
  !isRegionCode(region) ||
  watched.some((code) => contains(code as RegionCode, region) || contains(region, code as RegionCode));
