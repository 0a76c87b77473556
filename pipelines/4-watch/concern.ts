import type { FoldedPost } from '../domain/post.ts';
import type { IncidentKind } from '../domain/incident.ts';

/** Words of things that happen to people and that an office has to answer for; each with the kind it speaks for. */
const WORDS: Readonly<Record<'事故' | '灾害' | '投诉' | '舆情', string>> = {
  事故:
    '事故 车祸 相撞 追尾 侧翻 碰撞 坠毁 坠机 失事 失联 坠落 坠亡 坠楼 爆炸 燃爆 起火 着火 火灾 大火 失火 坍塌 倒塌 垮塌 塌陷 塌方 泄漏 泄露 ' +
    '中毒 触电 溺水 溺亡 遇难 身亡 死亡 伤亡 受伤 被困 失踪 走失 脱轨 沉船 翻船 踩踏 窒息 烧伤 砸伤 撞倒 肇事 逃逸 伤者 送医 救援 搜救 抢救 停运',
  灾害: '地震 余震 震感 暴雨 洪水 洪灾 内涝 积水 泥石流 山体滑坡 滑坡 山洪 台风 龙卷风 冰雹 暴雪 决堤 溃坝 泄洪 干旱 山火 森林火灾 转移群众 预警',
  投诉:
    '停水 停电 停气 停暖 停供 断水 断电 断供 水压 供暖 漏水 积水 异味 臭味 刺鼻 恶臭 污染 污水 噪音 扰民 拖欠 欠薪 讨薪 拒付 强拆 违建 ' +
    '烂尾 维权 投诉 举报 变质 发霉 腹泻 呕吐 食堂 乱收费 占道 堵塞 断头路 塌坑 路灯 垃圾 维修 无人管 没人管 推诿',
  舆情:
    '打人 殴打 被打 施暴 围殴 砍人 捅 持刀 行凶 杀害 遇害 猥亵 性侵 强奸 虐待 虐童 霸凌 欺凌 拐卖 拐走 被拐 绑架 诈骗 非法集资 跑路 ' +
    '冲突 争执 对峙 聚集 罢工 封控 隔离 确诊 疫情 感染 病例 网传 谣言 辟谣 曝光 通报 调查 立案 被查 刑拘 停职 道歉 冒名顶替 造假',
};

const KIND_OF = new Map<string, keyof typeof WORDS>();
for (const kind of Object.keys(WORDS) as (keyof typeof WORDS)[])
  for (const word of WORDS[kind].split(' ')) if (!KIND_OF.has(word)) KIND_OF.set(word, kind);

/** What one post says about being something to answer. `score` 0…1. */
export interface Concern {
  readonly score: number;
  readonly kind: IncidentKind | null;
  readonly word: string | null;
}

/**
 * How much a post sounds like something an office must answer: life at risk and pleas most, then named harm, demands, rumor
 * and a bad mood. A sum of plain parts, so that it can be read out: no part alone makes ordinary grumbling an incident.
 */
export function concernOf(post: FoldedPost): Concern {
  let word: string | null = null;
  let kind: IncidentKind | null = null;
  for (const token of post.tokens) {
    const found = KIND_OF.get(token);
    if (found === undefined) continue;
    word = token;
    kind = found;
    break;
  }
  if (word === null && post.text.length <= 40) {
    // Titles are cut differently from sentences ("发生倒塌" may be one word): look inside them as well.
    for (const [cue, of] of KIND_OF) {
      if (cue.length < 2 || !post.text.includes(cue)) continue;
      word = cue;
      kind = of;
      break;
    }
  }
  const need = post.need.kind;
  let score = word === null ? 0 : 0.6;
  if (post.need.lifeAtRisk) score += 0.5;
  else if (need === '求助' || need === '投诉' || need === '举报') score += 0.4;
  else if (need === '咨询') score += 0.15;
  if (post.rumor.needsCheck) score += 0.3;
  if (post.sentiment.label === 'negative') score += 0.2;
  else if (post.sentiment.label === 'positive') score -= 0.2;
  if (need === '求助' || need === '举报') kind = need;
  else if (kind === null && need !== null) kind = need;
  return { score: Math.max(0, Math.min(1, score)), kind, word };
}
