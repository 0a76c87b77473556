import type { FactKind, Span } from '../domain/fact.ts';
import { isSameMoment, momentsIn } from './read-moment.ts';
import { isSameName, namesIn, placesIn, type Named } from './read-names.ts';
import { isSameQuantity, quantitiesIn, type Quantity } from './read-number.ts';

/** One official text: what an account published. */
export interface Version {
  readonly text: string;
  /** Epoch ms: 今天 and 昨晚 count from it. */
  readonly publishedAt: number;
}

/** What a text states: a number, a time, a place or a name, with what it is about. */
export interface Fact extends Span {
  readonly kind: FactKind;
  readonly fact: string;
  /** Words around a number whose clause names no subject of the list: two such are one fact where these overlap. */
  readonly around?: ReadonlySet<string>;
  isSame(other: Fact): boolean;
}

/** What numbers are about. The nearest in the own clause counts, then the one before it in the sentence, then after. */
const SUBJECTS: readonly (readonly [subject: string, RegExp])[] = [
  ['死亡', /死亡|遇难|罹难|身亡|丧生|(?<=[\d一二三四五六七八九十])死/gu],
  ['重伤', /重伤/gu],
  ['轻伤', /轻伤|轻微伤/gu],
  ['受伤', /受伤|伤者|伤员|(?<![重轻无员人])伤(?![亡者员情害])/gu],
  ['失联', /失联|失踪/gu],
  ['获救', /获救|救出|脱困|脱险/gu],
  ['被困', /被困/gu],
  ['送医', /送医|住院|就医|就诊|收治|救治/gu],
  ['身体不适', /不适|呕吐|腹泻|发热|确诊|中毒/gu],
  ['转移', /转移|疏散|撤离/gu],
  ['安置', /安置/gu],
  ['涨落', /上涨|下降|回落|上升|涨幅/gu],
  ['水位', /水位|水深|积水/gu],
  ['流量', /流量|下泄|泄流/gu],
  ['雨量', /降雨|雨量|降水/gu],
  ['库容', /库容|蓄水/gu],
  ['损失', /损失/gu],
  ['罚款', /罚款|处罚/gu],
  ['赔付', /赔偿|补偿|赔付|退款|退还/gu],
  ['价格', /票价|收费|价格|单价/gu],
  ['停水', /停水|断水/gu],
  ['停电', /停电|断电/gu],
  ['停暖', /停暖|停热/gu],
  ['停气', /停气/gu],
  ['恢复', /恢复|修复/gu],
  ['过火', /过火/gu],
  ['受灾', /受灾|受损|倒塌/gu],
  ['浓度', /浓度|含量|超标/gu],
  ['风力', /风力|阵风/gu],
  ['地震', /地震|震级/gu],
  ['响应', /响应/gu],
  ['投入', /出动|投入|派出(?!所)|调派|调集/gu],
  ['拘留', /拘留|抓获|控制|传唤/gu],
  ['查处', /查处|立案|查获/gu],
  ['抽检', /抽检|检测|监测|采样|合格/gu],
  ['班级', /停课|复课/gu],
];
/** What happens at a time. */
const MOMENT_SUBJECTS: readonly (readonly [subject: string, RegExp])[] = [
  ['截至', /截至|截止/gu],
  ['接报', /接报|接到|接警/gu],
  ['到场', /到达|到场|赶到|抵达/gu],
  ['恢复', /恢复|通水|来水|复电|通车|供暖|修复/gu],
  ['扑灭', /扑灭|明火/gu],
  ['停供', /停水|停电|停气|停暖/gu],
  ['泄洪', /泄洪|放水|开闸/gu],
  ['转移', /转移|疏散|撤离/gu],
  ['管制', /管制|封闭|封路|禁行/gu],
  ['停课', /停课/gu],
  ['复课', /复课|开学/gu],
  ['通报', /通报|发布会|公布/gu],
  ['结束', /结束|解除/gu],
  ['发生', /发生|事发|起火|爆炸|坍塌|追尾|相撞|溃口|泄漏/gu],
];
const NOBODY = /(?:无|没有|未造成|未发现|未出现|暂无|未接到)(?:人员)?(伤亡|死亡|受伤|被困|失联)/gu;
/** Numbers that say themselves what they count: 43岁, 2死3伤. */
const OWN_SUBJECT: readonly (readonly [RegExp, string])[] = [
  [/岁$/u, '年龄'],
  [/死$/u, '死亡'],
  [/伤$/u, '受伤'],
];
/** A number whose sentence names nothing of the list. */
export const NO_SUBJECT = '数量';

