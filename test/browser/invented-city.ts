import type { AlertRow, IncidentFile, IncidentRow, PostRow, SuggestionRow } from '../../server/contract/http.ts';
import type { Pulse, SourceRow } from '../../server/contract/pulse.ts';
import type { Act } from '../../pipelines/domain/suggestion.ts';
import type { Tier } from '../../pipelines/domain/tier.ts';

/** An invented evening in Luoyang: district names are real, streets, firms and every event are not. Minutes are before `NOW`. */
export const NOW = Date.parse('2026-11-20T21:47:08+08:00');
const MINUTE = 60_000;
export const ago = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString();

interface SuggestionSeed {
  readonly first?: readonly [id: string, name: string, tier: Tier];
  readonly outsideName?: string;
  readonly then?: readonly (readonly [account: string, name: string, act: Act, because: string])[];
  readonly minutes: number;
  /** When the clock began, minutes before now. */
  readonly began: number;
  readonly rule: string;
  readonly because: readonly string[];
}

export function aSuggestion(seed: SuggestionSeed): SuggestionRow {
  return {
    id: `s-${seed.began}-${seed.minutes}`,
    first: seed.first?.[0] ?? null,
    firstName: seed.first?.[1] ?? null,
    firstTier: seed.first?.[2] ?? null,
    outside: seed.outsideName === undefined ? null : '410100',
    outsideName: seed.outsideName ?? null,
    then: (seed.then ?? []).map(([account, accountName, act, because]) => ({ account, accountName, act, because })),
    clock: { rule: seed.rule, minutes: seed.minutes, due: ago(seed.began - seed.minutes) },
    because: [...seed.because],
  };
}

/** A spread from `climb[0]` minutes before now, one tier a step. */
export function anIncident(
  seed: Partial<IncidentRow> & { id: string; title: string; climb?: readonly (readonly [Tier, number])[] },
): IncidentRow {
  const climb = seed.climb ?? [['town', 40] as const];
  const first = climb[0]?.[1] ?? 40;
  const { climb: _climb, ...rest } = seed;
  return {
    region: '410327',
    regionName: '河南省洛阳市宜阳县',
    rung: climb.at(-1)?.[0] ?? 'town',
    heat: 40,
    terms: [],
    kind: '舆情',
    need: null,
    duty: [],
    urgent: false,
    lifeAtRisk: false,
    rumor: 0.1,
    needsCheck: false,
    state: 'open',
    firstPostAt: ago(first + 8),
    openedAt: ago(first),
    lastPostAt: ago(1),
    count: 38,
    copies: 61,
    steps: climb.map(([to, minutes], i) => ({
      from: climb[i - 1]?.[0] ?? null,
      to,
      at: ago(minutes),
      because:
        i === 0
          ? ['同一街道 30 分钟内 3 帖，超过平时 8 倍。']
          : [`${i + 2} 个下级属地出现独立帖文，达到升级所需的 3 个。`, `含副本 ${i * 40 + 22} 帖。`],
      evidence: Array.from({ length: 3 + i * 4 }, (_, n) => `${seed.id}-p${n}`),
    })),
    suggestion: null,
    ...rest,
  };
}

const PUBLIC_SAFETY = '涉公共安全的传言，5 小时内首次回应（本地规则）';
const ORDINARY = '一般事项，48 小时内答复';
const LIFE = '有人身危险，15 分钟内派警（本地规则）';
const LOWEST = '基层首发：由层级不低于扩散台阶的最低一级对口账号首发；以下各级提供事实，以上各级转发。';

export const gas = anIncident({
  id: 'gas',
  title: '化工园夜间刺鼻异味',
  climb: [
    ['town', 320],
    ['county', 240],
    ['city', 170],
    ['province', 38],
  ],
  region: '410311',
  regionName: '河南省洛阳市洛龙区',
  kind: '举报',
  need: '举报',
  duty: ['环保', '应急'],
  heat: 78,
  count: 412,
  copies: 1290,
  suggestion: aSuggestion({
    first: ['hn-env', '河南省生态环境厅', 'province'],
    then: [['ly-env', '洛阳市生态环境局', 'giveFacts', '下级提供监测数据']],
    minutes: 300,
    began: 320,
    rule: PUBLIC_SAFETY,
    because: [LOWEST, '本案：台阶为省（21:09），省级对口账号 1 个。'],
  }),
});

