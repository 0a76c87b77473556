import type { Section, Sentence } from '../domain/report.ts';
import { TIER_NAMES } from '../domain/tier.ts';
import { dayStart } from '../domain/shanghai-time.ts';
import type { WeekFacts } from './facts.ts';
import { chooseCards } from './show-incidents.ts';
import { grouped, monthAndDay, percent, say, some, word } from './say.ts';

/** 先例与对照: what the week's incidents are like, with what was done then; nothing is made up where nothing is known. */
export function comparePrecedents(facts: WeekFacts): Section {
  const { from, to } = facts.week;
  const chosen = chooseCards(facts.incidents, facts.week);
  const searched = chosen.some(({ precedents }) => precedents !== null);
  const known = chosen.flatMap(({ incident, precedents }) =>
    (precedents ?? []).slice(0, 2).map((precedent) => ({ incident, precedent })),
  );
  const items: Sentence[] =
    known.length === 0
      ? [
          say(
            searched || chosen.length === 0 ? '本周的事件没有找到相近的往例。' : '检索库暂不可用，这一稿没有检索往例。',
            {
              question: { of: 'incidents', from, to },
            },
          ),
        ]
      : known.map(({ incident, precedent: { title, says } }) =>
          say(`“${incident.title}”近于${title}：${says}。`, { incidents: [incident.id] }),
        );
  return { id: 'precedents', title: '先例与对照', blocks: [{ kind: 'sentences', items }] };
}

/** 风险与下周关注: what is open and likely to climb, what falls due; the calendar is a person's to write. */
export function lookAhead(facts: WeekFacts): Section {
  const { week, incidents } = facts;
  const next = { from: week.to, to: week.to + (week.to - week.from) };
  const climbing = incidents.flatMap(({ incident }) =>
    incident.state === 'open' && incident.forecast !== undefined ? [{ incident, forecast: incident.forecast }] : [],
  );
  const due = incidents.filter(
    ({ file }) => file !== null && file.closedAt === null && file.due >= next.from && file.due < next.to,
  );
  const calendar = { of: 'dates', ...next } as const;
  const open = incidents.filter(({ incident }) => incident.state === 'open');
  return {
    id: 'ahead',
    title: '风险与下周关注',
    blocks: [
      {
        kind: 'sentences',
        items: [
          say(
            climbing.length === 0
              ? '没有事件给得出好于常年比例的升级预测。'
              : climbing
                  .map(
                    ({ incident, forecast }) =>
                      `“${incident.title}”${forecast.within}时内升${TIER_NAMES[forecast.to]}的可能${percent(forecast.probability)}（以往同类时刻${grouped(forecast.n)}个，${percent(forecast.base)}真的升了）`,
                  )
                  .join('；') + '。',
            {
              incidents: climbing.map(({ incident }) => incident.id),
              question: { of: 'incidents', from: week.from, to: week.to },
            },
          ),
          say(
            due.length === 0
              ? '下周没有到期的时限。'
              : `下周到期${due.length}件：${some(due.map(({ incident, file }) => `“${incident.title}”${monthAndDay(file!.due)}`))}。`,
            { incidents: due.map(({ incident }) => incident.id), question: { of: 'incidents', ...next } },
          ),
          say(`周末仍在发酵的事件${open.length}起。`, {
            incidents: open.map(({ incident }) => incident.id),
            question: { of: 'incidents', from: week.from, to: week.to },
          }),
        ],
      },
      {
        kind: 'table',
        caption: '下周日历：考试、天气、政策生效等，由办公室记在calendar.csv',
        columns: ['日期', '事项', '出处'],
        rows: facts.dates.map(({ day, what, source }) => [
          word(monthAndDay(dayStart(Date.parse(day))), { question: calendar }),
          word(what),
          word(source),
        ]),
        empty: '没有记下周的日期',
      },
      { kind: 'comment', slot: 'ahead' },
    ],
  };
}
