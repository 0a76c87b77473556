import type { Section, Sentence } from '../domain/report.ts';
import { TIER_NAMES } from '../domain/tier.ts';
import type { WeekFacts } from './facts.ts';
import { mostImportant } from './show-incidents.ts';
import { monthAndDay, percent, say } from './say.ts';

/** 先例与对照: what the week's incidents are like, with what was done then; nothing is made up where nothing is known. */
export function comparePrecedents(facts: WeekFacts): Section {
  const { from, to } = facts.week;
  const chosen = mostImportant(facts.incidents).slice(0, 5);
  const searched = chosen.some(({ precedents }) => precedents !== null);
  const known = chosen.flatMap(({ incident, precedents }) =>
    (precedents ?? []).slice(0, 2).map((precedent) => ({ incident, precedent })),
  );
  const items: Sentence[] =
    known.length === 0
      ? [
          say(
            searched || chosen.length === 0
              ? '本周的事件没有找到相近的往例。'
              : '这一稿没有检索往例；在页面上做的周报会检索。',
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
    incident.state === 'open' && 'forecast' in incident && isForecast(incident.forecast)
      ? [{ incident, forecast: incident.forecast }]
      : [],
  );
  const due = incidents.filter(
    ({ file }) => file !== null && file.closedAt === null && file.due >= next.from && file.due < next.to,
  );
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
                      `“${incident.title}”6时内升${TIER_NAMES[forecast.to]}的可能${percent(forecast.probability)}（同类常年${percent(forecast.base)}）`,
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
              : `下周到期${due.length}件：${due.map(({ incident, file }) => `“${incident.title}”${monthAndDay(file!.due)}`).join('、')}。`,
            { incidents: due.map(({ incident }) => incident.id), question: { of: 'incidents', ...next } },
          ),
          say(`周末仍在发酵的事件${open.length}起。`, {
            incidents: open.map(({ incident }) => incident.id),
            question: { of: 'incidents', from: week.from, to: week.to },
          }),
        ],
      },
      { kind: 'comment', slot: 'ahead' },
    ],
  };
}

interface Forecast {
  readonly to: keyof typeof TIER_NAMES;
  readonly probability: number;
  readonly base: number;
}
const isForecast = (value: unknown): value is Forecast =>
  typeof value === 'object' && value !== null && 'probability' in value && 'base' in value && 'to' in value;