export const dam = anIncident({
  id: 'dam',
  forecast: { to: 'province', within: 6, probability: 0.23, base: 0.12, n: 900 },
  title: '网传锦川水库今晚泄洪',
  climb: [
    ['town', 133],
    ['county', 81],
    ['city', 15],
  ],
  region: '410327100',
  regionName: '河南省洛阳市宜阳县城关镇',
  kind: '谣言',
  need: '咨询',
  duty: ['应急', '水利'],
  needsCheck: true,
  rumor: 0.81,
  heat: 63,
  count: 386,
  copies: 1204,
  suggestion: aSuggestion({
    first: ['ly-yj', '洛阳市应急管理局', 'city'],
    then: [
      ['yy-sl', '宜阳县水利局', 'giveFacts', '主管水库调度，提供水位与调度令'],
      ['yy-fb', '宜阳发布', 'relay', '首发之后由属地转发'],
      ['hn-sl', '河南省水利厅', 'inform', '若升到省，由其接续'],
    ],
    minutes: 300,
    began: 139,
    rule: PUBLIC_SAFETY,
    because: [LOWEST, '本案：台阶为市（21:32），市级对口账号 2 个，主责取应急。'],
  }),
});

export const heating = anIncident({
  id: 'heating',
  title: '锦川小区连续停暖',
  climb: [
    ['town', 330],
    ['county', 297],
  ],
  region: '410305',
  regionName: '河南省洛阳市涧西区',
  kind: '投诉',
  need: '投诉',
  duty: ['供热', '住建'],
  suggestion: aSuggestion({
    first: ['jx-zf', '涧西区政府办', 'county'],
    minutes: 300,
    began: 318,
    rule: '供暖季停暖，5 小时内首次回应',
    because: [LOWEST, '本案：台阶为区县，供热无区级账号，由综合账号首接负责。'],
  }),
});

export const water = anIncident({
  id: 'water',
  title: '望塬片区停水',
  climb: [
    ['town', 340],
    ['county', 327],
  ],
  region: '410308',
  regionName: '河南省洛阳市孟津区',
  kind: '求助',
  need: '求助',
  duty: ['供水'],
  heat: 51,
  suggestion: aSuggestion({
    first: ['mj-gs', '孟津供水公司', 'county'],
    minutes: 2880,
    began: 327,
    rule: ORDINARY,
    because: [LOWEST, '本案：主管供水，区级账号 1 个。'],
  }),
});

export const canteen = anIncident({
  id: 'canteen',
  title: '学校食堂餐食被投诉',
  climb: [['town', 2440]],
  region: '410329001',
  regionName: '河南省洛阳市伊川县云栖街道',
  kind: '投诉',
  need: '投诉',
  duty: ['教育'],
  needsCheck: true,
  rumor: 0.44,
  suggestion: aSuggestion({
    first: ['yc-jy', '伊川县教育体育局', 'county'],
    minutes: 2880,
    began: 2440,
    rule: ORDINARY,
    because: [LOWEST, '本案：街道无教育账号，由区县对口账号首发。'],
  }),
});

export const crash = anIncident({
  id: 'crash',
  title: '快速路三车相撞',
  climb: [['town', 49]],
  region: '410303',
  regionName: '河南省洛阳市西工区',
  kind: '事故',
  duty: ['交通', '公安'],
  suggestion: aSuggestion({
    first: ['xg-jj', '西工交警', 'county'],
    minutes: 2880,
    began: 49,
    rule: ORDINARY,
    because: [LOWEST, '本案：主管公安交管，区级账号 1 个。'],
  }),
});

