import { describe, expect, test } from 'vitest';
import type { FoldedPost, PostId } from '../../../pipelines/domain/post.ts';
import { Detector } from '../../../pipelines/4-watch/detect.ts';
import { aPost, codesAsNames, HOUR, MINUTE, MONDAY, type PostSeed } from '../../seeds/posts.ts';

const detector = (): Detector => new Detector({ names: codesAsNames });

/** Ten hours of a city's small talk, so that "usual" means something. */
function smallTalk(): FoldedPost[] {
  const words = ['早饭 豆腐汤 好喝', '公交 人多 堵车', '下班 晚霞 好看', '孩子 作业 太多', '公园 散步 桂花'];
  return Array.from({ length: 600 }, (_, at) =>
    aPost({
      words: words[at % words.length]!,
      at: '410303',
      time: MONDAY + at * MINUTE,
      author: { key: `a${at}`, kind: 'ordinary' },
    }),
  );
}

const EVENING = MONDAY + 10 * HOUR;
const water = (at: number, seed: PostSeed = {}): FoldedPost =>
  aPost({
    words: ['小区 停水 两天 没人管', '又 停水 老人 做饭 没 水', '停水 通知 没有 投诉 水务', '家里 停水 什么 时候 恢复'][
      at % 4
    ]!,
    at: '410308',
    time: EVENING + at * 3 * MINUTE,
    need: '投诉',
    negative: true,
    author: { key: `w${at}`, kind: 'ordinary' },
    ...seed,
  });

