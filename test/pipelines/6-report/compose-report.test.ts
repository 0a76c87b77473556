import { describe, expect, test } from 'vitest';
import { NoEvidence, type Block, type Report } from '../../../pipelines/domain/report.ts';
import { composeReport } from '../../../pipelines/6-report/compose-report.ts';
import { say } from '../../../pipelines/6-report/say.ts';
import { aFile, anEntry, anIncident, HOUR, incidentId, WEEK, weekFacts } from '../../seeds/week-facts.ts';

const section = (report: Report, id: string): readonly Block[] =>
  report.sections.find((each) => each.id === id)?.blocks ?? [];
const sentences = (report: Report, id: string): string[] =>
  section(report, id).flatMap((block) => (block.kind === 'sentences' ? block.items.map(({ text }) => text) : []));
const tiles = (report: Report): Record<string, string> =>
  Object.fromEntries(
    section(report, 'summary').flatMap((block) =>
      block.kind === 'tiles'
        ? block.items.map(({ label, text, unit, against }) => [label, `${text}${unit}；${against}`])
        : [],
    ),
  );
const table = (report: Report, id: string, caption: RegExp): string[][] =>
  section(report, id).flatMap((block) =>
    block.kind === 'table' && caption.test(block.caption) ? block.rows.map((row) => row.map(({ text }) => text)) : [],
  );

const answered = (name: string, openedAt: number, after: number) =>
  anEntry(anIncident({ id: incidentId(name), openedAt, title: name }), {
    file: aFile(openedAt, {
      answers: [{ at: openedAt + after, account: '宜阳发布', tier: 'county', act: 'answered', text: '正在抢修' }],
    }),
  });

