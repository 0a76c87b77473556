import type { IncidentCard, IncidentMark, Section } from '../domain/report.ts';
import { TIER_NAMES, tierRank } from '../domain/tier.ts';
import type { EchoFacts, IncidentFacts, WeekFacts } from './facts.ts';
import { evidence, grouped, momentOf, percent, say, span } from './say.ts';
import { within } from './week-figures.ts';

const CARDS = 5;
/** A, B … Z, then A2, B2 …: the same letter names an incident all through the report. */
export const letterAt = (at: number): string =>
  `${String.fromCharCode(65 + (at % 26))}${at < 26 ? '' : String(Math.floor(at / 26) + 1)}`;

/** Those that something happened to in the week before those that only wait: the highest rung first, a life at risk one higher, then heat. */
export function mostImportant<Given extends Pick<IncidentFacts, 'incident' | 'file'>>(
  incidents: readonly Given[],
  week: WeekFacts['week'],
): readonly Given[] {
  const waits = ({ incident, file }: Given): number =>
    Number(
      ![
        ...[incident.openedAt, incident.lastPostAt, ...incident.steps.map(({ at }) => at)],
        ...(file?.answers.map(({ at }) => at) ?? []),
      ].some((at) => within(week, at)),
    );
  return [...incidents]
    .filter(({ incident }) => incident.state !== 'merged')
    .sort(
      (a, b) =>
        waits(a) - waits(b) ||
        heightOf(b) - heightOf(a) ||
        b.incident.heat - a.incident.heat ||
        (a.incident.id < b.incident.id ? -1 : 1),
    );
}

const heightOf = ({ incident }: Pick<IncidentFacts, 'incident'>): number =>
  tierRank(incident.rung) + (incident.lifeAtRisk ? 1 : 0);

/** Those that get a card of their own. */
export const chooseCards = <Given extends Pick<IncidentFacts, 'incident' | 'file'>>(
  incidents: readonly Given[],
  week: WeekFacts['week'],
): readonly Given[] => mostImportant(incidents, week).slice(0, CARDS);

/** 重点事件: a card each, with its curve, its steps and its answers. */
export function showIncidents(facts: WeekFacts): Section {
  const chosen = chooseCards(facts.incidents, facts.week);
  const { from, to } = facts.week;
  return {
    id: 'incidents',
    title: '重点事件',
    small: `共${chosen.length}起，按台阶与热度，人命关天的抬一级`,
    blocks:
      chosen.length === 0
        ? [
            {
              kind: 'sentences',
              items: [say('本周没有新增或仍在办理的事件。', { question: { of: 'incidents', from, to } })],
            },
          ]
        : chosen.map((each, at) => ({ kind: 'card', card: cardOf(each, letterAt(at), facts) })),
  };
}

function cardOf(entry: IncidentFacts, letter: string, { week }: WeekFacts): IncidentCard {
  const { incident, place, file, posts, voices, precedents, echo } = entry;
  const own = { incidents: [incident.id], posts: posts.slice(0, 50) };
  const reach = incident.burst;
  return {
    incident: incident.id,
    letter,
    title: incident.title,
    state: stateOf(entry, week),
    facts: [
      place,
      ...(incident.need === null ? [] : [incident.need]),
      ...(incident.kind === '谣言' ? [CLAIM_STATES[file?.refuted?.finding ?? 'unknown']] : []),
      `最高到${TIER_NAMES[incident.rung]}`,
      `去重${grouped(incident.count)}帖，全部${grouped(incident.copies)}帖`,
      ...(reach?.looksCoordinated === true ? ['发帖像是有组织的'] : []),
    ],
    evidence: evidence(own),
    curve: reach?.curve.map(({ at, distinct }) => ({ at, distinct })) ?? [],
    marks: marksOf(entry, week),
    terms: termsOf(entry, week),
    voices: voices.slice(0, 3).map((voice) => ({
      label: `${voice.label}（${percent(voice.share)}）`,
      text: `“${voice.text}”${voice.copies > 1 ? `，${voice.copies}份近似` : ''}`,
      evidence: evidence({ posts: [voice.post] }),
    })),
    next: [
      ...(file?.handoffs ?? [])
        .filter(({ state: court }) => court === 'open' || court === 'accepted')
        .map((handoff) =>
          say(
            `下一步：${handoff.mode}${handoff.to}，自${momentOf(handoff.since, week)}起，${handoff.state === 'open' ? '未签收' : '办理中'}。`,
            own,
          ),
        ),
      ...(precedents === null || precedents.length === 0
        ? [say(precedents === null ? '先例：检索库暂不可用，这一稿没有检索。' : '先例：没有相近的往例。', own)]
        : precedents.slice(0, 2).map(({ title, says }) => say(`先例：${title}，${says}。`, own))),
      ...(echo !== null && echo.cut ? [say('帖文多于一次所读，触达为下限。', own)] : []),
    ],
  };
}