describe('the detector', () => {
  test('opens nothing on a day of small talk', () => {
    expect(detector().watch(smallTalk()).events).toEqual([]);
  });

  test('opens one incident when several people say the same trouble, and says why', () => {
    const { events } = detector().watch([...smallTalk(), ...[0, 1, 2, 3, 4, 5].map((at) => water(at))]);
    expect(events.map((event) => event.event)).toEqual(['opened']);
    expect(events[0]).toMatchObject({ region: '410308', rung: 'town', kind: '投诉' });
    expect(events[0]!.because.join()).toContain('停水');
    expect(events[0]!.posts.length).toBeGreaterThanOrEqual(3);
  });

  test('does not open on copies: one text pasted by sixty accounts is one voice', () => {
    const first = water(0);
    const copies = Array.from({ length: 60 }, (_, at) =>
      water(0, { time: EVENING + at * 1000, group: first.id, author: { key: `copy${at}`, kind: 'ordinary' } }),
    );
    expect(detector().watch([...smallTalk(), first, ...copies]).events).toEqual([]);
  });

  test('does not open on one person who writes many posts', () => {
    const posts = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => water(at, { author: { key: 'same', kind: 'ordinary' } }));
    expect(detector().watch([...smallTalk(), ...posts]).events).toEqual([]);
  });

  test('opens at once on a single plea with a life at risk', () => {
    const plea = aPost({
      text: '求助扩散！我奶奶今天下午在嵩县走失，穿灰色外套，到现在电话打不通，有看到的请联系',
      words: '求助 扩散 奶奶 嵩县 走失',
      at: '410325',
      need: '求助',
      lifeAtRisk: true,
      time: EVENING,
    });
    const { events } = detector().watch([plea]);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ event: 'opened', kind: '求助', lifeAtRisk: true, posts: [plea.id] });
  });

  test('who asks whether a danger is true is counted as asking, not as in danger', () => {
    const asking = [0, 1, 2, 3, 4, 5].map((at) =>
      water(at, {
        text: `听说第 ${at} 号水坝要垮，河边 ${at * 7} 户都在收拾东西，停水停电，真的假的`,
        need: null,
        lifeAtRisk: true,
        needsCheck: true,
      }),
    );
    const { incidents } = detector().watch([...smallTalk(), ...asking]);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ kind: '谣言', lifeAtRisk: false, urgent: false });
  });

  test('two families in two towns are two incidents, however alike they write', () => {
    const lost = (at: string, who: string, time: number): FoldedPost =>
      aPost({
        text: `求助扩散！我${who}今天下午走失，到现在电话打不通，有看到的请联系家人，谢谢大家`,
        words: `求助 扩散 ${who} 走失 电话 联系 家人`,
        at,
        need: '求助',
        lifeAtRisk: true,
        time,
      });
    const { events } = detector().watch([
      lost('410325103', '奶奶', EVENING),
      lost('410324102', '爷爷', EVENING + MINUTE),
    ]);
    expect(events.map((event) => [event.event, event.region])).toEqual([
      ['opened', '410325103'],
      ['opened', '410324102'],
    ]);
  });

  test('one family is one incident, in however many towns its plea is passed on', () => {
    const passed = (at: string, words: string, time: number): FoldedPost =>
      aPost({
        text: `求助扩散！${words}，到现在电话打不通，有看到的请联系家人`,
        words: `求助 扩散 ${words} 联系 家人`,
        at,
        need: '求助',
        lifeAtRisk: true,
        time,
      });
    const { events } = detector().watch([
      passed('410325103', '奶奶今早在滨河路走失', EVENING),
      passed('410324102', '家里老人从滨河路出门没回来，走失了', EVENING + MINUTE),
      passed('410325103', '爷爷今早在滨河路走失', EVENING + 2 * MINUTE),
    ]);
    expect(events.filter(({ event }) => event === 'opened').map(({ region }) => region)).toEqual([
      '410325103',
      '410325103',
    ]);
  });

  test('two estates of two provinces that complain alike are two incidents, and one told of in two towns is one', () => {
    const dry = (estate: string, code: string, at: number): FoldedPost =>
      water(at, {
        text: `${estate}停水两天没人管第${at}回`,
        words: `${estate} 停水 两天 没人管 投诉 老人`,
        at: code,
      });
    const posts = [
      ...['410325103', '410325103', '410325104', '410325104'].map((code, at) => dry('翠竹花园', code, at)),
      ...['370102', '370102', '370102'].map((code, at) => dry('桃源小区', code, at + 4)),
    ];
    const { incidents } = detector().watch([...smallTalk(), ...posts]);
    expect(incidents.map(({ count }) => count)).toEqual([4, 3]);
  });

  test('two villages of one name in two cities are two incidents, and neither climbs to the province', () => {
    const dry = (code: string, at: number): FoldedPost =>
      water(at, {
        text: `下沟村停水两天没人管第${at}回`,
        words: '下沟村 停水 两天 没人管 投诉 老人',
        at: code,
      });
    const posts = ['410325103', '410581104', '410325103', '410581104', '410325103', '410581104'].map(dry);
    const { incidents } = detector().watch([...smallTalk(), ...posts]);
    expect(incidents.map(({ region, rung }) => `${region} ${rung}`).sort()).toEqual([
      '410325103 village',
      '410581104 village',
    ]);
  });

  test('one trouble told in two ways is one incident where both name its estate', () => {
    const said = (words: string, minute: number): FoldedPost =>
      aPost({
        text: `翠竹花园${words.replaceAll(' ', '')}第${minute}回`,
        words,
        at: '410303',
        time: EVENING + minute * MINUTE,
        need: '投诉',
        negative: true,
        author: { key: `g${minute}`, kind: 'ordinary' },
      });
    const few = [0, 1].map((minute) => said('包工头 跑了 工资 没着落 要饭 空手 过年', minute));
    const alone = detector().watch([...smallTalk(), ...few]);
    expect(alone.incidents).toEqual([]);
    const more = [2, 3, 4, 5, 6, 7, 8, 9].map((minute) => said('劳动合同 欠条 项目部 锁门 民工 工资 讨要', minute));
    expect(
      detector()
        .watch([...smallTalk(), ...more])
        .incidents.map(({ count }) => count),
    ).toEqual([8]);
    expect(
      detector()
        .watch([...smallTalk(), ...few, ...more])
        .incidents.map(({ count }) => count),
    ).toEqual([10]);
  });

  test('a post without a place that names another road does not join', () => {
    const at = (road: string, words: string, minute: number, seed: PostSeed): FoldedPost =>
      aPost({
        text: `${road}${words.replaceAll(' ', '')}第${minute}回`,
        words: `${road} ${words}`,
        time: EVENING + minute * MINUTE,
        need: '投诉',
        negative: true,
        author: { key: `r${minute}`, kind: 'ordinary' },
        ...seed,
      });
    const posts = [0, 1, 2, 3].map((minute) => at('建业路', '塌陷 公交 绕行 堵死', minute, { at: '410325' }));
    const counts = (road: string): number[] => {
      const last = at(road, '塌陷 公交 围挡 天黑', 5, {});
      return detector()
        .watch([...smallTalk(), ...posts, last])
        .incidents.map(({ count }) => count);
    };
    expect(counts('建业路')).toEqual([5]);
    expect(counts('通达路')).toEqual([4]);
  });

  test('two troubles of one small town on one day are two incidents', () => {
    const tell = (at: number, spot: string, words: string): FoldedPost =>
      water(at, { text: `${spot}${words.replaceAll(' ', '')}第${at}回`, words: `${spot} ${words}`, at: '540421' });
    const posts = [
      ...[0, 1, 2, 3].map((at) => tell(at, '翠竹花园', '停水 两天 没人管')),
      ...[4, 5, 6, 7].map((at) => tell(at, '迎宾路', '燃气 爆炸 浓烟 救护车')),
    ];
    const { events } = detector().watch([...smallTalk(), ...posts]);
    expect(events.filter(({ event }) => event === 'opened')).toHaveLength(2);
  });

  test('says of a burst pasted by many accounts that it looks coordinated, and counts it once', () => {
    const posts = [0, 1, 2, 3].map((at) => water(at));
    const pasted = Array.from({ length: 100 }, (_, at) =>
      water(0, {
        group: posts[0]!.id,
        time: EVENING + HOUR + at * 20_000,
        author: { key: `p${at}`, kind: 'ordinary' },
      }),
    );
    const { incidents } = detector().watch([...smallTalk(), ...posts, ...pasted]);
    expect(incidents[0]).toMatchObject({ count: 4, burst: { raw: 104, distinct: 4, looksCoordinated: true } });
  });

  test('carries the claim of a rumor in a sentence of its first post', () => {
    const heard = [0, 1, 2, 3].map((at) =>
      water(at, {
        text: `网传${['城东', '城东的', '咱们城东', '城东那边'][at]!}水厂的水不能喝。真的假的，第${at}个人问了`,
        words: `网传 水厂 不能 喝 城东 真的假的 第${at}`,
        need: null,
        needsCheck: true,
      }),
    );
    const { incidents } = detector().watch([...smallTalk(), ...heard]);
    expect(incidents[0]).toMatchObject({ kind: '谣言', claim: { text: '网传城东水厂的水不能喝', posts: 4 } });
  });

  test('a headline about a rescue is not a plea', () => {
    const headline = aPost({
      text: '溺水男孩被救',
      words: '溺水 男孩 被救',
      at: '410325',
      need: '求助',
      lifeAtRisk: true,
    });
    expect(detector().watch([headline]).events).toEqual([]);
  });

  test('climbs to the city when three districts write, with the posts that say so', () => {
    const smell = (at: number, code: string): FoldedPost =>
      aPost({
        words: ['刺鼻 异味 化工 晚上 熏人', '窗外 异味 刺鼻 化工 味道', '异味 头疼 化工 刺鼻'][at % 3]!,
        at: code,
        need: '投诉',
        negative: true,
        time: EVENING + at * 2 * MINUTE,
        author: { key: `s${at}`, kind: 'ordinary' },
      });
    const posts = ['410311', '410311', '410311', '410311', '410305', '410305', '410303', '410303'].map((code, at) =>
      smell(at, code),
    );
    const { events } = detector().watch([...smallTalk(), ...posts]);
    const step = events.find((event) => event.event === 'step');
    expect(events[0]!.event).toBe('opened');
    expect(step).toMatchObject({ rung: 'city', region: '410300' });
    expect(step!.posts.length).toBeGreaterThan(0);
    expect(new Set(events.map((event) => event.incident)).size).toBe(1);
  });

  test('gives the same events at any batch size', () => {
    const posts = [...smallTalk(), ...[0, 1, 2, 3, 4, 5].map((at) => water(at))];
    const whole = detector().watch(posts).events;
    const one = detector();
    expect(posts.flatMap((post) => one.watch([post]).events)).toEqual(whole);
  });

  test('goes on from a saved state as if it had never stopped', () => {
    const posts = [...smallTalk(), ...[0, 1, 2, 3, 4, 5].map((at) => water(at))];
    const whole = detector().watch(posts).events;
    const before = detector();
    const early = before.watch(posts.slice(0, 602)).events;
    const after = detector();
    expect(after.load(structuredClone(before.save()))).toBe(true);
    expect([...early, ...after.watch(posts.slice(602)).events]).toEqual(whole);
  });

  test('cools an incident nobody adds to, at the hour it went quiet', () => {
    const watching = detector();
    watching.watch([...smallTalk(), ...[0, 1, 2, 3, 4].map((at) => water(at))]);
    const later = aPost({ words: '早上 好', at: '410303', time: EVENING + 60 * HOUR });
    const { events, incidents } = watching.watch([later]);
    expect(events.map((event) => event.event)).toEqual(['cooled']);
    expect(events[0]!.at).toBe(EVENING + 12 * MINUTE + 36 * HOUR);
    expect(incidents[0]).toMatchObject({ state: 'cooled' });
  });

  test('of more incidents than it may follow at a time, lets the longest silent cool', () => {
    const watching = new Detector({ names: codesAsNames, capacity: 40 });
    const plea = (at: number): FoldedPost =>
      aPost({
        text: `求助扩散！我奶奶今天下午在第${at}村口走失，穿灰色外套，电话打不通，联系电话1370000${1_000 + at}`,
        words: '求助 扩散 奶奶 走失 外套',
        at: ['410325', '370102', '430121', '510107'][at]!,
        need: '求助',
        lifeAtRisk: true,
        time: EVENING + at * HOUR,
      });
    const { events, incidents } = watching.watch([0, 1, 2, 3].map(plea));
    expect(events.filter(({ event }) => event === 'opened')).toHaveLength(4);
    expect(events.filter(({ event }) => event === 'cooled').map(({ region }) => region)).toEqual(['410325', '370102']);
    expect(incidents.filter(({ state }) => state === 'open').map(({ region }) => region)).toEqual(['430121', '510107']);
  });

  test('counts copies beside distinct posts and keeps both as evidence', () => {
    const watching = detector();
    const posts = [0, 1, 2, 3, 4].map((at) => water(at));
    watching.watch([...smallTalk(), ...posts]);
    const copy = water(1, { group: posts[1]!.id, id: 'a-copy' as PostId });
    const { incidents, evidence } = watching.watch([copy]);
    expect(incidents[0]).toMatchObject({ count: 5, copies: 6 });
    expect(evidence.map((one) => one.post)).toEqual(['a-copy']);
  });
});
