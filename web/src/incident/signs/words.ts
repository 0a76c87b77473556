import { OUTCOME_NAMES } from '../../../../pipelines/domain/case-event.ts';
import { TIER_NAMES, type Tier } from '../../../../pipelines/domain/tier.ts';
import { spanWords } from '../../ui/time-words.ts';

const span = (minutes: number): string => spanWords(minutes * 60_000, false);
const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Every sentence of the four panels: how it spread, whether it was pushed, what is claimed, what the past teaches. */
export const words = {
  allPosts: '在检索中看这起事件的全部帖文',
  title: '扩散与先例',
  loading: '正在读取',
  failed: (what: string) => `读不到${what}`,
  again: '现在再试',
  noIncident: '没有这个事件',
  noIncidentHint: '网址里的事件编号不对，或不在您的范围内',
  asOf: (at: string) => `截至${at}`,
  back: '看全部事件',
  wall: '在值守墙上看',
  numbers: '看数字',
  hour: '时段',
  posts: (n: string) => `${n}帖`,
  percent,
  span,

  spread: '怎么传开的',
  spreadSmall: (posts: string, of: string) => (posts === of ? `${of}帖，含副本` : `最早${posts}帖，共${of}帖，含副本`),
  noSpread: '还没有可画的帖文',
  cascade: '转发层次',
  cascadeOf: (size: string, depth: number) => `最大一串${size}帖，最深${depth}层`,
  cascadeAlone: '帖文各自发出，没有采到转发关系',
  partly: (linked: string, posts: string) => `${posts}帖里${linked}帖采到了转发或回复的上家；层数只少不多`,
  depth: (n: number, deepest: boolean) => (n === 0 ? '首帖' : `${n}层${deepest && n >= 9 ? '及以下' : ''}`),
  drawing: (size: string, depth: number, from: string, to: string) =>
    `转发层次图：${from}到${to}，最大一串${size}帖，最深${depth}层`,
  figures: {
    size: '最大一串',
    depth: '最深',
    meanDepth: '平均层数',
    virality: '结构传播度',
    viralityWhy: '任意两帖之间平均隔几步：近2是一人传开，越大越是接力传开',
  },
  layer: '层',
  step: '步',
  places: '触及属地',
  placeOf: (tier: Tier) =>
    ({ village: '村居', town: '街道乡镇', county: '区县', city: '市', province: '省', nation: '全国' })[tier],
  noPlaces: '没有定出地点的帖文',
  firsts: { first: '首帖', firstMedia: '首家媒体或官方', firstHotlist: '首次上榜' },
  notYet: '还没有',
  turns: '拐点',
  turnWords: (kind: 'rise' | 'fall', before: string, after: string) =>
    `${kind === 'rise' ? '转急' : '转缓'}，每时${before}帖变${after}帖`,
  noTurns: '帖量没有明显的拐点',
  volume: '每时帖量',
  volumeOf: (hours: number, most: string) => `每时帖量：${hours}个时段，最多${most}帖`,

  burst: '是不是有人在推',
  burstSmall: '只看这一波的样子，不看任何个人',
  burstSoon: '满20帖后给出',
  coordinated: (because: readonly string[]) => `这一波像有组织地发出：${because.join('；')}。`,
  natural: '没有看出有组织的迹象。',
  onDistinct: '预警只按去重帖计，不受影响。',
  raw: '含副本',
  distinct: '去重',
  curveOf: (name: string, hours: number, all: string, most: string) =>
    `${name}：${hours}个时段共${all}帖，最多一时${most}帖`,
  signs: {
    copyShare: ['副本占比', '同一文字的复制'],
    authorShare: ['账号数比帖数', '越低越集中'],
    newcomerShare: ['此前未出现的账号', '占帖数'],
    intervalEntropy: ['发帖间隔的杂乱度', '0整齐如钟，1长短不一'],
    directShare: ['转发只有一层', '占转发'],
  },
  noReposts: '没有转发',

  claim: '说法',
  claimSmall: '取自首见的帖文，待核实，不是定论',
  noClaim: '没有要核实的说法',
  firstSeen: (at: string) => `首见${at}`,
  sameWords: (n: string) => `${n}帖同此说法`,
  variants: (n: number) => `另有${n}种变体`,
  added: '增加',
  removed: '删去',
  asking: '求证',
  denying: '否认',
  sharesOf: (asking: string, denying: string) => `全程求证占${asking}，否认占${denying}`,
  shareNow: (asking: string, denying: string) => `近1时求证占${asking}，否认占${denying}`,
  shareChart: (name: string, most: string) => `${name}占比，按时，最高${most}`,

  year: (n: number) => `${n}年`,
  precedents: '先例',
  precedentsSmall: (at: string) => `${at}查到，按用词、类别、属地、台阶排`,
  noPrecedents: '本地没有相似的先例',
  behind: (n: number) => `另有${n >= 1000 ? '1000件以上' : `${n}件`}事件还没进检索库`,
  alike: (score: number) => `相似${Math.round(score * 100)}`,
  rung: (tier: Tier) => `${TIER_NAMES[tier]}级扩散`,
  noOutcome: '没有记录结果',
  answered: (tier: Tier | null, account: string, after: number) =>
    `${tier === null ? '' : `${TIER_NAMES[tier]}级`}${account}${after === 0 ? '当即' : `${span(after)}后`}回应`,
  closedOnly: '没有公开回应',
  closed: (outcome: keyof typeof OUTCOME_NAMES, after: number) =>
    `${after === 0 ? '当即' : `${span(after)}后`}办结：${OUTCOME_NAMES[outcome]}`,
  acts: (relayed: number, supplemented: number, corrected: number) =>
    [
      relayed > 0 ? `转发${relayed}次` : '',
      supplemented > 0 ? `补充${supplemented}次` : '',
      corrected > 0 ? `更正${corrected}次` : '',
    ]
      .filter((one) => one !== '')
      .join('，'),
  voices: (solved: number, unsolved: number) =>
    solved + unsolved === 0 ? '' : `群众说解决了${solved}次，没解决${unsolved}次`,
  peak: (at: string, posts: string, afterAnswer: boolean, answered: boolean) =>
    `峰值${at}，每时${posts}帖${answered ? (afterAnswer ? '，在回应之后' : '，在回应之前') : ''}`,
  half: (hours: number | null) => (hours === null ? '何时减半不详' : `${hours}小时减半`),
  nextRung: (to: Tier, after: number, answered: boolean) =>
    `${answered ? '回应' : '新出现'}后${span(after)}升${TIER_NAMES[to]}`,
  noRise: (answered: boolean) => (answered ? '回应后没有再升' : '没有再升'),
  noCurve: '没有记下帖量',
} as const;
