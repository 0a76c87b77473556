import type { Block, Cell, Section } from '../domain/report.ts';
import { TIERS, TIER_NAMES, type Tier } from '../domain/tier.ts';
import type { CaseFacts, HandoffFacts, WeekFacts } from './facts.ts';
import { count, median, percent, quantile, say, some, span, word } from './say.ts';
import { firstAnswer, LEAST_CASES, within } from './week-figures.ts';

/** 回应与办理: delays by tier, the three rates, and whose court each hand-off is in. */
export function accountAnswers(facts: WeekFacts): Section {
  const { week, incidents } = facts;
  const { from, to } = week;
  const files = incidents.flatMap(({ incident, file }) => (file === null ? [] : [{ id: incident.id, file }]));
  const touched = files.filter(({ file }) => file.start < to && (file.closedAt === null || file.closedAt >= from));
  const answered = touched.filter(({ file }) => (firstAnswer(file) ?? to) < to);
  const closed = touched.filter(({ file }) => file.closedAt !== null && within(week, file.closedAt));
  const solved = closed.filter(({ file }) => file.outcome === '已解决' || file.outcome === '已说明');
  const voices = touched.reduce((sum, { file }) => sum + file.solved + file.unsolved, 0);
  const happy = touched.reduce((sum, { file }) => sum + file.solved, 0);
  const reopened = touched.filter(({ file }) => file.reopened > 0);
  const refused = touched.flatMap(({ id, file }) =>
    file.handoffs.filter(({ state }) => state === 'refused').map((handoff) => ({ id, handoff })),
  );
  const takenOver = touched.filter(({ file }) => file.takenOver > 0);
  const all = { of: 'incidents', from, to } as const;
  return {
    id: 'answers',
    title: '回应与办理',
    blocks: [
      hits(touched, facts),
      {
        kind: 'table',
        caption: `首次回应用时，按回应账号层级，不足${LEAST_CASES}件写“样本不足”`,
        columns: ['层级', '件数', '中位', '九成以内'],
        rows: byTier(answered, week),
        empty: '本周没有首次回应',
      },
      {
        kind: 'table',
        caption: '三率，分母不足5的写“样本不足”',
        columns: ['率', '分子', '分母', '比率'],
        rows: [
          rateRow(
            '响应率（已回应÷应回应）',
            answered.map(({ id }) => id),
            touched.map(({ id }) => id),
            all,
          ),
          rateRow(
            '解决率（已解决或已说明÷办结）',
            solved.map(({ id }) => id),
            closed.map(({ id }) => id),
            all,
          ),
          [
            word('满意率（公众说解决了÷公众评价）'),
            count(happy, { incidents: touched.map(({ id }) => id), question: all }),
            count(voices, { incidents: touched.map(({ id }) => id), question: all }),
            word(voices < LEAST_CASES ? '样本不足' : percent(happy / voices)),
          ],
        ],
        empty: '',
      },
      {
        kind: 'table',
        caption: '未结交办',
        columns: ['单位', '主管', '件数', '最久'],
        rows: openHandoffs(touched, week),
        empty: '没有未结的交办',
      },
      {
        kind: 'sentences',
        items: [
          say(
            refused.length === 0
              ? '没有退件。'
              : `退件${refused.length}件：${some(refused.map(({ handoff }) => `${handoff.to}退，指${handoff.next ?? '—'}`))}。`,
            { incidents: refused.map(({ id }) => id), question: { of: 'handoffs', from, to } },
          ),
          say(`重新打开${reopened.length}件，逾期接管${takenOver.length}件。`, {
            incidents: [...reopened, ...takenOver].map(({ id }) => id),
            question: all,
          }),
          ...(voices === 0
            ? [say('公众没有评价过任何一件：公众参与为零，按考评规则即不合格。', { question: all })]
            : []),
        ],
      },
      { kind: 'comment', slot: 'answers' },
    ],
  };
}

