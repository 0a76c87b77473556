import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../pipelines/domain/person.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { openAudit } from '../../server/adapters/audit/sqlite-audit.ts';
import { openPeople } from '../../server/adapters/people/sqlite-people.ts';
import { openReviews } from '../../server/adapters/reviews/sqlite-reviews.ts';
import type { PlacesPage } from '../../server/contract/settings.ts';
import type {
  CalibrationPreview,
  CasesList,
  ModelsPage,
  RetentionPage,
  RetentionPreview,
} from '../../server/contract/settings-keeping.ts';
import { hashOf, newToken } from '../../server/people/secret.ts';
import { aMachineJudgement, aReview } from '../seeds/reviews.ts';
import { EVENING, HOUR, runApp, until, type RunningApp } from './running-app.ts';

const DAY = 24 * HOUR;
const AUTHOR = 'number-on-the-platform-778812';
const PLEA = '求助，家里停水三天了，请打13812345678';

let dir: string;
let running: RunningApp;
let now = EVENING + HOUR;
const tokens = new Map<string, string>();

const SIGNS = [...'春风花草月山河路灯桥船店门窗书笔茶饭米面瓜果鱼虾鸡牛羊马车轮布衣帽鞋伞钟琴棋画歌舞球棒雪雨云雷电光'];
/** Sixteen signs that no other number gives in this order: distinct texts, so that none counts as a copy. */
const chatter = (nth: number): string =>
  Array.from({ length: 16 }, (_, at) => SIGNS[(nth * 37 + at * (nth + 7) + at * at * 3) % SIGNS.length]).join('');

/** Forty-eight distinct reviewed texts, half of them found rumors, and one next door. */
function reviewed(): void {
  const store = openReviews(join(dir, 'reviews.sqlite'));
  for (let nth = 0; nth < 48; nth++) {
    const isRumor = nth % 2 === 0;
    store.add(
      aReview({
        ...{ post: `post-${nth}` as PostId, at: EVENING + nth, authorKind: 'ordinary' },
        text: isRumor ? `听说要出大事，赶紧转：${chatter(nth)}` : `今天带孩子看了${chatter(nth)}，吃了面`,
        machine: aMachineJudgement({ place: regionCode('410325') }),
        says: isRumor
          ? { rumor: { finding: 'confirmed-rumor', source: '县政府办' } }
          : { rumor: { finding: 'nothing-to-check' } },
      }),
    );
  }
  store.add(
    aReview({
      ...{ post: 'beside' as PostId, text: '邻县的话，电话13812345678', says: { mood: 'angry' } },
      machine: aMachineJudgement({ place: regionCode('410326') }),
    }),
  );
  store.close();
}

/** Everybody signs in; sessions do not outlast the days that a story skips. */
function comeIn(): void {
  const people = openPeople(join(dir, 'people.sqlite'));
  for (const { id } of people.people.list()) {
    const token = newToken();
    people.sessions.open(hashOf(token), { person: id, openedAt: now, seenAt: now });
    tokens.set(id, token);
  }
  people.close();
}
const pass = (ms: number): void => {
  now += ms;
  comeIn();
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-keeping-'));
  reviewed();
  writeFileSync(join(dir, 'places.txt'), '410326 汝阳云梦台\n');
  const people = openPeople(join(dir, 'people.sqlite'));
  const add = (name: string, role: Role, regions: 'all' | readonly string[]): void => {
    people.people.add({
      ...{ id: name, name, roles: [role], account: null, enabled: true, createdAt: now, grantedAlone: false },
      regions: regions === 'all' ? 'all' : regions.map(regionCode),
    });
  };
  add('嵩县编辑', 'editor', ['410325']);
  add('全市编辑', 'editor', 'all');
  add('全市研判', 'analyst', 'all');
  add('嵩县研判', 'analyst', ['410325']);
  add('系统管理员', 'systemAdmin', 'all');
  add('查看', 'viewer', 'all');
  people.close();
  comeIn();
  running = await runApp({ dir, clock: { now: () => now } });
});
afterAll(async () => {
  await running.close();
  rmSync(dir, { recursive: true, force: true });
});

