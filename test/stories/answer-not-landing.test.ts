import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnsweringBody, ClaimFile, ClaimList, EchoRow } from '../../server/contract/answering.ts';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import { openOffice, type AtDesk, type Office } from './office.ts';
import { EVENING, everydayTalk, MINUTE, type Sent } from './running-app.ts';

const minute = (at: number): number => EVENING + at * MINUTE;
const TOWNS = ['城关镇', '韩城镇', '锦屏镇', '香鹿山镇', '莲庄镇', '三乡镇', '白杨镇', '柳泉镇', '高村镇', '张坞镇'];
const WHO = ['亲戚群', '家长群', '业主群', '同学群', '超市老板', '楼下邻居', '跑车的朋友', '菜市场'];
const town = (at: number): string => TOWNS[at % TOWNS.length]!;

const OPENERS = [
  '刚下夜班就听说',
  '我妈打电话来说',
  '快递小哥讲',
  '广场舞阿姨们议论',
  '老家亲戚发语音讲',
  '加油站排队时听人说',
  '娃他姥爷非说',
  '理发店里都在讲',
  '门卫大叔提醒',
  '校车司机透露',
  '婆婆急得哭，说',
];
const CLAIMS = [
  '青龙湾水库今晚泄洪，沿河的要连夜转移',
  '青龙湾水库今晚就要泄洪了，沿河人家得连夜转移',
  '今晚青龙湾水库泄洪，河边的都得连夜转移',
];
const TAILS = [
  '，现在水位多少？我家一楼怕淹',
  '，到底要不要转移？老人腿脚不便走不动',
  '，是真的吗，被子都捆好了',
  '，有没有官方消息，孩子明天还考试',
  '，水位多高了？谁在河边给看一眼',
  '，真的假的，超市矿泉水抢空了',
  '，要不要转移啊？牛羊咋办',
];
/** Says it and asks about it, each in words of its own. */
const claims = (count: number, from: number, every: number, tag: string): Sent[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `${tag}-${at}`,
    at: minute(from + at * every),
    text: `${OPENERS[(at * 5 + tag.length) % OPENERS.length]!}宜阳县${town(at * 3)}${CLAIMS[at % 3]!}${TAILS[(at * 2 + tag.length) % 7]!}`,
  }));

const FIRST = '网传青龙湾水库今晚泄洪的说法不实，请广大群众不信谣、不传谣。';
const SECOND =
  '经宜阳县水利局现场核实，青龙湾水库当前水位287.4米，低于汛限水位3.1米，今晚没有泄洪安排，沿河群众不需要转移，值班电话0379-00000000。';
const PARTS = [
  '低于汛限水位3.1米，今晚没有泄洪安排',
  '今晚没有泄洪安排，沿河群众不需要转移',
  '青龙湾水库当前水位287.4米，低于汛限',
];
const THEN = [
  '锅里炖的排骨又接着炖了',
  '对门大哥把三轮车推回院里',
  '闺女终于肯写作业',
  '麻将桌又支起来了',
  '羊圈的门重新插好',
  '我爹说早该这么讲',
  '村口喇叭也在念',
  '卖烧饼的不收摊了',
  '狗都不叫了',
  '行李箱塞回床底下',
  '手机总算能充电',
];
const SO = [
  '谢谢值班的同志',
  '早说嘛',
  '给爸妈念了一遍',
  '转给三舅了',
  '睡觉去',
  '明天照常出车',
  '心里踏实',
  '别再瞎传',
  '点个赞',
];
/** Passes a part of the answer on, among words of one's own. */
const quotes = (count: number, from: number): Sent[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `quote-${at}`,
    at: minute(from) + at * 15_000,
    text: `${THEN[(at * 4) % 11]!}，宜阳县${town(at * 7)}${WHO[(at * 5) % 8]!}${SO[(at * 2) % 9]!}，${THEN[(at * 7 + 3) % 11]!}，通报说${PARTS[at % 3]!}，${SO[(at * 5 + 4) % 9]!}，${OPENERS[(at * 3) % 11]!}`,
  }));

let office: Office;
let li: AtDesk;
beforeAll(async () => {
  office = await openOffice([{ name: '李', roles: ['responder'], regions: ['410300'] }]);
  li = await office.signIn('李');
});
beforeEach(() => li.get('session'));
afterAll(() => office.close());
const tell = async (posts: readonly Sent[]): Promise<void> => {
  office.now = Math.max(office.now, ...posts.map((post) => post.at));
  await office.running.post(posts);
  await office.running.app.flow.drained();
};