const HOUR = 3_600_000;
/** 国办发〔2016〕61号 and 豫政办〔2017〕98号: first word within 5 h of the grave, a briefing within 24 h, an answer within 48 h otherwise. */
const LIMITS = [5, 24, 48] as const;

/** Of the files begun in the week whose limit has passed, or that were answered before it: how many had their first word within it. */
function hits(touched: readonly Filed[], { week, madeAt }: WeekFacts): Block {
  const begun = touched.filter(({ file }) => within(week, file.start));
  return {
    kind: 'table',
    caption: '本周起算的事件，首次回应是否在5时、24时、48时以内（到了时限的才计）',
    columns: ['时限', '时限内', '应计', '比率'],
    rows: LIMITS.map((hours) => {
      const limit = hours * HOUR;
      const hit = begun.filter(({ file }) => (firstAnswer(file) ?? Infinity) - file.start <= limit);
      const counted = begun.filter(({ file }) => hit.some((one) => one.file === file) || file.start + limit <= madeAt);
      return [
        word(`${hours}时内`),
        count(hit.length, {
          incidents: hit.map(({ id }) => id),
          question: { of: 'incidents', from: week.from, to: week.to },
        }),
        count(counted.length, {
          incidents: counted.map(({ id }) => id),
          question: { of: 'incidents', from: week.from, to: week.to },
        }),
        word(counted.length < LEAST_CASES ? '样本不足' : percent(hit.length / counted.length)),
      ];
    }),
    empty: '',
  };
}

type Filed = { readonly id: WeekFacts['incidents'][number]['incident']['id']; readonly file: CaseFacts };

function byTier(answered: readonly Filed[], week: WeekFacts['week']): Cell[][] {
  const delays = new Map<Tier, { ids: Filed['id'][]; ms: number[] }>();
  for (const { id, file } of answered) {
    const first = file.answers.find(({ act }) => act === 'answered')!;
    if (first.tier === null || !within(week, first.at)) continue;
    const row = delays.get(first.tier) ?? { ids: [], ms: [] };
    row.ids.push(id);
    row.ms.push(first.at - file.start);
    delays.set(first.tier, row);
  }
  return TIERS.flatMap((tier) => {
    const row = delays.get(tier);
    if (row === undefined) return [];
    const few = row.ms.length < LEAST_CASES;
    return [
      [
        word(TIER_NAMES[tier]),
        count(row.ms.length, { incidents: row.ids }),
        word(few ? '样本不足' : span(median(row.ms)!)),
        word(few ? '样本不足' : span(quantile(row.ms, 0.9)!)),
      ],
    ];
  });
}

function rateRow(
  name: string,
  part: readonly Filed['id'][],
  whole: readonly Filed['id'][],
  question: { readonly of: 'incidents'; readonly from: number; readonly to: number },
): Cell[] {
  return [
    word(name),
    count(part.length, { incidents: part, question }),
    count(whole.length, { incidents: whole, question }),
    word(whole.length < LEAST_CASES ? '样本不足' : percent(part.length / whole.length)),
  ];
}

function openHandoffs(touched: readonly Filed[], week: WeekFacts['week']): Cell[][] {
  const open = new Map<string, { ids: Filed['id'][]; since: number; duty: readonly string[] }>();
  const isOpen = ({ state }: HandoffFacts): boolean => state === 'open' || state === 'accepted';
  for (const { id, file } of touched)
    for (const handoff of file.handoffs.filter(isOpen)) {
      const row = open.get(handoff.to) ?? { ids: [], since: handoff.since, duty: handoff.duty };
      row.ids.push(id);
      row.since = Math.min(row.since, handoff.since);
      open.set(handoff.to, row);
    }
  return [...open]
    .sort((a, b) => a[1].since - b[1].since || (a[0] < b[0] ? -1 : 1))
    .map(([unit, { ids, since, duty }]) => [
      word(unit),
      word(duty.length === 0 ? '—' : duty.join('、')),
      count(ids.length, { incidents: ids }),
      word(span(week.to - since)),
    ]);
}
