import type { FastifyInstance } from 'fastify';
import { StoreUnavailable } from '../../pipelines/ports/post-store.ts';
import type { AnsweringBody, EchoWindowRow } from '../../server/contract/answering.ts';
import type { ClaimFile, ClaimList, DraftBody } from '../../server/contract/refutation.ts';
import type { AssessmentBody, RateRow } from '../../server/contract/assessment.ts';
import type { FollowUpServices } from '../../server/services/follow-up.ts';
import { anHttpApp } from '../seeds/http.ts';
import { aSuggestion, AT, fakeServices } from '../seeds/services.ts';

const at = (minute: number): string => new Date(Date.parse(AT) + minute * 60_000).toISOString();
const CLAIM = '锦川水库今晚10点泄洪，沿河的都要连夜转移';

const draft: DraftBody = {
  claim: CLAIM,
  finding: 'untrue',
  sources: [{ id: 's1', name: '宜阳县水利局值班记录', says: '水位312.5米，没有泄洪', at: at(-20), tells: '当前水位' }],
  sentences: [
    { text: `网上流传“${CLAIM}”的说法。`, posts: ['p1'], sources: [] },
    { text: '经核实，该说法不实。', posts: [], sources: ['s1'] },
  ],
};

const file: ClaimFile = {
  ...{ now: AT, incident: 'i1', title: '锦川水库泄洪传言', regionName: '河南省洛阳市宜阳县', rung: 'city', seq: 5 },
  state: 'drafted',
  claim: { text: CLAIM, posts: 190, firstAt: at(-95), variants: [{ text: '青龙湾也要放水', posts: 4 }] },
  evidence: [
    {
      id: 'p1',
      platform: '微博',
      text: `听说${CLAIM}，速转给家里人`,
      time: at(-95),
      regionName: '宜阳县',
      echo: 'repeats',
      copies: 97,
    },
    {
      id: 'p2',
      platform: '贴吧',
      text: '真的要泄洪吗？镇上没通知',
      time: at(-60),
      regionName: null,
      echo: 'asks',
      copies: 1,
    },
  ],
  asked: [{ fact: '是否转移', asked: 41, posts: ['p2'] }],
  facts: ['当前水位', '是否转移'],
  drafts: [{ seq: 4, at: at(-10), by: '夜班 02', own: false, text: '网上流传…', draft }],
  suggested: [
    {
      id: 'r1',
      claim: '青澜江开闸',
      verdict: '不实',
      source: '市水利局',
      publishedAt: at(-9_000),
      confirmedPosts: 0,
      score: 0.62,
      because: ['都提到水库、泄洪'],
    },
  ],
  confirmed: [],
  publisher: { account: 'ly', name: '洛阳市应急管理局（演练）', because: ['基层首发：影响已到市一级'] },
  versions: {
    versions: [
      {
        seq: 2,
        account: 'yy',
        accountName: '宜阳发布（演练）',
        tier: 'county',
        kind: 'answered',
        text: '锦川水库水位312.5米，没有泄洪。',
        publishedAt: at(-40),
      },
      {
        seq: 3,
        account: 'ly',
        accountName: '洛阳发布（演练）',
        tier: 'city',
        kind: 'supplemented',
        text: '锦川水库水位310.2米，没有泄洪。',
        publishedAt: at(-30),
      },
    ],
    comparisons: [
      {
        ...{ a: 2, b: 3, onlyA: [], onlyB: [] },
        differs: [
          {
            ...{ kind: 'number', fact: '水位（米）', mayBeNewer: false },
            a: { start: 6, end: 12, text: '312.5米' },
            b: { start: 6, end: 12, text: '310.2米' },
          },
        ],
      },
    ],
  },
  canSend: true,
};

const share = (of: number, n: number) => ({ of, n, share: of / n, low: of / n / 2, high: (1 + of / n) / 2 });
const span = (from: number, repeats: number, asks: number, quotes: number): EchoWindowRow => ({
  ...{ from: at(from), to: at(from + 360), n: 40, unsettled: share(repeats + asks, 40) },
  by: [
    { echo: 'repeats', share: share(repeats, 40), posts: ['p1'] },
    { echo: 'asks', share: share(asks, 40), posts: ['p2'] },
    { echo: 'denies', share: share(2, 40), posts: [] },
    { echo: 'quotes', share: share(quotes, 40), posts: [] },
  ],
});
const answering: AnsweringBody = {
  ...{ now: AT, missing: file.asked, versions: file.versions, suggestion: aSuggestion() },
  echo: {
    ...{
      verdict: 'notYet',
      because: '重复或追问由83%到75%，还没有低于30%',
      answeredAt: at(-40),
      residual: null,
      lag: 3_300,
    },
    ...{ before: span(-400, 24, 9, 0), after: span(-40, 19, 11, 6), fall: { fall: 0.08, low: -0.1, high: 0.25 } },
    ...{ claimReach: { distinct: 63, posts: 400, places: 5 }, correctionReach: { distinct: 8, posts: 20, places: 2 } },
    ...{ rules: { window: 21_600, least: 10, landedBelow: 0.3 }, cut: false },
  },
  joints: [
    {
      ...{ incident: 'i1', incidentTitle: file.title, seq: 6, title: '水库没有泄洪', plannedAt: at(-5), by: '夜班 02' },
      layers: [
        {
          account: 'ly',
          accountName: '洛阳发布（演练）',
          tier: 'city',
          does: 'publish',
          from: at(-4),
          state: 'done',
          publishedAt: at(-3),
        },
        { account: 'yy', accountName: '宜阳发布（演练）', tier: 'county', does: 'relay', from: at(9), state: 'later' },
      ],
    },
  ],
};