/** GET, or POST where there is something to send. */
async function as<T>(who: string, path: string, body?: unknown): Promise<{ status: number; body: T; text: string }> {
  const answer = await fetch(`${running.url}/api/v1/settings/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      cookie: `wenbida=${tokens.get(who) ?? ''}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: (/^[[{]/u.test(text) ? JSON.parse(text) : undefined) as T };
}

describe('who may set what', () => {
  test.each([
    ['查看', 'taxonomy', 403],
    ['查看', 'retention', 403],
    ['嵩县编辑', 'taxonomy', 403],
    ['嵩县编辑', 'retention', 403],
    ['全市编辑', 'retention', 403],
    ['系统管理员', 'taxonomy', 403],
    ['系统管理员', 'places', 403],
    ['系统管理员', 'models/cases', 403],
    ['全市研判', 'taxonomy', 200],
    ['系统管理员', 'models', 200],
  ])('%s asks for %s: %i', async (who, path, status) => {
    expect((await as(who, path)).status).toBe(status);
  });

  test('an editor of a county sees and changes the places of the county alone', async () => {
    const own = { code: '410325', name: '天池云顶', wordy: false };
    const page = async (): Promise<PlacesPage> => (await as<PlacesPage>('嵩县编辑', 'places')).body;
    expect((await page()).places).toEqual([]);
    const beside = await as('嵩县编辑', 'places', { seen: 0, why: '试试', add: [{ ...own, code: '410326' }] });
    expect(beside.status).toBe(400);
    expect(beside.text).toContain('不在您的属地内');
    const theirs = await as('嵩县编辑', 'places', { seen: 0, why: '试试', remove: ['汝阳云梦台'] });
    expect(theirs.text).toContain('没有“汝阳云梦台”可移除');
    expect((await as('嵩县编辑', 'places', { seen: 0, why: '景区开了', add: [own] })).status).toBe(201);
    expect((await page()).places.map(({ name }) => name)).toEqual(['天池云顶']);
    expect((await page()).versions.map(({ why }) => why)).toEqual(['景区开了']);
    const all = (await as<PlacesPage>('全市编辑', 'places')).body;
    expect(all.places.map(({ name }) => name)).toEqual(['汝阳云梦台', '天池云顶']);
    await as('全市编辑', 'places', { seen: all.last, why: '汝阳改名', remove: ['汝阳云梦台'] });
    expect((await page()).versions.map(({ why }) => why)).toEqual(['景区开了']);
    // The way back leads over a change of the neighbour's, so it is not this editor's.
    const back = await as('嵩县编辑', 'places/restore', { seen: 3, version: 2, why: '回去' });
    expect(back.status).toBe(400);
    expect(back.text).not.toContain('汝阳');
  });
});

describe('how long texts are kept', () => {
  const page = async (): Promise<RetentionPage> => (await as<RetentionPage>('系统管理员', 'retention')).body;

  test('what would go is counted first; then the days are in force without a restart, and the run is told', async () => {
    await running.post([{ id: 'plea', text: PLEA, at: now, author: AUTHOR }]);
    await running.app.flow.drained();
    pass(10 * DAY);
    const look = async (days: number) => (await as<RetentionPreview>('系统管理员', 'retention/preview', { days })).body;
    expect(await look(30)).toMatchObject({ aged: 0, masked: 0 });
    expect(await look(7)).toMatchObject({ aged: 1, masked: 1, held: 0, authors: 1, more: false });
    expect((await as('系统管理员', 'retention', { seen: 0, days: 3, why: '太少' })).status).toBe(400);
    expect((await as('系统管理员', 'retention', { seen: 0, days: 7, why: '少留一些' })).status).toBe(201);
    expect(await page()).toMatchObject({ days: 7, configured: 30 });
    pass(2 * HOUR);
    await until(async () => (await page()).runs.some(({ masked }) => masked > 0));
    expect((await page()).runs[0]).toMatchObject({ days: 7, masked: 1, held: 0 });
    expect(await look(7)).toMatchObject({ aged: 0, masked: 0 });
    const versions = (await page()).versions.map(({ by, added, removed }) => [by, added, removed]);
    expect(versions[0]).toEqual(['系统管理员', ['7天'], ['30天']]);
  });

  test('an author is erased by id, which is written nowhere, and the tombstones are counted', async () => {
    await running.post([{ id: 'again', text: '又停水了', at: now, author: AUTHOR }]);
    await running.app.flow.drained();
    const ask = { platform: 'weibo', author: AUTHOR };
    expect((await as('系统管理员', 'erase/preview', { author: AUTHOR })).status).toBe(400);
    expect((await as('系统管理员', 'erase/preview', ask)).body).toEqual({ posts: 1 });
    expect((await as('系统管理员', 'erase', { ...ask, why: '本人来函' })).body).toEqual({ posts: 1 });
    expect((await page()).tombstones).toBe(1);
    expect((await as('系统管理员', 'erase/preview', ask)).body).toEqual({ posts: 0 });
    const files = readdirSync(dir).filter((name) => /sqlite|jsonl/u.test(name));
    expect(files.filter((name) => readFileSync(join(dir, name)).includes(AUTHOR))).toEqual([]);
    const audit = openAudit(join(dir, 'audit.sqlite'), Buffer.alloc(32));
    const written = audit.list({ limit: 200, who: '系统管理员', outcome: 'done' }).map(({ what }) => what);
    audit.close();
    expect(written).toEqual(expect.arrayContaining(['POST /api/v1/settings/erase', 'POST /api/v1/settings/retention']));
  });
});

describe('how well the models do', () => {
  test('published figures say when, of which weights, and what misses its bar', async () => {
    const { body } = await as<ModelsPage>('全市研判', 'models');
    expect(body.measuredOn).toMatch(/^\d{4}-\d\d-\d\d$/u);
    expect(body.otherWeights).toBe(false);
    expect(new Set(body.figures.map(({ head }) => head)).size).toBeGreaterThan(6);
    for (const { value, bar, lowerIsBetter, missed } of body.figures)
      expect(missed).toBe(bar !== undefined && (lowerIsBetter === true ? value > bar : value < bar));
    expect(body.reviewed.find(({ head }) => head === 'rumor')?.n).toBe(48);
  });

  test('reviewed cases are masked, filtered, and cut to the regions of who asks', async () => {
    const list = async (who: string, query: string) => (await as<CasesList>(who, `models/cases?${query}`)).body;
    expect((await list('全市研判', 'head=mood')).cases.map(({ text }) => text)).toEqual(['邻县的话，电话138********']);
    expect((await list('全市研判', 'head=rumor&same=no')).total).toBe(24);
    const page = await list('全市研判', 'head=rumor&limit=40');
    expect(page.cases).toHaveLength(40);
    expect((await list('全市研判', `head=rumor&limit=40&before=${page.next ?? 0}`)).cases).toHaveLength(8);
    expect((await list('嵩县研判', 'limit=1')).total).toBe(48);
    const { text } = await as('全市研判', 'models/cases/export?head=mood');
    expect(text).toContain('138********');
    expect(text).not.toContain('13812345678');
    expect((await as('嵩县研判', 'models/cases/export')).text).not.toContain('邻县');
  });

  test('a calibration is looked at, taken by name without a restart, and taken back', async () => {
    const { body } = await as<CalibrationPreview>('全市研判', 'models/calibration/preview', { precision: 0.8 });
    expect(body.possible).toBe(true);
    // Texts that read nearly the same teach once.
    expect(body.parts.find(({ part }) => part === 'rumor.known')?.n).toBeGreaterThanOrEqual(40);
    expect(body.parts.find(({ part }) => part === 'need.plea')?.refused).toBeDefined();
    expect((await as('嵩县研判', 'models/calibration/preview', { precision: 0.8 })).status).toBe(403);
    const file = join(dir, 'calibration.json');
    expect(existsSync(file)).toBe(false);
    const taken = await as('全市研判', 'models/calibration', { seen: 0, precision: 0.8, why: '按三季度核的' });
    expect(taken.status).toBe(201);
    const after = (await as<ModelsPage>('全市研判', 'models')).body;
    expect(after.calibration).not.toBeNull();
    expect(after.versions[0]).toMatchObject({ by: '全市研判', why: '按三季度核的' });
    const back = await as('全市研判', 'models/calibration/restore', { seen: 2, version: 1, why: '再核一些' });
    expect(back.status).toBe(201);
    expect((await as<ModelsPage>('全市研判', 'models')).body.calibration).toBeNull();
    expect(existsSync(file)).toBe(false);
  });
});
