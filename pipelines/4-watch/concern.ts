import type { FoldedPost } from '../domain/post.ts';
import type { IncidentKind } from '../domain/incident.ts';

/** Words of things that happen to people and that an office has to answer for; each with the kind it speaks for. */
const WORDS: Readonly<Record<'事故' | '灾害' | '投诉' | '舆情', string>> = {
  事故:
    '事故 车祸 相撞 追尾 侧翻 碰撞 坠毁 坠机 失事 失联 坠落 坠亡 坠楼 爆炸 燃爆 起火 着火 火灾 大火 失火 坍塌 倒塌 垮塌 塌陷 塌方 泄漏 泄露 ' +
    '中毒 触电 溺水 溺亡 遇难 身亡 死亡 伤亡 受伤 被困 失踪 走失 脱轨 沉船 翻船 踩踏 窒息 烧伤 砸伤 撞倒 肇事 逃逸 伤者 送医 救援 搜救 抢救 停运 翻车 侧翻 撞上 撞车 坠楼 漏气 燃气泄漏 煤气泄漏',
  灾害: '地震 余震 震感 暴雨 洪水 洪灾 内涝 积水 泥石流 山体滑坡 滑坡 山洪 台风 龙卷风 冰雹 暴雪 决堤 溃坝 泄洪 干旱 山火 森林火灾 转移群众 预警 水淹 被淹 淹水 雷击 塌陷 决口 渗水',
  投诉:
    '停水 停电 停气 停暖 停供 断水 断电 断供 水压 供暖 漏水 积水 异味 臭味 刺鼻 恶臭 污染 污水 噪音 扰民 拖欠 欠薪 讨薪 拒付 强拆 违建 ' +
    '烂尾 维权 投诉 举报 变质 发霉 腹泻 呕吐 食堂 乱收费 食物中毒 上吐下泻 工钱 血汗钱 包工头 通宵施工 夜间施工 夜里施工 吵死人 打桩 施工噪音 熏人 偷排 占道 堵塞 断头路 塌坑 路灯 垃圾 维修 无人管 没人管 推诿',
  舆情:
    '打人 殴打 被打 施暴 围殴 砍人 捅 持刀 行凶 杀害 遇害 猥亵 性侵 强奸 虐待 虐童 霸凌 欺凌 拐卖 拐走 被拐 绑架 诈骗 非法集资 跑路 ' +
    '冲突 争执 对峙 聚集 罢工 封控 隔离 确诊 疫情 感染 病例 网传 谣言 辟谣 曝光 通报 调查 立案 被查 刑拘 停职 道歉 冒名顶替 造假 投毒 有毒 抢小孩 抢孩子 拐孩子 讨说法',
};

const KIND_OF = new Map<string, keyof typeof WORDS>();
for (const kind of Object.keys(WORDS) as (keyof typeof WORDS)[])
  for (const word of WORDS[kind].split(' ')) if (!KIND_OF.has(word)) KIND_OF.set(word, kind);

/** Which signs one of the words begins with: most of a text is passed by one look. */
const BEGINS = new Uint8Array(2 ** 16);
for (const word of KIND_OF.keys()) BEGINS[word.charCodeAt(0)] = 1;

/** By their first two signs, in one number: the words and their places in the list. */
const BY_START = new Map<number, { readonly word: string; readonly rank: number }[]>();
for (const [rank, word] of [...KIND_OF.keys()].filter(({ length }) => length >= 2).entries()) {
  const start = startAt(word, 0);
  const others = BY_START.get(start);
  if (others === undefined) BY_START.set(start, [{ word, rank }]);
  else others.push({ word, rank });
}

function startAt(text: string, at: number): number {
  return text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);
}

/** The first word of the list that a text has in it, wherever. */
function wordInside(text: string): string | undefined {
  let [found, first]: [string | undefined, number] = [undefined, Infinity];
  for (let at = 0; at + 1 < text.length; at++) {
    if (BEGINS[text.charCodeAt(at)] === 0) continue;
    for (const { word, rank } of BY_START.get(startAt(text, at)) ?? [])
      if (rank < first && text.startsWith(word, at)) [found, first] = [word, rank];
  }
  return found;
}

/** Characters of the longest pair of tokens that may be one of the words. */
const LONGEST = 4;

/** What one post says about being something to answer. `score` 0…1. */
export interface Concern {
  readonly score: number;
  readonly kind: IncidentKind | null;
  readonly word: string | null;
  /** Passed on or questioned as something heard. */
  readonly hearsay: boolean;
}

/** Words by which people pass on or question something they only heard. */
const HEARSAY = /网传|传言|谣言|辟谣|听说|据说|求证|求真相|真的假的|是真的吗|真的吗|有没有官方|群里(?:都)?在传/u;

/**
 * How much a post sounds like something an office must answer: named harm, life at risk, demands, hearsay; a bad mood adds
 * little. A sum of plain parts, so that it can be read out: no mood and no model score alone makes small talk an incident.
 */
export function concernOf(post: FoldedPost): Concern {
  const cue = cueOf(post);
  const { kind: need, lifeAtRisk } = post.need;
  const demands = need === '求助' || need === '投诉' || need === '举报';
  const hearsay = HEARSAY.test(post.text);
  let score = cue === null ? 0 : 0.5;
  if (lifeAtRisk) score += 0.4;
  else if (demands) score += 0.35;
  else if (need === '咨询') score += 0.1;
  if (hearsay) score += 0.35;
  if (post.sentiment.label === 'negative') score += 0.1;
  // Who prays for the injured writes in a glad mood: it takes little from a named harm.
  if (post.sentiment.label === 'positive') score -= cue === null ? 0.25 : 0.1;
  const kind = need === '求助' || need === '举报' ? need : (cue?.kind ?? need);
  return { score: Math.max(0, Math.min(1, score)), kind, word: cue?.word ?? null, hearsay };
}

function cueOf(post: FoldedPost): { word: string; kind: IncidentKind } | null {
  let before = '';
  for (const token of post.tokens) {
    const whole = BEGINS[token.charCodeAt(0)] === 0 ? undefined : KIND_OF.get(token);
    if (whole !== undefined) return { word: token, kind: whole };
    // The tokeniser cuts some of them in two: 夜间|施工.
    if (before.length + token.length <= LONGEST && BEGINS[before.charCodeAt(0)] === 1) {
      const kind = KIND_OF.get(before + token);
      if (kind !== undefined) return { word: before + token, kind };
    }
    before = token;
  }
  // Titles are cut differently from sentences ("发生倒塌" may be one word): look inside them as well.
  const word = post.text.length <= 40 ? wordInside(post.text) : undefined;
  return word === undefined ? null : { word, kind: KIND_OF.get(word)! };
}
