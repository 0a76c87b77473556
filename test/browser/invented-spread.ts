import type { PrecedentRow, PrecedentsBody, SpreadBody } from '../../server/contract/history.ts';
import type { IncidentFile } from '../../server/contract/http.ts';
import { ago, aPost } from './invented-city.ts';

/** Every hour of the last `values.length`, the last one now. */
const hours = (values: readonly number[]): { at: string; n: number }[] =>
  values.map((n, at) => ({ at: ago((values.length - 1 - at) * 60 + 47), n })).filter(({ n }) => n > 0);

const RAW = [2, 4, 6, 11, 9, 14, 38, 120, 310, 402, 288];
const DISTINCT = [2, 4, 6, 10, 8, 12, 30, 62, 104, 96, 52];

/** A rumor passed on in three layers. */
export const aSpread = (given: Partial<SpreadBody> = {}): SpreadBody => ({
  posts: 1_204,
  of: 1_204,
  linked: 812,
  cascade: { size: 640, depth: 4, meanDepth: 1.42, structuralVirality: 2.61 },
  drawing: {
    from: ago(141),
    to: ago(1),
    stepMinutes: 3,
    deepest: 4,
    cells: Array.from({ length: 40 }, (_, n) => ({
      at: ago(141 - n * 3.5),
      depth: n === 0 ? 0 : 1 + ((n * 7) % Math.min(4, 1 + Math.floor(n / 8))),
      posts: n === 0 ? 1 : 2 + ((n * 13) % 38),
    })),
  },
  places: [
    { tier: 'town', count: 9 },
    { tier: 'county', count: 5 },
    { tier: 'city', count: 2 },
    { tier: 'province', count: 1 },
  ],
  first: aPost({
    id: 'dam-1',
    text: '听说锦川水库今晚10点泄洪，城关镇沿河的都要连夜转移，速转给家里人。',
    time: ago(141),
  }),
  firstMedia: aPost({
    id: 'media',
    title: '市民询问锦川水库是否泄洪',
    text: '记者从应急部门了解到，正在核实。',
    kind: 'article',
    time: ago(66),
  }),
  firstHotlist: null,
  turningPoints: [{ at: ago(4 * 60 + 47), kind: 'rise', before: 11.33, after: 156 }],
  hours: hours(RAW).map(({ at, n }) => ({ at, posts: n })),
  ...given,
});

export const aBurst = (
  given: Partial<NonNullable<IncidentFile['burst']>> = {},
): NonNullable<IncidentFile['burst']> => ({
  raw: 1_204,
  distinct: 386,
  authorShare: 0.31,
  copyShare: 0.68,
  intervalEntropy: 0.42,
  newcomerShare: 0.64,
  directShare: 0.88,
  looksCoordinated: true,
  because: ['68% 是同一文字的复制', '64% 出自此前未出现的账号（平时 22%）'],
  curve: hours(RAW).map(({ at, n }, i) => ({ at, raw: n, distinct: DISTINCT[i]! })),
  ...given,
});

export const aClaim = (): NonNullable<IncidentFile['claim']> => ({
  text: '听说锦川水库今晚10点泄洪，城关镇沿河的都要连夜转移',
  post: 'dam-1',
  firstAt: ago(141),
  posts: 97,
  variants: [
    { text: '听说锦川水库今晚12点泄洪，城关镇沿河的都要连夜转移', post: 'dam-2', firstAt: ago(96), posts: 22 },
    { text: '听说锦川水库今晚10点泄洪，宜阳沿河各镇都要连夜转移', post: 'dam-3', firstAt: ago(45), posts: 14 },
  ],
  curve: hours(DISTINCT).map(({ at, n }) => ({
    at,
    posts: n,
    asking: Math.round(n * 0.31),
    denying: Math.round(n * 0.09),
  })),
});

export const aPrecedent = (given: Partial<PrecedentRow> = {}): PrecedentRow => ({
  incident: '20250712-410327-past001',
  title: '网传洛河上游水库放水、沿河村庄转移',
  region: '410327',
  regionName: '河南省洛阳市宜阳县',
  kind: '谣言',
  rung: 'city',
  openedAt: ago(60 * 24 * 496),
  count: 212,
  score: 0.78,
  sharedWords: ['水库', '转移'],
  because: ['同有“水库”“转移”“沿河”', '同为谣言', '同一区县', '同到市级', '496天前'],
  outcome: {
    first: {
      account: 'emergency',
      accountName: '洛阳市应急管理局',
      tier: 'city',
      text: '水库水位正常，没有泄洪计划，沿河各村无需转移；请勿转发未经核实的消息。',
      at: ago(60 * 24 * 496 - 95),
      afterMinutes: 95,
    },
    relayed: 3,
    supplemented: 1,
    corrected: 0,
    closed: { outcome: 'untrue', at: ago(60 * 24 * 495), afterMinutes: 1_440 },
    solved: 0,
    unsolved: 0,
  },
  curve: {
    from: ago(60 * 24 * 496 - 95),
    peak: { at: ago(60 * 24 * 496 - 60), posts: 64, afterAnswer: false },
    hoursToHalf: 2,
    nextRung: null,
    hours: [8, 22, 64, 51, 20, 9, 4].map((posts, n) => ({ at: ago(60 * 24 * 496 - n * 60), posts })),
  },
  ...given,
});

export const somePrecedents = (given: Partial<PrecedentsBody> = {}): PrecedentsBody => ({
  searchedAt: ago(0),
  precedents: [
    aPrecedent(),
    aPrecedent({
      incident: '20240806-410300-past002',
      title: '伊河泄洪通知引发询问',
      kind: '咨询',
      score: 0.52,
      because: ['同有“泄洪”', '同属水利', '同一市', '扩散到区县级', '836天前'],
      rung: 'county',
      count: 41,
      openedAt: ago(60 * 24 * 836),
      outcome: null,
      curve: null,
    }),
  ],
  behind: 0,
  ...given,
});