const rate = (of: number, n: number): RateRow => ({
  ...{ of, n, rate: n < 5 ? null : of / n },
  counted: Array.from({ length: of }, () => 'i1'),
  rest: Array.from({ length: n - of }, () => 'i2'),
});
const unit = (name: string, tier: 'city' | 'county', n: number): AssessmentBody['units'][number] => ({
  ...{ unit: name, tier, orderly: rate(n, n), accepted: rate(Math.min(2, n), n), open: [], answered: rate(n, n) },
  ...{ onTime: rate(Math.max(0, n - 2), n), solved: rate(n, n), satisfied: rate(0, 0) },
  acceptTime: { n, median: n < 5 ? null : 900, incidents: [] },
  firstAnswerTime: { n, median: n < 5 ? null : 5_400, incidents: ['i1'] },
  participation: { voices: 0, answers: n, fails: n === 0 ? null : true },
});

/** Services that say what a test lets them say, behind the real routes and the page as it is built. */
export class FollowUpFixture {
  claims: ClaimList = {
    now: AT,
    claims: [
      {
        ...{ incident: 'i1', title: file.title, regionName: file.regionName, rung: 'city', claim: CLAIM, posts: 190 },
        ...{ firstAt: at(-95), state: 'drafted', suggested: 1, confirmed: 0 },
      },
    ],
  };
  file = file;
  assessment: AssessmentBody = {
    ...{ now: AT, from: at(-10_080), to: AT, least: 5, quiet: { from: 22, to: 7 } },
    units: [unit('洛阳市公安局', 'city', 3), unit('宜阳县公安局', 'county', 8), unit('宜阳县教育局', 'county', 0)],
    health: [
      {
        ...{
          account: 'ly',
          name: '平安洛阳（演练）',
          unit: '洛阳市公安局',
          silentDays: 15,
          oldest: { incident: 'i2', days: 2 },
        },
        vetoes: [
          { item: 'security', state: 'unknown', because: '由人认定，本系统不判断' },
          { item: 'stale', state: 'fails', because: '档案里已15天没有它的发布，超过14天' },
          { item: 'unanswered', state: 'warns', because: '有已过时限的未答复事件，最久的2天' },
          { item: 'bought', state: 'unknown', because: '本系统不统计粉丝、点赞和转发量' },
        ],
      },
    ],
    titles: { i1: '锦川水库泄洪传言', i2: '锦川小区停暖' },
  };
  broken = false;
  refusal = '';
  readonly asked: unknown[] = [];
  url = '';
  #app: FastifyInstance | undefined;

  static async start(webDir: string): Promise<FollowUpFixture> {
    const held = new FollowUpFixture();
    const trouble = (): void => {
      if (held.broken) throw new StoreUnavailable('down');
    };
    const followUp: Partial<FollowUpServices> = {
      async claims() {
        trouble();
        return held.claims;
      },
      async claim(_viewer, incident) {
        trouble();
        return incident === 'i1' ? held.file : undefined;
      },
      answering: (_viewer, incident) => Promise.resolve(incident === 'i1' ? answering : undefined),
      compose: (_viewer, _incident, { finding, sources }) =>
        Promise.resolve({ done: { ...draft, finding: sources.length === 0 ? 'unknown' : finding, sources } }),
      draft: (_viewer, _incident, ask) => held.#kept(ask),
      decide: (_viewer, _incident, ask) => held.#kept(ask),
      assessment() {
        trouble();
        return held.assessment;
      },
    };
    held.#app = await anHttpApp({ services: fakeServices({ followUp }), webDir });
    held.url = await held.#app.listen({ host: '127.0.0.1', port: 0 });
    return held;
  }

  #kept(ask: unknown): ReturnType<FollowUpServices['draft']> {
    this.asked.push(ask);
    if (this.refusal === '') return Promise.resolve({ done: this.file });
    return Promise.resolve({ refused: { because: this.refusal, where: 'draft' } });
  }

  async stop(): Promise<void> {
    await this.#app?.close();
  }
}
