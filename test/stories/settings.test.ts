import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoundPostsBody, PostRow } from '../../server/contract/http.ts';
import type {
  OwnWordsBody,
  PlacesPage,
  PlacesTried,
  RegionHit,
  TaxonomyPage,
  TaxonomyTried,
} from '../../server/contract/settings.ts';
import { EVENING, MINUTE, runApp, until, type RunningApp } from './running-app.ts';

const LEAK = '小区泵房漏水三天了，没人来修';
const DRAFT: OwnWordsBody = {
  words: [{ group: 'duty', name: '供水', word: '泵房', weight: 3 }],
  cases: [{ text: LEAK, duty: ['供水'] }],
};

let dir: string;
let running: RunningApp;
let sent = 0;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-settings-'));
  running = await runApp({ dir });
});
afterAll(async () => {
  await running.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Sends a post and answers it as it was understood and indexed. */
async function understood(text: string): Promise<PostRow> {
  const id = `story-${++sent}`;
  await running.post([{ id, text, at: EVENING + sent * MINUTE }]);
  await running.app.flow.drained();
  const { posts } = await running.get<FoundPostsBody>('posts?limit=200');
  return posts.find((post) => post.text === text)!;
}
const taxonomy = () => running.get<TaxonomyPage>('settings/taxonomy');
const places = () => running.get<PlacesPage>('settings/places');
const ask = <T>(path: string, body: unknown) => running.ask<T>(`settings/${path}`, body);

/** Tests of one story: each begins where the one before it ended. */
describe('an office teaches its own words while posts come in', () => {
  test('it tries a sentence before and after its draft, with the reasons, and nothing is kept', async () => {
    const { status, body } = await ask<TaxonomyTried>('taxonomy/try', { text: LEAK, draft: DRAFT });
    expect(status).toBe(200);
    expect(body.faults).toEqual([]);
    expect(body.failing).toEqual([]);
    expect(body.before?.duty).not.toContain('供水');
    expect(body.after?.duty).toContain('供水');
    const cue = body.after?.because.find((reason) => reason.cue === '泵房');
    expect(LEAK.slice(cue?.start, cue?.end)).toBe('泵房');
    expect((await taxonomy()).body.words).toEqual([]);
  });

  test('what cannot come into force says why, in words for people', async () => {
    const twice = { ...DRAFT, words: [...DRAFT.words, ...DRAFT.words] };
    expect((await ask<TaxonomyTried>('taxonomy/try', { draft: twice })).body.faults).toEqual([
      '“供水 泵房 3”写了两次，请留一处',
    ]);
    const away = { ...DRAFT, words: [{ group: 'duty', name: '供水', word: '从无此词', weight: 0 }] };
    const refused = await ask<{ error: { message: string } }>('taxonomy', { seen: 0, draft: away, why: '试一试' });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('没有什么可取消');
    const wrong = { ...DRAFT, cases: [{ text: '今天天气真好', lifeAtRisk: true }] };
    const held = await ask<{ error: { message: string } }>('taxonomy', { seen: 0, draft: wrong, why: '试一试' });
    expect(held.body.error.message).toContain('1个用例不符');
    expect((await taxonomy()).versions).toEqual([]);
  });

  test('the running server takes the words from the next post on; what was understood keeps what it was', async () => {
    const before = await understood('学校泵房漏水三天了，没人来修');
    expect(before.duty).not.toContain('供水');
    const weights = (await taxonomy()).weights;
    expect((await ask('taxonomy', { seen: 0, draft: DRAFT, why: '泵房归供水' })).status).toBe(201);
    const after = await understood('医院泵房漏水两天了，没人来修');
    expect(after.duty).toContain('供水');
    const { posts } = await running.get<FoundPostsBody>('posts?limit=200');
    expect(posts.find(({ id }) => id === before.id)?.duty).toEqual(before.duty);
    const page = await taxonomy();
    expect(page.weights).not.toBe(weights);
    expect(page.versions.map(({ by, why, added }) => [by, why, added.length])).toEqual([
      ['本机', '泵房归供水', 2],
      ['页面之外', '在此之前的内容', 0],
    ]);
    expect(existsSync(join(dir, 'taxonomy.json'))).toBe(true);
  });

  test('of two people at once one wins, and the other is told who', async () => {
    const late = await ask<{ error: { code: string; message: string } }>('taxonomy', {
      ...{ seen: 0, why: '晚了一步' },
      draft: { words: [], cases: [] },
    });
    expect(late.status).toBe(409);
    expect(late.body.error.message).toContain('本机刚刚改过');
  });

  test('going back is a new version', async () => {
    const { last, versions } = await taxonomy();
    const first = versions.at(-1)!.n;
    expect((await ask('taxonomy/restore', { seen: last, version: first, why: '先不用' })).status).toBe(201);
    expect((await understood('工地泵房漏水一天了，没人来修')).duty).not.toContain('供水');
    const page = await taxonomy();
    expect(page.versions[0]).toMatchObject({ restores: first, why: '先不用' });
    expect(page.versions).toHaveLength(3);
    expect(existsSync(join(dir, 'taxonomy.json'))).toBe(false);
  });

  test('a file that somebody edited by hand is said so, and kept before the page writes over it', async () => {
    writeFileSync(join(dir, 'taxonomy.json'), JSON.stringify({ duty: { 交通: { 摆渡车: 3 } } }));
    const page = await taxonomy();
    expect(page.changedElsewhere).toBe(true);
    await ask('taxonomy', { seen: page.last, draft: DRAFT, why: '泵房归供水' });
    const [mine, theirs] = (await taxonomy()).versions;
    expect(mine?.removed).toEqual(['交通 摆渡车 3']);
    expect(theirs).toMatchObject({ by: '页面之外', added: ['交通 摆渡车 3'] });
  });
});

describe('an office adds places that no list has', () => {
  const PARK = { code: '410311', name: '科创谷北园', wordy: false };

  test('the division is found by name', async () => {
    const hits = await running.get<RegionHit[]>(`settings/regions?q=${encodeURIComponent('洛龙')}`);
    expect(hits[0]).toEqual({ code: '410311', name: '河南省洛阳市洛龙区' });
    expect(await running.get<RegionHit[]>('settings/regions?q=410327102')).toHaveLength(1);
  });

  test('a common word, a double, a division’s name and an unknown division are told of', async () => {
    const tried = async (add: object[]): Promise<PlacesTried> => (await ask<PlacesTried>('places/try', { add })).body;
    const common = await tried([{ code: '410311', name: '彩虹', wordy: false }]);
    expect(common.faults).toEqual([]);
    expect(common.warnings[0]).toContain('“彩虹”也是普通词');
    expect((await tried([PARK, PARK])).faults).toEqual(['“科创谷北园”写了两次']);
    expect((await tried([{ ...PARK, code: '999999' }])).faults[0]).toContain('没有代码为999999的区划');
    expect((await tried([{ ...PARK, name: '嵩县' }])).faults[0]).toContain('是区划的名称');
  });

  test('a sentence is placed before and after, and then posts are, while the server runs and the index goes on', async () => {
    const text = '科创谷北园今天停水了，什么时候来';
    const { body } = await ask<PlacesTried>('places/try', { text, add: [PARK] });
    expect(body.before?.region?.code).not.toBe('410311');
    expect(body.after?.region).toMatchObject({ code: '410311' });
    expect((await ask('places', { seen: 0, add: [PARK], why: '园区已挂牌' })).status).toBe(201);
    expect((await understood(text)).region).toBe('410311');
    const page = await places();
    expect(page.places).toEqual([{ ...PARK, regionName: '河南省洛阳市洛龙区', indexed: false }]);
    expect(page.waiting).toBe(1);
    expect((await running.health()).store.ok).toBe(true);
  });

  test('a restart goes on with the words as the index has them, and the place still counts', async () => {
    await running.close();
    running = await runApp({ dir });
    await until(async () => (await running.health()).store.posts !== undefined);
    expect((await understood('科创谷北园又停水了，第二天了')).region).toBe('410311');
    expect((await places()).waiting).toBe(1);
  });

  test('a name is taken out and the list gone back to; comments of the file stay', async () => {
    writeFileSync(join(dir, 'places.txt'), `# 本区的地名\n${readFileSync(join(dir, 'places.txt'), 'utf8')}`);
    const { last } = await places();
    expect((await ask('places', { seen: last, remove: ['科创谷北园'], why: '改名了' })).status).toBe(201);
    expect(readFileSync(join(dir, 'places.txt'), 'utf8')).toBe('# 本区的地名\n');
    const { versions, last: now } = await places();
    const with_ = versions.find(({ why }) => why === '园区已挂牌')!;
    expect((await ask('places/restore', { seen: now, version: with_.n, why: '没有改名' })).status).toBe(201);
    expect((await places()).places.map(({ name }) => name)).toEqual(['科创谷北园']);
  });
});
