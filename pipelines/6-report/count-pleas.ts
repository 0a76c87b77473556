import { NEEDS } from '../domain/post.ts';
import type { Block, Section } from '../domain/report.ts';
import type { WeekFacts } from './facts.ts';
import { count, say, some, span, word } from './say.ts';
import { within } from './week-figures.ts';

const WAITING_SHOWN = 5;

/** 求助: what people asked for, who has waited longest, and what was solved. */
export function countPleas(facts: WeekFacts): Section {
  const { week, incidents, needs } = facts;
  const { from, to } = week;
  const sum = (need: string, urgent?: boolean): number =>
    needs.reduce(
      (total, row) =>
        row.need === need && (urgent === undefined || row.urgent === urgent) ? total + row.first : total,
      0,
    );
  const waiting = incidents
    .filter(
      ({ incident, file }) =>
        incident.need !== null &&
        incident.state !== 'merged' &&
        incident.openedAt < to &&
        (file === null ||
          (!file.answers.some(({ act, at }) => act === 'answered' && at < to) && file.closedAt === null)),
    )
    .sort((a, b) => a.incident.openedAt - b.incident.openedAt);
  const solved = incidents.filter(
    ({ incident, file }) =>
      incident.need !== null &&
      file !== null &&
      file.closedAt !== null &&
      within(week, file.closedAt) &&
      file.outcome === '已解决',
  );
  const all = { of: 'incidents', from, to } as const;
  return {
    id: 'pleas',
    title: '求助与诉求',
    blocks: [
      {
        kind: 'table',
        caption: '按诉求类别，去重帖量',
        columns: ['类别', '帖量', '其中急'],
        rows: NEEDS.map((need) => [
          word(need),
          count(sum(need), { question: { of: 'posts', from, to, need } }),
          count(sum(need, true), { question: { of: 'posts', from, to, need } }),
        ]),
        empty: '',
      },
      topNeeds(facts),
      {
        kind: 'table',
        caption: '等待最久的诉求',
        columns: ['事件', '地点', '已等'],
        rows: waiting
          .slice(0, WAITING_SHOWN)
          .map(({ incident, place }) => [
            word(incident.title, { incidents: [incident.id] }),
            word(place),
            word(span(to - incident.openedAt)),
          ]),
        empty: '没有未回应的诉求',
      },
      {
        kind: 'sentences',
        items: [
          say(
            solved.length === 0
              ? '本周没有诉求类事件以“已解决”办结。'
              : `本周解决${solved.length}件：${some(solved.map(({ incident }) => `“${incident.title}”`))}。`,
            { incidents: solved.map(({ incident }) => incident.id), question: all },
          ),
        ],
      },
    ],
  };
}

const DUTIES_SHOWN = 8;

/** What people need most, by the department it concerns and what they ask of it. */
function topNeeds({ duties, week: { from, to } }: WeekFacts): Block {
  const sums = new Map<string, number>();
  for (const { duty, first } of duties) sums.set(duty, (sums.get(duty) ?? 0) + first);
  const rows = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, DUTIES_SHOWN);
  const of = (duty: string, need: string): number =>
    duties.reduce((sum, row) => (row.duty === duty && row.need === need ? sum + row.first : sum), 0);
  return {
    kind: 'table',
    caption: '诉求最多的主管，去重帖量；一帖涉及几家的各计一次',
    columns: ['主管', '帖量', ...NEEDS],
    rows: rows.map(([duty, sum]) => [
      word(duty),
      count(sum, { question: { of: 'posts', from, to, duty } }),
      ...NEEDS.map((need) => count(of(duty, need), { question: { of: 'posts', from, to, duty, need } })),
    ]),
    empty: '本周没有诉求',
  };
}