describe('the weekly report', () => {
  test('has the sections of the outline in order, with its period and region', () => {
    const report = composeReport(weekFacts());
    expect(report.sections.map(({ title }) => title)).toEqual([
      '覆盖说明',
      '一页摘要',
      '态势',
      '重点事件',
      '回应与办理',
      '求助与诉求',
      '传言与辟谣',
      '先例与对照',
      '风险与下周关注',
      '账号健康',
      '附录',
    ]);
    expect(report.title).toBe('洛阳市政务新媒体扩散周报');
    expect(report.period).toBe('11月16日周一0时至11月22日周日24时');
  });

  test('five tiles stand beside last week and the median of the weeks before', () => {
    const six = Array.from({ length: 6 }, (_, at) =>
      answered(`事件${at}`, WEEK.from + at * HOUR, at === 0 ? 50 * HOUR : HOUR),
    );
    expect(tiles(composeReport(weekFacts({ incidents: six })))).toEqual({
      新增事件: '6；上周1，中位1.5',
      升级事件: '6；上周1，中位1',
      按时回应率: '83%；上周83%，中位83%',
      未回应最久: '无；上周31.0时，中位31.5时',
      已更正传言: '0；上周0，中位0',
    });
  });

  test('what is overdue and open counts against the rate; fewer than five make none', () => {
    const open = anEntry(anIncident({ id: incidentId('停暖'), openedAt: WEEK.from, title: '停暖' }));
    const report = composeReport(weekFacts({ incidents: [open, answered('停水', WEEK.from + HOUR, HOUR)] }));
    expect(tiles(report)['按时回应率']).toMatch(/^样本不足/u);
    expect(sentences(report, 'summary')[1]).toBe('应回应2件，按时1件；“停暖”等1件逾期未答。');
    expect(tiles(report)['未回应最久']).toMatch(/^168\.0时/u);
  });

  test('each bar opens what it counts: the day of a platform, the day of a mood, the incidents of a rung', () => {
    const risen = anEntry(anIncident({ id: incidentId('停暖'), openedAt: WEEK.from, title: '停暖', rung: 'county' }));
    const charts = section(composeReport(weekFacts({ incidents: [risen] })), 'picture').flatMap((block) =>
      block.kind === 'bars' ? [block.series] : [],
    );
    const tuesday = { of: 'posts', from: WEEK.from + 24 * HOUR, to: WEEK.from + 48 * HOUR };
    expect(charts[0]?.[0]?.evidence?.[1]?.question).toEqual({ ...tuesday, platform: 'weibo' });
    expect(charts[1]?.[0]?.evidence?.[1]?.question).toEqual({ ...tuesday, sentiment: 'negative' });
    expect(charts[2]?.[0]?.evidence?.map((each) => each?.incidents ?? [])).toEqual([
      ...[['停暖'], ['停暖'], ['停暖']],
      ...[[], [], []],
    ]);
  });

  test('a week from before anything was kept is no week of zeros: it says so, and since when there is data', () => {
    const since = WEEK.to + 21 * HOUR;
    const report = composeReport(weekFacts({ since }));
    expect(report.sections.map(({ id }) => id)).toEqual(['coverage']);
    expect(sentences(report, 'coverage')).toEqual([
      '这一周还没有数据：保存的帖文从2026年11月23日21:00起，在这一周之后。没有数据不等于没有事，所以不列数字。',
    ]);
    expect(sentences(composeReport(weekFacts({ since: null })), 'coverage')[0]).toContain('还没有收到过帖文');
    // An incident whose posts are no longer kept is something to count.
    const kept = anEntry(anIncident({ id: incidentId('停暖'), openedAt: WEEK.from, title: '停暖' }));
    expect(composeReport(weekFacts({ since, incidents: [kept] })).sections.length).toBeGreaterThan(1);
  });

  test('a week in which the first data came says from when on it is counted', () => {
    const since = WEEK.from + 60 * HOUR;
    expect(sentences(composeReport(weekFacts({ since })), 'coverage')[1]).toBe(
      '起点：保存的帖文从2026年11月18日12:00起，此前几天没有数据，各项合计只算此后。',
    );
    const first = composeReport(weekFacts({ since: WEEK.from + HOUR }));
    expect(sentences(first, 'coverage').join('')).not.toContain('起点');
  });

  test('a silent source makes totals a lower bound and its counties no data, never calm', () => {
    const gap = { from: WEEK.from + 30 * HOUR, to: WEEK.from + 40 * HOUR };
    const facts = weekFacts();
    const report = composeReport({
      ...facts,
      sources: [{ ...facts.sources[0]!, gaps: [gap] }],
      counties: [facts.counties[0]!, { ...facts.counties[1]!, fed: false }],
    });
    expect(sentences(report, 'coverage')[1]).toBe('缺口：微博采集17日06:00至17日16:00无数据；宜阳县因此按“无数据”计。');
    const bars = section(report, 'picture').find((block) => block.kind === 'bars');
    expect(bars?.kind === 'bars' ? bars.atLeast : []).toEqual([1]);
    expect(table(report, 'picture', /区县/u)).toEqual([
      ['涧西区', '0', '0', '100', '2', '样本不足', '0'],
      ['宜阳县', '0', '0', '无数据', '无数据', '样本不足', '0'],
    ]);
  });

  test('a card says who answered when, and that no precedent is known', () => {
    const report = composeReport(weekFacts({ incidents: [answered('停水', WEEK.from + HOUR, 73 * 60_000)] }));
    const card = section(report, 'incidents').find((block) => block.kind === 'card');
    if (card?.kind !== 'card') throw new Error('no card');
    expect(card.card.letter).toBe('A');
    expect(card.card.state).toBe('已回应，未办结');
    expect(card.card.terms.map(({ term, says }) => `${term}：${says}`)).toEqual([
      '首帖：16日00:58',
      '首次发现：16日01:00，首帖后2分',
      '首次回应：16日02:13，区县级宜阳发布，1时13分',
      '台阶：街道16日01:00，区县16日02:00',
      '回声：还没有量',
    ]);
    expect(card.card.next.map(({ text }) => text)).toEqual(['先例：没有相近的往例。']);
  });

  test('no word of the public at all is said to fail', () => {
    expect(sentences(composeReport(weekFacts()), 'answers').at(-1)).toMatch(/公众参与为零/u);
  });

  test('a sentence that rests on nothing breaks the report', () => {
    expect(() => say('今天天气很好', {})).toThrow(NoEvidence);
    expect(() => say('今天天气很好', { incidents: [], posts: [] })).toThrow(/今天天气很好/u);
  });

  test('the same facts give the same report, and every figure of it rests on something', () => {
    const facts = weekFacts({ incidents: [answered('停水', WEEK.from + HOUR, HOUR)] });
    expect(composeReport(facts)).toEqual(composeReport(facts));
    for (const { blocks } of composeReport(facts).sections)
      for (const block of blocks) {
        if (block.kind !== 'table') continue;
        for (const cell of block.rows.flat()) if (cell.value !== null) expect(cell.evidence, cell.text).toBeDefined();
      }
  });
});