function marksOf({ incident, file }: IncidentFacts, week: WeekFacts['week']): IncidentMark[] {
  return [
    ...incident.steps.map((step): IncidentMark => ({
      ...{ at: step.at, kind: 'step', tier: step.to },
      text: `${momentOf(step.at, week)}到${TIER_NAMES[step.to]}`,
    })),
    ...(file?.answers ?? []).map((answer): IncidentMark => ({
      ...{ at: answer.at, kind: 'answer', tier: answer.tier ?? incident.rung },
      text: `${momentOf(answer.at, week)}${answer.tier === null ? '' : `${TIER_NAMES[answer.tier]}级`}${ANSWER_WORDS[answer.act]}`,
    })),
    ...(file === null || file.closedAt === null
      ? []
      : [
          {
            ...{ at: file.closedAt, kind: 'closed' as const, tier: incident.rung },
            text: `${momentOf(file.closedAt, week)}办结`,
          },
        ]),
  ].sort((a, b) => a.at - b.at);
}

function stateOf({ file }: IncidentFacts, week: WeekFacts['week']): string {
  if (file === null) return '未建档';
  if (file.closedAt !== null)
    return `${momentOf(file.closedAt, week)}办结${file.outcome === null ? '' : `，${file.outcome}`}`;
  if (file.answers.some(({ act }) => act === 'answered')) return '已回应，未办结';
  return file.due < week.to ? '逾期未答' : '待回应';
}

function termsOf({ incident, file, echo }: IncidentFacts, week: WeekFacts['week']): IncidentCard['terms'] {
  const answered = file?.answers.find(({ act }) => act === 'answered');
  return [
    { term: '首帖', says: momentOf(incident.firstPostAt, week) },
    {
      term: '首次发现',
      says: `${momentOf(incident.openedAt, week)}，首帖后${span(incident.openedAt - incident.firstPostAt)}`,
    },
    {
      term: '首次回应',
      says:
        answered === undefined || file === null
          ? '还没有'
          : `${momentOf(answered.at, week)}，${answered.tier === null ? '' : `${TIER_NAMES[answered.tier]}级`}${answered.account}，${span(answered.at - file.start)}`,
    },
    {
      term: '台阶',
      says: incident.steps.map(({ to, at }) => `${TIER_NAMES[to]}${momentOf(at, week)}`).join('，'),
    },
    { term: '回声', says: echo === null ? (answered === undefined ? '还没有回应' : '还没有量') : echoWords(echo) },
    ...(echo === null
      ? []
      : [
          {
            term: incident.claim === undefined ? '诉说与答复触达' : '传言与更正触达',
            says: `${grouped(echo.claim.distinct)}帖比${grouped(echo.correction.distinct)}帖（去重）`,
          },
        ]),
  ];
}

const VERDICTS = { landed: '已落地', notYet: '未落地' } as const;

function echoWords({ verdict, before, after, least }: EchoFacts): string {
  if (verdict === 'tooFew' || before.share === null || after.share === null)
    return `样本不足：答复前${before.n}帖、后${after.n}帖，都要满${least}帖`;
  if (before.share === 0) return `答复前没有人转述或追问（n=${before.n}），无从比较`;
  return `${VERDICTS[verdict]}，重复或追问由${percent(before.share)}到${percent(after.share)}（n=${before.n}、${after.n}）`;
}

const CLAIM_STATES = {
  unknown: '传言，待核实',
  untrue: '传言，核实为不实',
  partly: '传言，部分不实',
  true: '传言，核实为属实',
} as const;
const ANSWER_WORDS = { answered: '首发', relayed: '转发', supplemented: '补充', corrected: '更正' } as const;
