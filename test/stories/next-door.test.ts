import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IncidentRow, PostRow } from '../../server/contract/http.ts';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import { EVERYTHING, ROLES, type Role } from '../../pipelines/domain/person.ts';
import { contains, regionCode } from '../../pipelines/domain/region.ts';
import type { AuditLog } from '../../pipelines/ports/audit-log.ts';
import { openDesk } from '../../server/adapters/desk/sqlite-desk.ts';
import { openPeople } from '../../server/adapters/people/sqlite-people.ts';
import { openAudit } from '../../server/adapters/audit/sqlite-audit.ts';
import type { StatedRoute } from '../../server/http/guard.ts';
import { SCREENS } from '../../server/http/pages.ts';
import { WORKERS } from '../../server/http/policy.ts';
import { hashOf, newToken } from '../../server/people/secret.ts';
import { EVENING, everydayTalk, HOUR, MINUTE, runApp, type RunningApp, type Sent } from './running-app.ts';
import { requestsOf, type Asked, type Things } from './walk-routes.ts';

interface Place {
  readonly region: string | null;
  /** Said nowhere else. */
  readonly word: string;
  /** Pleas for a life, so that one post is an incident and an alert; no two of them are one case. */
  readonly pleas: readonly string[];
}

/** Two counties of one city, what is known of the city only, and what is known to lie nowhere. */
const OWN: Place = {
  region: '410325',
  word: '鹊桥瓷瓶',
  pleas: [
    '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，手里拿着鹊桥瓷瓶，看到的请打110',
    '嵩县德亭镇河边我看见一个老人落水了，抓着木桩，岸上是鹊桥瓷瓶，快来人啊',
  ],
};
const BESIDE: Place = {
  region: '410326',
  word: '鲸落风铃',
  pleas: [
    '汝阳县付店镇河边有孩子溺水，岸上挂着鲸落风铃，大人不会游泳，快来人啊',
    '汝阳县陶营镇两车相撞，有人被困车里出不来，车上贴着鲸落风铃，油漏了一地',
    '汝阳县蔡店乡一家人煤气中毒，四个人都没醒，门口挂着鲸落风铃',
  ],
};
const ABOVE: Place = {
  region: '410300',
  word: '蓝靛罗盘',
  pleas: [
    '紧急求助！我奶奶今天下午在洛阳市区走失，八十一岁，穿红棉衣，带着蓝靛罗盘，看到的请联系我们',
    '洛阳市快速路上三车追尾，女司机浑身是血没有反应，蓝靛罗盘掉了一地',
    '洛阳市山洪，十几个人被困在半山腰，领队背着蓝靛罗盘，手机快没电',
  ],
};
const NOWHERE: Place = {
  region: null,
  word: '铜钟浮标',
  pleas: [
    '电梯坏了，我们五个人和一箱铜钟浮标被困在里面四十分钟，没人来救',
    '我姐吃了大半瓶安眠药，叫不醒，桌上放着铜钟浮标，怎么办',
    '隔壁着火了，里面还有人，烟太大进不去，铜钟浮标都烧着了',
  ],
};
const PLACES = [OWN, BESIDE, ABOVE, NOWHERE];

const pleasOf = (places: readonly Place[], nth: number, minutes = nth * 10): Sent[] =>
  places.flatMap(({ word, pleas }, at) => {
    const text = pleas[nth];
    return text === undefined ? [] : [{ id: `${word}-${nth}`, text, at: EVENING + (minutes + at) * MINUTE }];
  });

/** The regions of each viewer as seen from OWN: the county, the one beside it, the city above both, and everything. */
const SCOPES = { own: ['410325'], other: ['410326'], parent: ['410300'], all: 'all' } as const;
type ScopeName = keyof typeof SCOPES;
const SCOPE_NAMES = ['own', 'other', 'parent', 'all'] as const;
const OFFICERS = ROLES.filter((role) => !(WORKERS as readonly Role[]).includes(role));

interface Asker {
  readonly name: string;
  readonly role: Role;
  readonly regions: 'all' | readonly string[];
  readonly token: string;
}