export const elder = anIncident({
  id: 'elder',
  title: '石槐村老人走失',
  climb: [['village', 9]],
  region: '410325106',
  regionName: '河南省洛阳市嵩县石槐村',
  kind: '求助',
  need: '求助',
  duty: ['公安', '紧急'],
  urgent: true,
  lifeAtRisk: true,
  count: 6,
  copies: 9,
  suggestion: aSuggestion({
    first: ['sh-pcs', '石槐派出所', 'town'],
    then: [
      ['sh-pcs', '石槐派出所', 'dispatch', '有人身危险，就近派警，不论台阶'],
      ['sx-zh', '嵩县公安指挥中心', 'inform', '同时告知上级'],
    ],
    minutes: 15,
    began: 9,
    rule: LIFE,
    because: ['生命危险：不论台阶，即刻派警到最近的街道一级警力与指挥中心，并向上告知。'],
  }),
});

export const INCIDENTS = [gas, dam, heating, water, canteen, crash, elder] as const;

export const anAlert = (seq: number, row: IncidentRow, minutes = 1): AlertRow => {
  if (row.suggestion === null) throw new Error(`${row.id} has no suggestion to alert about`);
  const { id: incident, region, regionName, rung, title, suggestion } = row;
  return { seq, at: ago(minutes), incident, region, regionName, rung, title, suggestion };
};

export const ALERTS = [
  anAlert(1, water, 327),
  anAlert(2, heating, 297),
  anAlert(3, crash, 49),
  anAlert(4, gas, 38),
  anAlert(5, elder, 9),
  anAlert(6, dam, 5),
] as const;

/** Reasons are given by their words; the offsets follow from the text. */
export const aPost = (
  seed: Partial<PostRow> & { id: string; text: string; cues?: readonly (readonly [string, string])[] },
): PostRow => {
  const { cues = [], ...rest } = seed;
  return {
    platform: '微博',
    kind: 'post',
    time: ago(30),
    source: '微博检索',
    region: '410327',
    regionName: '宜阳县',
    sentiment: 'neutral',
    mood: 'neutral',
    rumor: 0.2,
    needsCheck: false,
    need: null,
    urgent: false,
    duty: [],
    copies: 1,
    because: cues.map(([label, cue]) => {
      const start = seed.text.indexOf(cue);
      return { label, cue, start, end: start + cue.length };
    }),
    ...rest,
  };
};

export const aFile = (incident: IncidentRow, posts?: readonly PostRow[]): IncidentFile => ({
  incident,
  events: incident.steps.map((step, i) => ({
    at: step.at,
    event: i === 0 ? 'opened' : 'step',
    rung: step.to,
    heat: 20 + i * 15,
    count: 3 + i * 40,
    because: [...step.because],
  })),
  posts: [
    ...(posts ?? [
      aPost({
        id: `${incident.id}-p0`,
        text: '听说锦川水库今晚 10 点泄洪，城关镇沿河的都要连夜转移，速转给家里人。',
        cues: [
          ['rumor', '听说'],
          ['place', '锦川水库'],
          ['place', '城关镇'],
          ['rumor', '速转'],
        ],
        copies: 97,
        needsCheck: true,
        rumor: 0.81,
        sentiment: 'negative',
        time: ago(141),
      }),
      aPost({
        id: `${incident.id}-p1`,
        platform: '贴吧',
        text: '真的要泄洪吗？宜阳这边镇上没通知，有没有官方说法？',
        cues: [
          ['place', '宜阳'],
          ['need', '有没有官方说法'],
        ],
        copies: 22,
        need: '咨询',
        time: ago(105),
      }),
      aPost({
        id: `${incident.id}-p2`,
        text: '我妈一个人在城关镇老街，电话打不通，要不要现在去接她？',
        cues: [
          ['need', '我妈一个人'],
          ['place', '城关镇'],
          ['need', '电话打不通'],
        ],
        need: '求助',
        sentiment: 'negative',
        time: ago(29),
      }),
    ]),
  ],
});