/** Everything a text states that another text could state differently. */
export function factsOf({ text, publishedAt }: Version): Fact[] {
  const moments = momentsIn(text, publishedAt);
  const inMoment = (at: Span): boolean => moments.some(({ start, end }) => at.start < end && at.end > start);
  return [
    ...quantitiesIn(text)
      .filter((quantity) => !inMoment(quantity))
      .map((quantity) => numberFact(text, quantity)),
    ...[...text.matchAll(NOBODY)].flatMap((match) => nobody(match)),
    ...moments
      .map((moment): Fact => {
        const subject = subjectOf(text, moment, MOMENT_SUBJECTS, moment.isEnd)?.name ?? '发生';
        return {
          ...{ kind: 'time', start: moment.start, end: moment.end, text: moment.text },
          fact: `${subject}时间${moment.isEnd ? '（止）' : ''}`,
          isSame: (other) => isSameMoment(moment, held.get(other) as typeof moment),
        };
      })
      .map((fact, at) => keep(fact, moments[at]!)),
    ...placesIn(text).map((named) => namedFact('place', named)),
    ...namesIn(text).map((named) => namedFact('name', named)),
  ];
}

/** What a fact was read from, for the comparison with another of its kind. */
const held = new WeakMap<Fact, unknown>();
function keep(fact: Fact, from: unknown): Fact {
  held.set(fact, from);
  return fact;
}

function numberFact(text: string, quantity: Quantity): Fact {
  const own = OWN_SUBJECT.find(([ending]) => ending.test(quantity.text))?.[1];
  const subject = own === undefined ? subjectOf(text, quantity, SUBJECTS, false) : { name: own, isNear: true };
  const fact: Fact = {
    ...{ kind: 'number', start: quantity.start, end: quantity.end, text: quantity.text },
    fact: `${subject?.name ?? NO_SUBJECT}（${quantity.unit}）`,
    ...(subject?.isNear === true ? {} : { around: wordsAround(text, quantity) }),
    isSame: (other) => isSameQuantity(quantity, held.get(other) as Quantity),
  };
  return keep(fact, quantity);
}

/** 无人员伤亡 says that nobody died and nobody was hurt. */
function nobody(match: RegExpExecArray): Fact[] {
  const subjects = match[1] === '伤亡' ? ['死亡', '受伤'] : [match[1] ?? ''];
  return subjects.map((subject) => {
    const at = { start: match.index, end: match.index + match[0].length, text: match[0] };
    const none: Quantity = { ...at, low: 0, high: 0, unit: '人' };
    return keep(
      {
        ...at,
        kind: 'number',
        fact: `${subject}（人）`,
        isSame: (other) => isSameQuantity(none, held.get(other) as Quantity),
      },
      none,
    );
  });
}

const namedFact = (kind: FactKind, named: Named): Fact => ({
  ...{ kind, fact: named.role, start: named.start, end: named.end, text: named.text },
  isSame: (other) => isSameName(named.text, other.text),
});

interface Subject {
  readonly name: string;
  /** Named in the own clause. */
  readonly isNear: boolean;
}

/** Nearest word for what it is about: in its own clause, else earlier in the sentence, else later in it. */
function subjectOf(
  text: string,
  at: Span,
  subjects: readonly (readonly [string, RegExp])[],
  isEnd: boolean,
): Subject | undefined {
  const begin = lastOf(text, /[。；！？\n]/u, at.start);
  const end = nextOf(text, /[。；！？\n]|其(?=中)/u, at.end);
  const clauseBegin = Math.max(begin, lastOf(text, /[，、,]/u, at.start));
  const clauseEnd = Math.min(end, nextOf(text, /[，、,]/u, at.end));
  const found: { subject: string; start: number; end: number }[] = [];
  for (const [subject, words] of subjects)
    for (const match of text.slice(begin, end).matchAll(words))
      found.push({ subject, start: begin + match.index, end: begin + match.index + match[0].length });
  const distance = (each: { start: number; end: number }): number =>
    each.end <= at.start ? at.start - each.end : Math.max(0, each.start - at.end) + (isEnd ? 0 : 0.5);
  const nearest = (among: typeof found): string | undefined =>
    among.sort((a, b) => distance(a) - distance(b))[0]?.subject;
  const near = nearest(found.filter((each) => each.start >= clauseBegin && each.end <= clauseEnd));
  if (near !== undefined) return { name: near, isNear: true };
  const far =
    nearest(found.filter((each) => each.end <= clauseBegin)) ??
    nearest(found.filter((each) => each.start >= clauseEnd));
  return far === undefined ? undefined : { name: far, isNear: false };
}

function lastOf(text: string, sign: RegExp, before: number): number {
  for (let at = before - 1; at >= 0; at--) if (sign.test(text.charAt(at))) return at + 1;
  return 0;
}

function nextOf(text: string, sign: RegExp, from: number): number {
  const found = text.slice(from).search(sign);
  return found < 0 ? text.length : from + found;
}

/** Pairs of signs in the clause of a number, without the number itself. */
function wordsAround(text: string, at: Span): ReadonlySet<string> {
  const begin = lastOf(text, /[，。；、！？\n]/u, at.start);
  const end = nextOf(text, /[，。；、！？\n]/u, at.end);
  const pairs = new Set<string>();
  for (const part of [
    text.slice(Math.max(begin, at.start - 8), at.start),
    text.slice(at.end, Math.min(end, at.end + 8)),
  ])
    for (let sign = 0; sign + 1 < part.length; sign++)
      if (/^\p{Script=Han}{2}$/u.test(part.slice(sign, sign + 2))) pairs.add(part.slice(sign, sign + 2));
  return pairs;
}