const AT_ONCE = 8;
let dir: string;
let running: RunningApp;
let audit: AuditLog;
const askers: Asker[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-next-door-'));
  const now = EVENING + HOUR;
  const people = openPeople(join(dir, 'people.sqlite'));
  const add = (role: Role, scope: ScopeName): void => {
    const [name, token, id] = [`${role} of ${scope}`, newToken(), `${role}-${scope}`];
    const regions = SCOPES[scope];
    people.people.add({
      ...{ id, name, roles: [role], account: null, enabled: true, createdAt: now, grantedAlone: false },
      regions: regions === 'all' ? 'all' : regions.map(regionCode),
    });
    people.sessions.open(hashOf(token), { person: id, openedAt: now, seenAt: now });
    askers.push({ name, role, regions, token });
  };
  for (const scope of SCOPE_NAMES) for (const role of WORKERS) add(role, scope);
  for (const role of OFFICERS) add(role, 'all');
  people.close();
  running = await runApp({ dir, now });
  await running.post(everydayTalk(120));
  await running.post(pleasOf(PLACES, 0));
  await running.app.flow.drained();
  await raiseNowhere();
  audit = openAudit(join(dir, 'audit.sqlite'), Buffer.alloc(32));
});
afterAll(async () => {
  audit.close();
  await running.close();
  rmSync(dir, { recursive: true, force: true });
});

/** One post without a place raises nothing by itself, so the desk is told of an incident that nobody could place. */
async function raiseNowhere(): Promise<void> {
  const { posts } = await running.app.services.posts.find(EVERYTHING, '', { limit: 200 });
  const post = posts.find(({ text }) => text.includes(NOWHERE.word))!.id as PostId;
  const desk = openDesk(join(dir, 'desk.sqlite'));
  const [like] = desk.incidents({ scope: EVERYTHING });
  const nowhere = { id: 'nobody-knows-where' as IncidentId, region: null, regionName: '', title: NOWHERE.word };
  const event = { ...desk.events(like!.id)[0]!, ...nowhere, incident: nowhere.id, posts: [post] };
  desk.record({
    upTo: 0,
    events: [event],
    incidents: [{ ...like!, ...nowhere }],
    evidence: [{ incident: nowhere.id, post, at: event.at }],
    alerts: [{ event, suggestion: desk.suggestion(like!.id)! }],
  });
  desk.close();
}