/** Tests of one story: each begins where the one before it ended. */
describe('the answer that does not land, from post to closed file', () => {
  let incident: string;
  let first: number;
  const answering = async (): Promise<AnsweringBody> =>
    (await li.get<AnsweringBody>(`incidents/${incident}/answering`)).body;
  const act = async (what: Record<string, unknown>) => {
    const { seq } = (await li.get<ClaimFile>(`incidents/${incident}/refutation`)).body;
    return li.post<CaseFileRow>(`incidents/${incident}/acts`, { expected: seq, act: what });
  };

  test('a claim goes round, and the public asks for the level and whether to leave', async () => {
    await tell(everydayTalk(600));
    await tell(claims(24, 1, 1, 'before'));
    const { body } = await li.get<ClaimList>('refutations/claims');
    expect(body.claims).toHaveLength(1);
    incident = body.claims[0]!.incident;
    const { missing, echo } = await answering();
    expect(missing.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['当前水位', '是否转移']));
    expect(missing.every(({ asked, posts }) => asked >= 3 && posts.length === asked)).toBe(true);
    expect(echo).toBeNull();
  });

  test('the first word only says that it is not so: right after it there are too few posts to tell', async () => {
    office.now = minute(27);
    const word = { account: 'yiyang', text: FIRST, publishedAt: minute(26) };
    const kept = await act({ act: 'answered', word });
    expect(kept.status).toBe(200);
    const { echo, versions } = await answering();
    expect(echo).toMatchObject({ verdict: 'tooFew', after: { n: 0 } });
    first = versions.versions[0]!.seq;
  });

  test('the claim goes on: not landed, with the figures, and the upper tier is asked to add what is missing', async () => {
    await tell(claims(13, 28, 1, 'after'));
    const { echo, missing, suggestion } = await answering();
    expect(echo?.verdict).toBe('notYet');
    expect(echo!.before.n).toBeGreaterThanOrEqual(10);
    expect(echo!.after.unsettled.share).toBeGreaterThan(0.5);
    expect(echo?.because).toMatch(/^重复或追问由\d+%到\d+%/u);
    expect(missing.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['当前水位', '是否转移']));
    const supplement = suggestion.then.find(({ act: does }) => does === 'supplement');
    expect(supplement?.because).toContain('公众在问而首发没有说明');
    expect(supplement?.because).toContain('当前水位');
    expect(supplement?.account).toMatch(/^ly/);
  });

  test('the city adds the facts; nothing asked is missing, and nothing contradicts', async () => {
    office.now = minute(50);
    const word = { account: 'ly', text: SECOND, publishedAt: minute(49) };
    expect((await act({ act: 'supplemented', word, of: first })).status).toBe(200);
    const { missing, versions } = await answering();
    expect(missing.map(({ fact }) => fact)).not.toContain('当前水位');
    expect(missing.map(({ fact }) => fact)).not.toContain('是否转移');
    expect(versions.comparisons[0]?.differs).toEqual([]);
    expect(versions.comparisons[0]?.onlyB.map(({ at }) => at.text)).toContain('287.4米');
  });

  test('people pass the facts on: the share falls, and the reach of the correction is counted by texts and counties', async () => {
    await tell(quotes(110, 52));
    const { status, body: echo } = await li.get<EchoRow>(`incidents/${incident}/echo`);
    expect(status).toBe(200);
    // Copies of one wording are one voice, so 110 posts are far fewer texts.
    expect(echo.after.by.find((each) => each.echo === 'quotes')!.share.of).toBeGreaterThanOrEqual(15);
    expect(echo.after.unsettled.share).toBeLessThan(0.6);
    expect(echo.fall!.fall).toBeGreaterThan(0);
    expect(echo.correctionReach).toMatchObject({ places: 1 });
    expect(echo.correctionReach.posts).toBeGreaterThan(60);
    expect(echo.lag).toBeGreaterThan(0);
    expect(echo.residual).toBeNull();
  });

  test('it is closed with what became of it', async () => {
    office.now = minute(95);
    expect((await act({ act: 'closed', outcome: 'explained' })).status).toBe(200);
    const { body } = await li.get<CaseFileRow>(`incidents/${incident}/acts`);
    expect(body.brief.status).toBe('closed');
  });
});
