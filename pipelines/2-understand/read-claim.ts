import type { FeatureTable, Weights } from '../ports/weights.ts';
import { FeatureReader } from './read-features.ts';
import { TextReader } from './read-text.ts';

export interface ClaimWord {
  readonly word: string;
  readonly weight: number;
  /** A word for what departments deal with or for a danger: what a claim is about. */
  readonly topic: boolean;
  /** The claim itself says 不 or 没 before it. */
  readonly negated: boolean;
}

const NOT = /[不没未无]/u;
const NOT_WITHIN = 2;

/** True where a 不 or 没 stands right before: 不泄洪, 没有泄洪. */
export const isNegated = (text: string, at: number): boolean => NOT.test(text.slice(Math.max(0, at - NOT_WITHIN), at));

/** What a claim says, and where it says it happens. */
export interface ReadClaim {
  readonly what: readonly ClaimWord[];
  readonly where: readonly ClaimWord[];
}

/** Long claims explain themselves; their heaviest words are the claim. */
const MOST_WHAT = 10;
const MOST_WHERE = 4;
/** Weight of a word that no text of training had: rarer than all that were seen. */
const UNSEEN = 11;
const TOPIC = 2;
const TOPICS = /^(?:duty\.|life$|life\.hazard$|life\.sign$)/u;

/** Endings of names of places. A word that is only an ending makes the word before it part of the name. */
const PLACE_WORDS = new Set(
  '小区 社区 街道 水库 大桥 医院 学校 小学 中学 大学 幼儿园 超市 商场 广场 公园 车站 地铁站 工厂 大厦 花园 景区 水厂 市场 隧道 机场'.split(
    ' ',
  ),
);
/** 水库, 小区: says what kind of place it is, not which. */
export const isKindOfPlace = (word: string): boolean => PLACE_WORDS.has(word);

const PLACE_ENDS = /[省市区县镇乡村路街桥厂站河湖山园湾]$/u;

/** Words of telling and of time: whoever spreads or denies anything uses them. */
const EMPTY = new Set(
  (
    '网传 听说 据说 有人 有人说 消息 视频 图片 网友 朋友圈 微信群 群里 转发 扩散 发生 出现 导致 进行 表示 称 今天 今晚 明天 昨天 昨晚 ' +
    '明日 今日 现在 目前 近日 日前 已经 可能 将会 将要 即将 可以 需要 需 大家 我们 他们 这个 那个 一个 多个 所有 全部 很多 多人 多名 ' +
    '由于 因为 所以 但是 如果 以及 并且 关于 其中 其他 一些 这里 当地 本地 附近 为什么 什么 怎么 情况 事情 问题 相关 有关 ' +
    // What every second claim has.
    '紧急 通知 注意 提醒 立即 马上 赶紧'
  ).split(' '),
);

/** Reads claims: cut into words, each weighed by how rare it is in ordinary texts. */
export function claimWords(weights: Weights, cut: (text: string) => string[]): (claim: string) => ReadClaim {
  const reader = new TextReader(weights.folding);
  const rarity = rarityOf(weights.text, weights.folding);
  const topics = weights.cues.filter(({ label, weight }) => weight > 0 && TOPICS.test(label)).map(({ word }) => word);
  const known = new Map<string, boolean>();
  const isTopic = (word: string): boolean => {
    let topic = known.get(word);
    if (topic === undefined) known.set(word, (topic = topics.some((each) => word.includes(each))));
    return topic;
  };
  return (claim) => {
    reader.read(claim);
    const folded = String.fromCharCode(...reader.folded.subarray(0, reader.foldedLength));
    const words = cut(folded).filter((word) => /[\p{L}\p{N}]/u.test(word));
    const what = new Map<string, ClaimWord>();
    const where = new Map<string, ClaimWord>();
    words.forEach((word, at) => {
      if (word.length < 2 || EMPTY.has(word)) return;
      const next = words[at + 1] ?? '';
      const isPlace = PLACE_WORDS.has(word) || PLACE_ENDS.test(word) || (PLACE_WORDS.has(next) && !isTopic(word));
      const negated = isNegated(folded, folded.indexOf(word));
      const topic = isTopic(word);
      (isPlace ? where : what).set(word, { word, weight: rarity(word) * (topic ? TOPIC : 1), topic, negated });
    });
    return { what: heaviest(what, MOST_WHAT), where: heaviest(where, MOST_WHERE) };
  };
}

const heaviest = (words: ReadonlyMap<string, ClaimWord>, most: number): ClaimWord[] =>
  [...words.values()].sort((a, b) => b.weight - a.weight).slice(0, most);

/** How rare a word is: the mean inverse document frequency of its pairs of signs, from the table of the heads. */
function rarityOf(table: FeatureTable, folding: Uint16Array): (word: string) => number {
  const reader = new TextReader(folding);
  const features = new FeatureReader();
  const last = table.slots.length - 1;
  const squareOf = (hash: number): number | undefined => {
    for (let slot = hash & last; table.slots[slot] !== 0; slot = (slot + 1) & last)
      if (table.slots[slot] === hash) return table.squares[table.rowOf[slot] as number];
    return undefined;
  };
  return (word) => {
    reader.read(word);
    features.read(reader, false);
    let [sum, pairs] = [0, 0];
    for (let f = 0; f < features.count; f++) {
      if (features.lengths[f] !== 2) continue;
      const square = squareOf(features.hashes[f] as number);
      sum += square === undefined ? UNSEEN : Math.sqrt(square);
      pairs++;
    }
    return pairs === 0 ? UNSEEN / 2 : sum / pairs;
  };
}