const wave = (i: number): number => 60 + 26 * Math.sin(i / 9) + 9 * Math.sin(i * 1.7) + 5 * Math.cos(i * 2.9);
export const aDay = (): Pulse['day'] =>
  Array.from({ length: 144 }, (_, i) => {
    const surge = i > 96 ? (i - 96) ** 1.75 / 6 : 0;
    const posts = Math.round(wave(i) + surge);
    return {
      at: ago((143 - i) * 10 + 7),
      posts,
      raw: Math.round(posts * (1.1 + surge / 200)),
      negative: Math.round(posts * (0.24 + surge / 500)),
      needs: Math.round(9 + wave(i) / 12 + surge / 9),
    };
  });

const CITY = '老城 西工 瀍河 涧西 偃师 孟津 洛龙 新安 栾川 嵩县 汝阳 宜阳 洛宁 伊川 高新'.split(' ');
const CITY_CODES = [
  410302, 410303, 410304, 410305, 410307, 410308, 410311, 410323, 410324, 410325, 410326, 410327, 410328, 410329,
  410371,
];
const AROUND = '郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店'.split(' ');

export const aPulse = (at: number, seed: Partial<Pulse> = {}): Pulse => ({
  now: new Date(at).toISOString(),
  speed: 1,
  drill: { title: '洛阳两小时', speed: 60, done: false },
  home: { code: '410300', name: '洛阳市' },
  day: aDay(),
  usual: { posts: 72, negative: 18, needs: 14 },
  tiles: CITY.map((name, i) => ({
    code: String(CITY_CODES[i]),
    name,
    posts: name === '栾川' ? null : [4, 22, 3, 61, 2, 38, 96, 5, 0, 24, 1, 88, 12, 31, 40][i]!,
    usual: name === '栾川' ? null : [4, 12, 3, 15, 2, 14, 18, 5, 1, 13, 2, 14, 8, 14, 12][i]!,
  })),
  around: AROUND.map((name, i) => ({
    code: `41${String(i + 1).padStart(2, '0')}00`,
    name,
    posts: [96, 9, 438, 12, 2, 0, 7, 31, 0, 6, 0, 22, 8, 1, 0, 3, 1][i]!,
    usual: [30, 8, 96, 11, 3, 1, 6, 12, 1, 6, 1, 9, 8, 2, 1, 3, 1][i]!,
  })),
  accepted: 48_210,
  lag: { watch: 0, index: 0 },
  store: { name: 'embedded', ok: true },
  lastPostAt: new Date(at - 2000).toISOString(),
  alertSeq: 6,
  ...seed,
});

const beats = (of: (i: number) => number | null): (number | null)[] => Array.from({ length: 24 }, (_, i) => of(i));
export const SOURCES: readonly SourceRow[] = [
  {
    name: '微博检索',
    state: 'live',
    lastSeen: ago(0.03),
    usualGap: 4,
    accepted: 31_200,
    duplicate: 810,
    rejected: 3,
    recent: beats((i) => 180 + ((i * 53) % 90)),
  },
  {
    name: '抖音导出',
    state: 'dead',
    lastSeen: ago(150),
    usualGap: 30,
    accepted: 8100,
    duplicate: 20,
    rejected: 0,
    recent: beats((i) => (i < 14 ? 60 + ((i * 7) % 20) : 0)),
  },
  {
    name: '12345 工单',
    state: 'live',
    lastSeen: ago(0.8),
    usualGap: 60,
    accepted: 1200,
    duplicate: 2,
    rejected: 0,
    recent: beats((i) => (i * 5) % 12),
  },
  {
    name: '贴吧导出',
    state: 'slow',
    lastSeen: ago(6),
    usualGap: 120,
    accepted: 3300,
    duplicate: 14,
    rejected: 1,
    recent: beats((i) => (i % 4 === 0 ? 0 : 8 + (i % 5))),
  },
  {
    name: '省内热榜',
    state: 'live',
    lastSeen: ago(1),
    usualGap: 300,
    accepted: 900,
    duplicate: 400,
    rejected: 0,
    recent: beats(() => 5),
  },
];
