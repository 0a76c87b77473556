import { hashOf } from '../domain/hash.ts';
import type { FoldedPost } from '../domain/post.ts';
import { spotKey, spotsIn } from '../domain/particulars.ts';
import { pathOf, regionAt, type RegionCode } from '../domain/region.ts';

/** A post's words as the watcher counts them: 32-bit hashes beside the words, and the regions of its path. */
export interface Terms {
  readonly ids: readonly number[];
  readonly words: readonly string[];
  /** Hashes of the pairs of signs of a short text: its few words are often cut in two ways. Empty for a longer one. */
  readonly grams: readonly number[];
  /** Hashes of the roads, estates, villages and schools it names, at most 6. */
  readonly spots: readonly number[];
  /** The same in its own city, one for each: 人民路 of one city is not that of another. */
  readonly spotsHere: readonly number[];
  /** Hashes of the region path, deepest first (street, county, city, province). */
  readonly places: readonly number[];
}

/** Words that say nothing of what happened, however often they come. */
const STOP = new Set(
  (
    '我们 你们 他们 自己 大家 这个 那个 这些 那些 什么 怎么 怎样 为什么 为何 哪里 哪儿 这里 那里 这样 那样 一个 一下 一样 一些 一直 一次 ' +
    '可以 可能 没有 不是 不会 不能 不要 不知 知道 觉得 感觉 就是 还是 但是 因为 所以 如果 虽然 然后 而且 或者 以及 并且 由于 关于 对于 ' +
    '已经 正在 现在 今天 昨天 明天 今晚 早上 上午 下午 晚上 中午 凌晨 刚刚 刚才 时候 时间 目前 最近 近日 日前 今年 去年 这么 那么 多少 ' +
    '真的 真是 非常 十分 特别 有点 太多 很多 许多 不少 全部 所有 其他 其它 只有 只是 还有 都是 也是 就会 起来 出来 下来 过来 进行 表示 ' +
    '发布 转发 转发微博 微博 视频 网页 链接 查看 全文 图片 分享 评论 点赞 关注 回复 哈哈 哈哈哈 哈哈哈哈 请问 各位 有人 有没有 一起 开始 ' +
    '应该 需要 希望 通过 根据 按照 相关 有关 部分 方面 情况 问题 工作 人员 记者 报道 新闻 消息 来源 网友 先生 女士 目击 公里 小时 分钟 ' +
    '看到 听说 到底 居然 竟然 终于 突然 赶紧 马上 其中 之后 之前 以后 以前 左右 期间 当时 不过 还要 不用 不了 起床 谢谢 user 展开 收起'
  ).split(' '),
);

const HAN = /\p{Script=Han}/u;
const MAX_TERMS = 40;
const NONE: readonly number[] = [];
/** Characters in which a post says where it is. */
const READ = 400;

const WORD = 0x7fffffff;
const PLACE = 0x80000000;

/** What stands for a word, a road or a pair of signs: never below 0. */
export const wordId = (word: string): number => hashOf(word) & WORD;

/** What stands for a division: always below 0, so that what a heap says can be told from where it is. */
export const placeId = (code: RegionCode): number => hashOf(code) | PLACE;
export const isPlace = (id: number): boolean => id < 0;

/** Spreads a hash over all its bits (the finaliser of MurmurHash3, public domain). */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The distinct telling words of a post, in order of appearance, at most 40. Words inside its own place's name are left out: the place counts by itself. */
export function termsOf(post: FoldedPost): Terms {
  const ids: number[] = [];
  const words: string[] = [];
  const placeName = post.region?.name ?? '';
  for (const token of post.tokens) {
    if (token.length < 2 || token.length > 12 || STOP.has(token) || !hasHan(token)) continue;
    const id = wordId(token);
    if (ids.includes(id) || placeName.includes(token)) continue;
    ids.push(id);
    words.push(token);
    if (ids.length === MAX_TERMS) break;
  }
  const named = spotsIn(post.text.slice(0, READ));
  const spots = named.length === 0 ? NONE : [...new Set(named.map((spot) => wordId(spotKey(spot))))];
  return {
    ids,
    words,
    grams: gramsOf(post.text),
    spots,
    spotsHere: spots.length === 0 ? NONE : spots.map((spot) => spotAt(spot, post.region?.code ?? null)),
    places: placesOf(post.region),
  };
}

export const placesOf = (region: { readonly code: RegionCode } | null): readonly number[] =>
  region === null ? NONE : pathOf(region.code).map(placeId);

/** A road or an estate in the city of that region, as one hash. */
export function spotAt(spot: number, region: RegionCode | null): number {
  const city = region === null ? undefined : regionAt(region, 'city');
  return city === undefined ? spot : mix(spot ^ placeId(city)) & WORD;
}

const SHORT = 40;

function gramsOf(text: string): readonly number[] {
  if (text.length > SHORT) return NONE;
  const grams = new Set<number>();
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const now = isHan(unit) ? unit : 0;
    if (before > 0 && now > 0) grams.add(mix((before << 16) | now) & WORD);
    before = now;
  }
  return [...grams];
}

const hasHan = (word: string): boolean => isHan(word.charCodeAt(0)) || HAN.test(word);

const isHan = (unit: number): boolean => unit >= 0x4e00 && unit <= 0x9fff;
