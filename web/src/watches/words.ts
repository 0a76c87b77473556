import type { PostKind } from '../../../pipelines/domain/post.ts';
import { TIER_NAMES, type Tier } from '../../../pipelines/domain/tier.ts';
import type { WatchAsk, WatchRow } from '../../../server/contract/watches.ts';
import { spanWords } from '../ui/time-words.ts';

const span = (minutes: number): string => spanWords(minutes * 60_000, false);
const list = (words: readonly string[]): string => words.map((word) => `“${word}”`).join('、');

export const KIND_WORDS: Readonly<Record<PostKind, string>> = {
  post: '发帖',
  comment: '评论',
  repost: '转发',
  hotlist: '热榜',
  article: '文章',
};

/** Every sentence the page 关注 says. */
export const words = {
  title: '关注',
  loading: '正在读取关注',
  failed: '读不到关注',
  asOf: (at: string) => `截至${at}`,
  stale: (at: string) => `数据停于${at}，正在重连`,
  summary: (all: number, open: number) => `${all}条，${open}条提醒中`,
  none: '还没有关注',
  noneHint: '把要一直留意的词、地点、诉求存下来，新帖一来就对，够数就提醒',
  add: '新建关注',

  open: (since: string, count: string) => `提醒中，${since}起${count}帖`,
  calm: '平静',
  calmSince: (at: string) => `平静，末次命中${at}`,
  paused: '已暂停',
  channel: (name: string) => `通知到${name}`,
  screens: '只在屏幕上提醒',
  quiet: (from: string, to: string) => `${from}–${to}静默，急件除外`,
  by: (who: string, at: string, version: number, why: string) =>
    `${who}${at}改，第${version}版${why === '' ? '' : `：${why}`}`,
  hits: '近来提醒',
  noHits: '还没有提醒过',
  hit: { opened: '提醒', closed: '结束' },
  hitWords: (event: 'opened' | 'closed', count: string) => (event === 'opened' ? `满${count}帖` : `前后共${count}帖`),
  silent: (until: string) => `静默到${until}`,
  search: '在检索中看',
  edit: '修改',
  pause: '暂停',
  resume: '恢复',
  remove: '删除',
  actions: (name: string) => `对“${name}”：`,
  removed: (name: string) => `已删除“${name}”`,
  undo: '撤回',
  versions: '改动记录',
  wasRemoved: '删除',
  wasPaused: '暂停',

  editorNew: '新建关注',
  editorOf: (name: string) => `修改“${name}”`,
  name: '名称',
  wordsLegend: '词',
  all: '都要有',
  any: '有一个就行',
  noneOf: '不能有',
  wordsHint: '多个词用空格或顿号隔开',
  places: '地点',
  placesHint: '含下级；都不选就是不限地点',
  otherPlaces: '其他地点的区划代码',
  codeWrong: '区划代码应是6、9或12位数字',
  more: '更多条件',
  needs: '诉求',
  duties: '主管',
  kinds: '帖文种类',
  rung: '所属事件的台阶',
  anyRung: '不限',
  rungAtLeast: (tier: Tier) => `${TIER_NAMES[tier]}级及以上`,
  rule: '何时提醒',
  opens: ['在', '分钟内满', '帖时提醒'],
  closes: ['连续', '分钟不足', '帖时结束'],
  ruleShort: ({ open, close }: Pick<WatchAsk, 'open' | 'close'>) =>
    `${span(open.minutes)}内满${open.posts}帖提醒，${span(close.minutes)}${close.posts === 1 ? '没有新帖' : `不足${close.posts}帖`}结束`,
  ruleWords: ({ open, close }: Pick<WatchAsk, 'open' | 'close'>) =>
    `${span(open.minutes)}内满${open.posts}帖时提醒一次；连续${span(close.minutes)}${close.posts === 1 ? '没有新帖' : `不足${close.posts}帖`}时结束，之后重新计数。相同文字的帖只算一帖。`,
  quietOn: '夜间静默',
  quietFrom: '静默从',
  quietTo: '静默到',
  quietHint: '静默时照样记下，到点再通知；有生命危险的帖不静默',
  channelName: '通知渠道',
  channelHint: '填渠道名称；空着只在屏幕上提醒',
  pausedLabel: '先暂停',
  why: '为何',
  save: '保存',
  saving: '正在保存',
  cancel: '取消',
  saved: (name: string) => `已保存“${name}”`,
  notSaved: (why: string) => `没有存下：${why}`,
  meanwhile: '别人刚改过这条关注，下面已是新的一版；若仍要改，再存一次',

  test: '试跑近7天',
  testing: '正在试跑',
  testNothing: '填一个词或选一个地点，就能看到近7天会怎样',
  testFailed: (why: string) => `试跑不成：${why}`,
  wouldOpen: (times: number) => (times === 0 ? '近7天不会提醒' : `近7天会提醒${times}次`),
  matched: (n: string, atLeast: boolean) => `命中${atLeast ? '至少' : ''}${n}帖（去重）`,
  often: '提醒过密，可提高帖数或缩短时间',
  behind: (n: string) => `另有${n}帖还没进检索库`,
  cutAs: (parts: readonly string[]) => `按词查找：${parts.join('；')}`,
  opening: (at: string, until: string | null, count: string) =>
    `${at}提醒，${until === null ? '至今未结束' : `${until}结束`}，${count}帖`,
  moreOpenings: (n: number) => `另有${n}次`,
  dayChart: (days: string) => `近7天每天命中：${days}`,
  testPosts: '命中的帖文',
  noPosts: '近7天没有命中的帖文',

  /** A query in one sentence. */
  query: ({ query, places }: Pick<WatchRow, 'query' | 'places'>): string =>
    [
      query.all.length > 0 ? `都有${list(query.all)}` : '',
      query.any.length > 0 ? `有${list(query.any)}之一` : '',
      query.none.length > 0 ? `没有${list(query.none)}` : '',
      places.length > 0 ? `在${places.join('、')}` : '',
      query.needs.length > 0 ? `诉求为${query.needs.join('、')}` : '',
      query.duties.length > 0 ? `主管为${query.duties.join('、')}` : '',
      query.kinds.length > 0 ? `限${query.kinds.map((kind) => KIND_WORDS[kind]).join('、')}` : '',
      query.rung === null ? '' : `事件到${TIER_NAMES[query.rung]}级及以上`,
    ]
      .filter((part) => part !== '')
      .join('；'),
} as const;
