import type { IncidentCard, IncidentMark, Section } from '../domain/report.ts';
import { TIER_NAMES, tierRank } from '../domain/tier.ts';
import type { IncidentFacts, WeekFacts } from './facts.ts';
import { dayAndTime, evidence, grouped, percent, say, span } from './say.ts';
import { firstAnswer } from './week-figures.ts';

const CARDS = 5;
/** A, B … Z, then A2, B2 …: the same letter names an incident all through the report. */
export const letterAt = (at: number): string =>
  `${String.fromCharCode(65 + (at % 26))}${at < 26 ? '' : String(Math.floor(at / 26) + 1)}`;

/** 重点事件: life at risk first, then the highest rung, then heat. */
export function mostImportant(incidents: readonly IncidentFacts[]): readonly IncidentFacts[] {
  return [...incidents]
    .filter(({ incident }) => incident.state !== 'merged')
    .sort(
      (a, b) =>
        Number(b.incident.lifeAtRisk) - Number(a.incident.lifeAtRisk) ||
        tierRank(b.incident.rung) - tierRank(a.incident.rung) ||
        b.incident.heat - a.incident.heat ||
        (a.incident.id < b.incident.id ? -1 : 1),
    );
}

export function showIncidents(facts: WeekFacts): Section {
  const chosen = mostImportant(facts.incidents).slice(0, CARDS);
  const { from, to } = facts.week;
  return {
    id: 'incidents',
    title: '重点事件',
    small: `共${chosen.length}起`,
    blocks:
      chosen.length === 0
        ? [
            {
              kind: 'sentences',
              items: [say('本周没有事件。', { question: { of: 'incidents', from, to } })],
            },
          ]
        : chosen.map((each, at) => ({ kind: 'card' as const, card: cardOf(each, letterAt(at), facts) })),
  };
}

function cardOf(
  { incident, place, file, posts, voices, precedents, echo }: IncidentFacts,
  letter: string,
  facts: WeekFacts,
): IncidentCard {
  const own = { incidents: [incident.id], posts: posts.slice(0, 50) };
  const answered = file?.answers.find(({ act }) => act === 'answered');
  const marks: IncidentMark[] = [
    ...incident.steps.map((step): IncidentMark => ({
      at: step.at,
      kind: 'step',
      tier: step.to,
      text: `${dayAndTime(step.at)}到${TIER_NAMES[step.to]}`,
    })),
    ...(file?.answers ?? []).map((answer): IncidentMark => ({
      at: answer.at,
      kind: 'answer',
      tier: answer.tier ?? incident.rung,
      text: `${dayAndTime(answer.at)}${ANSWER_WORDS[answer.act]}，${answer.account}`,
    })),
    ...(file?.closedAt === null || file === null
      ? []
      : [
          { at: file.closedAt, kind: 'closed' as const, tier: incident.rung, text: `${dayAndTime(file.closedAt)}办结` },
        ]),
  ].sort((a, b) => a.at - b.at);
  const state =
    file === null
      ? '未建档'
      : file.closedAt !== null
        ? `办结，${dayAndTime(file.closedAt)}`
        : answered !== undefined
          ? '已回应'
          : file.due < facts.week.to
            ? '逾期未答'
            : '待回应';
  const reach = incident.burst;
  return {
    incident: incident.id,
    letter,
    title: incident.title,
    state,
    facts: [
      place,
      ...(incident.need === null ? [] : [incident.need]),
      ...(incident.kind === '谣言' ? ['传言，待核实'] : []),
      `最高到${TIER_NAMES[incident.rung]}`,
      `去重${grouped(incident.count)}帖，全部${grouped(incident.copies)}`,
      ...(reach?.looksCoordinated === true ? ['发帖像是有组织的'] : []),
    ],
    evidence: evidence(own),
    curve: reach?.curve.map(({ at, distinct }) => ({ at, distinct })) ?? [],
    marks,
    terms: [
      { term: '首帖', says: dayAndTime(incident.firstPostAt) },
      {
        term: '首次发现',
        says: `${dayAndTime(incident.openedAt)}，首帖后${span(incident.openedAt - incident.firstPostAt)}`,
      },
      {
        term: '首次回应',
        says:
          answered === undefined || file === null
            ? '还没有'
            : `${dayAndTime(answered.at)}，${answered.account}，${span(answered.at - file.start)}`,
      },
      {
        term: '回声',
        says:
          echo === null
            ? firstAnswer(file) === null
              ? '还没有回应'
              : '帖太少'
            : `${echo.verdict}，转述由${percent(echo.before)}到${percent(echo.after)}（n=${echo.n}）`,
      },
    ],
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
            `${handoff.mode}${handoff.to}，自${dayAndTime(handoff.since)}起，${handoff.state === 'open' ? '未签收' : '办理中'}。`,
            own,
          ),
        ),
      ...(precedents === null || precedents.length === 0
        ? [say(precedents === null ? '先例：这一稿没有检索。' : '先例：没有相近的往例。', own)]
        : precedents.slice(0, 2).map(({ title, says }) => say(`先例：${title}，${says}。`, own))),
    ],
  };
}

const ANSWER_WORDS = { answered: '首发', relayed: '转发', supplemented: '补充', corrected: '更正' } as const;