const asking = (who: Asker) => async (asked: Asked) => {
  const answer = await fetch(`${running.url}${asked.path}`, {
    method: asked.method,
    headers: {
      cookie: `wenbida=${who.token}`,
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
  });
  return { status: answer.status, text: await answer.text() };
};
const asker = (role: Role, scope: ScopeName): Asker => askers.find(({ name }) => name === `${role} of ${scope}`)!;
const json = async <T>(who: Asker, path: string): Promise<T> =>
  JSON.parse((await asking(who)({ method: 'GET', path: `/api/v1/${path}` })).text) as T;

/** What lies in the deployment, as somebody who sees everything finds it; `marks`: by what each place would be recognised. */
async function everything() {
  const all = asker('analyst', 'all');
  const incidents = await json<IncidentRow[]>(all, 'incidents');
  const { posts } = await json<{ posts: PostRow[] }>(all, 'posts?limit=200&from=2026-11-20T21:00:00%2B08:00');
  const marks = new Map(
    PLACES.map((place) => [
      place,
      [
        place.word,
        ...incidents.filter(({ region }) => isAt(place, region)).map(({ id }) => id),
        ...posts.filter(({ text }) => text.includes(place.word)).map(({ id }) => id),
      ],
    ]),
  );
  const things: Things = {
    ids: [...incidents.map(({ id }) => id), ...posts.map(({ id }) => id)],
    words: PLACES.map(({ word }) => word),
    regions: ['410325', '410326', '410300'],
  };
  return { incidents, posts, marks, things };
}

const isAt = (place: Place, region: string | null): boolean => (region?.slice(0, 6) ?? null) === place.region;
const isSeen = ({ role, regions }: Asker, { region }: Place): boolean =>
  (WORKERS as readonly Role[]).includes(role) &&
  (regions === 'all' || (region !== null && regions.some((one) => contains(regionCode(one), regionCode(region)))));

/** Every route of the app but the one that ends the session it is asked with. */
const walked = (): readonly StatedRoute[] =>
  running.app.http.stated.filter(({ method, url }) => !(method === 'DELETE' && url === '/api/v1/session'));

test('the four places are there to be told apart', async () => {
  const { incidents, posts } = await everything();
  for (const place of PLACES) {
    const told = posts.filter(({ text }) => text.includes(place.word));
    expect(told.map((post) => isAt(place, post.region))).toEqual([true]);
    expect([place.word, incidents.filter(({ region }) => isAt(place, region)).length]).toEqual([place.word, 1]);
  }
});

describe('walking every route', () => {
  test('nobody reads anything of what lies beside, above or nowhere, whatever they name', async () => {
    const { things, marks } = await everything();
    const { words } = things;
    const leaks: string[] = [];
    const broken: string[] = [];
    const read = new Map<string, Set<string>>();
    for (const who of askers) {
      const ask = asking(who);
      const marksOf = (seen: boolean): string[] =>
        PLACES.filter((place) => isSeen(who, place) === seen).flatMap((place) => marks.get(place) ?? []);
      const [open, closed] = [marksOf(true), marksOf(false)];
      const look = async (route: StatedRoute, asked: Asked): Promise<boolean> => {
        const { status, text } = await ask(asked);
        // What a request says may come back in its refusal: that is no knowledge.
        const said = [decodeURIComponent(asked.path), JSON.stringify(asked.body ?? '')].join();
        const told = (mark: string): boolean => text.includes(mark) && !said.includes(mark);
        // What was written down names things by their ids, to auditors alone; no word of a post is in it.
        const isTrail = who.role === 'auditor' && ['/api/v1/audit', '/api/v1/accesses'].includes(route.url);
        // The walk itself makes sources that are called by these ids; the page of the whole deployment then names them.
        const isNamed = route.url === '/api/v1/sources/page';
        const leaked = closed.filter((mark) => told(mark) && !((isTrail || isNamed) && !words.includes(mark)));
        if (leaked.length > 0) leaks.push(`${who.name}: ${asked.method} ${asked.path} → ${leaked.join()}`);
        // Without a built web its pages say so with a 503: that is no fault, and there is nothing in them to be read.
        const isUnbuiltPage = status === 503 && (SCREENS as readonly string[]).includes(route.url);
        if (status >= 500 && !isUnbuiltPage) broken.push(`${who.name}: ${asked.method} ${asked.path} → ${status}`);
        if (open.some(told)) read.set(who.name, (read.get(who.name) ?? new Set()).add(`${route.method} ${route.url}`));
        return status === 403;
      };
      for (const route of walked()) {
        const [first, ...others] = requestsOf(route, things);
        // A door that is closed to the role is closed before anything is looked at.
        if (first === undefined || (await look(route, first))) continue;
        for (let at = 0; at < others.length; at += AT_ONCE)
          await Promise.all(others.slice(at, at + AT_ONCE).map((asked) => look(route, asked)));
      }
    }
    expect(leaks).toEqual([]);
    expect(broken).toEqual([]);
    // The walk is no walk past closed doors: people do read what is theirs, and officers nothing that has a place.
    const reads = ['GET /api/v1/posts', 'GET /api/v1/incidents', 'GET /api/v1/incidents/:id', 'GET /api/v1/alerts'];
    for (const scope of SCOPE_NAMES)
      for (const role of WORKERS)
        expect([...(read.get(`${role} of ${scope}`) ?? [])]).toEqual(expect.arrayContaining(reads));
    for (const role of OFFICERS) expect([role, read.get(`${role} of all`)]).toEqual([role, undefined]);
  });

  test('a refusal to somebody we know is in the trail', async () => {
    for (const who of [asker('viewer', 'own'), asker('systemAdmin', 'all'), asker('auditor', 'all')]) {
      const denied = new Set<string>();
      for (const route of walked().filter(({ method }) => method === 'GET')) {
        const [asked] = requestsOf(route, { ids: ['x'], words: [], regions: ['410325'] });
        if ((await asking(who)(asked!)).status === 403) denied.add(`GET ${route.url}`);
      }
      expect(denied.size).toBeGreaterThan(2);
      const written = new Set(audit.list({ limit: 5_000, who: who.name, outcome: 'refused' }).map(({ what }) => what));
      // What takes data away is written down under its own name.
      const isWritten = (what: string): boolean => written.has(what) || written.has(what.replace('GET', 'export'));
      expect([...denied].filter((what) => !isWritten(what))).toEqual([]);
    }
    const { incidents } = await everything();
    const { id } = incidents.find(({ region }) => isAt(BESIDE, region))!;
    const path = `/api/v1/incidents/${id}`;
    expect((await asking(asker('responder', 'own'))({ method: 'GET', path })).status).toBe(404);
    const written = audit.list({ limit: 5_000, who: 'responder of own', outcome: 'refused' });
    expect(written.filter(({ incident }) => incident === id).map(({ what }) => what)).toContain(
      'GET /api/v1/incidents/:id',
    );
  });

  test('nobody who is nobody reads anything of any place', async () => {
    const { things, marks } = await everything();
    const stranger: Asker = { name: 'stranger', role: 'viewer', regions: [], token: 'made-up' };
    for (const route of walked()) {
      for (const asked of requestsOf(route, things)) {
        const { status, text } = await asking(stranger)(asked);
        const said = [decodeURIComponent(asked.path), JSON.stringify(asked.body ?? '')].join();
        expect([...marks.values()].flat().filter((mark) => text.includes(mark) && !said.includes(mark))).toEqual([]);
        if (route.policy.kind === 'roles') expect([asked.path, status]).toEqual([asked.path, 401]);
      }
    }
  });
});

describe('what can be counted', () => {
  /** How far the whole deployment is behind, and clocks; said in docs/people-and-scope.md. */
  const SAID_OF_ALL: ReadonlySet<string> = new Set(['now', 'lag', 'behind', 'lastSeen', 'lastAt']);
  /** All that a route says by itself. */
  const figures = async (who: Asker): Promise<Record<string, unknown>> => {
    const found: Record<string, unknown> = {};
    for (const { method, url, policy } of walked()) {
      if (method !== 'GET' || !url.startsWith('/api/v1/') || url.includes(':') || policy.kind !== 'roles') continue;
      // Made anew each time it is asked for.
      if (url === '/api/v1/session/second-factor' || url === '/api/v1/openapi.json') continue;
      const { status, text } = await asking(who)({ method: 'GET', path: url });
      if (status !== 200 || !/^[[{]/.test(text)) continue;
      found[url] = JSON.parse(text, (key, value: unknown) => (SAID_OF_ALL.has(key) ? undefined : value));
    }
    return found;
  };

  test('says nothing of what happens next door: all figures of a county stay while its neighbours’ rise', async () => {
    const [county, city] = [asker('viewer', 'own'), asker('viewer', 'parent')];
    const [before, rising] = [await figures(county), await figures(city)];
    await running.post(pleasOf([BESIDE, ABOVE, NOWHERE], 1));
    await running.app.flow.drained();
    expect(await figures(county)).toEqual(before);
    expect(await figures(city)).not.toEqual(rising);
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(['/api/v1/pulse', '/api/v1/reviews', '/api/v1/sources']),
    );
  });
});

describe('rooms', () => {
  test('a screen hears of its own regions only, from the outbox and live, whatever regions it asks for', async () => {
    const heard: { readonly who: Asker; readonly asked: readonly string[]; readonly said: string[] }[] = [];
    const sockets = askers
      .filter(({ role }) => role === 'responder' || role === 'systemAdmin')
      .flatMap((who) =>
        [[], ['410325'], ['410326'], ['410300'], ['410000']].map((asked) => {
          const socket = io(`${running.url}/live`, {
            auth: { lastSeq: 0, regions: asked },
            extraHeaders: { cookie: `wenbida=${who.token}` },
            transports: ['websocket'],
            reconnection: false,
            forceNew: true,
          });
          const said: string[] = [];
          socket.onAny((...given: unknown[]) => said.push(JSON.stringify(given)));
          socket.on('connect_error', ({ message }) => said.push(message));
          heard.push({ who, asked, said });
          return socket;
        }),
      );
    await expect.poll(() => heard.every(({ said }) => said.length > 0)).toBe(true);
    const before = new Set((await everything()).incidents.map(({ id }) => id));
    await running.post(pleasOf([BESIDE, ABOVE, NOWHERE], 2));
    await running.post(pleasOf([OWN], 1, 40));
    await running.app.flow.drained();
    const { incidents } = await everything();
    const raised = incidents.filter(({ id, region }) => isAt(OWN, region) && !before.has(id));
    expect(raised.length).toBeGreaterThan(0);
    const all = heard.filter(({ who, asked }) => asked.length === 0 && isSeen(who, OWN));
    expect(all.length).toBeGreaterThan(2);
    await expect.poll(() => all.every(({ said }) => said.join().includes(raised[0]!.id))).toBe(true);
    for (const socket of sockets) socket.disconnect();
    for (const { who, said } of heard) {
      const closed = PLACES.filter((place) => !isSeen(who, place));
      const ids = incidents.filter(({ region }) => closed.some((place) => isAt(place, region))).map(({ id }) => id);
      const leaked = [...closed.map(({ word }) => word), ...ids].filter((mark) => said.join().includes(mark));
      expect([who.name, leaked]).toEqual([who.name, []]);
      if (who.role === 'systemAdmin') expect(said).toEqual(['sign_in']);
    }
  });
});
