import type { Block, Evidence, Section, Sentence, Series } from '../domain/report.ts';
import { platformName } from '../domain/platform.ts';
import { contains, tierOfRegion, type RegionCode } from '../domain/region.ts';
import { TIERS, TIER_NAMES } from '../domain/tier.ts';
import { DAY_MS, daysOf } from '../domain/week.ts';
import type { WeekFacts } from './facts.ts';
import { count, evidence, grouped, median, noData, percent, say, word } from './say.ts';
import { clockedIn, LEAST_CASES, openedIn, reachedBy, risenIn } from './week-figures.ts';

const DAY_NAMES = ['一', '二', '三', '四', '五', '六', '日'];
/** Platforms by themselves; what is less than the sixth goes together. */
const PLATFORMS_SHOWN = 5;

/** 态势: posts by day and platform, moods, the ladder, and each county. */
export function pictureWeek(facts: WeekFacts): Section {
  const { week } = facts;
  const days = daysOf(week);
  const categories = days.map((day, at) => `${DAY_NAMES[at]} ${Number(day.slice(8))}`);
  const posts = evidence({ question: { of: 'posts', from: week.from, to: week.to } });
  const gaps = facts.sources.flatMap(({ gaps: silent }) => silent);
  const atLeast = days.flatMap((_, at) => {
    const begin = week.from + at * DAY_MS;
    return gaps.some((gap) => gap.from < begin + DAY_MS && gap.to > begin) ? [at] : [];
  });
  const platforms = seriesOf(facts, days);
  const totals = days.map((_, at) => platforms.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const peak = totals.indexOf(Math.max(...totals));
  return {
    id: 'picture',
    title: '态势',
    blocks: [
      {
        kind: 'bars',
        says: Math.max(...totals) === 0 ? '本周没有帖文' : `周${DAY_NAMES[peak]}最多，${grouped(totals[peak] ?? 0)}帖`,
        caption: '每日帖量，去重，按平台',
        categories,
        series: platforms,
        share: false,
        lying: false,
        atLeast,
        evidence: posts,
      },
      moods(facts, days, categories, posts),
      ladder(facts),
      counties(facts),
      { kind: 'sentences', items: [wholeRate(facts)] },
      { kind: 'note', text: countiesNote(facts) },
    ],
  };
}

/** The posts of one day, of all or of one kind. */
const ofDay = ({ week }: WeekFacts, at: number, kind: { platform?: string; sentiment?: string } = {}): Evidence =>
  evidence({ question: { of: 'posts', from: week.from + at * DAY_MS, to: week.from + (at + 1) * DAY_MS, ...kind } });

function seriesOf(facts: WeekFacts, days: readonly string[]): Series[] {
  const sums = new Map<string, number>();
  for (const { platform, first } of facts.daily) sums.set(platform, (sums.get(platform) ?? 0) + first);
  const order = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([platform]) => platform);
  const own = order.slice(0, order.length > PLATFORMS_SHOWN + 1 ? PLATFORMS_SHOWN : order.length);
  const valuesOf = (wanted: (platform: string) => boolean): number[] =>
    days.map((day) =>
      facts.daily.reduce((sum, row) => sum + (row.day === day && wanted(row.platform) ? row.first : 0), 0),
    );
  const series = own.map((platform): Series => ({
    name: platformName(platform),
    values: valuesOf((given) => given === platform),
    evidence: days.map((_, at) => ofDay(facts, at, { platform })),
    tone: 'ink',
  }));
  if (own.length < order.length)
    series.push({
      name: '其他',
      values: valuesOf((given) => !own.includes(given)),
      // No search asks for several platforms at once: the day's posts hold them.
      evidence: days.map((_, at) => ofDay(facts, at)),
      tone: 'ink',
    });
  return series;
}

function moods(
  facts: WeekFacts,
  days: readonly string[],
  categories: readonly string[],
  posts: ReturnType<typeof evidence>,
): Block {
  const of = (day: string, sentiment: string): number =>
    facts.moods.reduce((sum, row) => sum + (row.day === day && row.sentiment === sentiment ? row.first : 0), 0);
  const all = days.map((day) => of(day, 'negative') + of(day, 'neutral') + of(day, 'positive'));
  const series = (['negative', 'neutral', 'positive'] as const).map((sentiment): Series => ({
    name: { negative: '负面', neutral: '中性', positive: '正面' }[sentiment],
    values: days.map((day, at) => (all[at] === 0 ? null : of(day, sentiment) / all[at]!)),
    evidence: days.map((_, at) => ofDay(facts, at, { sentiment })),
    tone: 'mood',
  }));
  const shares = series[0]!.values.map((value) => value ?? -1);
  const worst = shares.indexOf(Math.max(...shares));
  return {
    kind: 'bars',
    says: Math.max(...shares) < 0 ? '本周没有帖文' : `周${DAY_NAMES[worst]}负面最多，占${percent(shares[worst]!)}`,
    caption: '每日心情占比，去重',
    categories,
    series,
    share: true,
    lying: false,
    atLeast: [],
    evidence: posts,
  };
}

/** 扩散台阶: how many of the new incidents came how high, and the share of the rung below, beside the weeks before. */
function ladder(facts: WeekFacts): Block {
  const { week, incidents, before } = facts;
  const reachedThem = reachedBy(incidents, week);
  const reached = reachedThem.map((own) => own.length);
  const shareOf = (counts: readonly number[], rank: number): number | null => {
    const below = counts[rank - 1];
    return rank === 0 || below === undefined || below === 0 ? null : (counts[rank] ?? 0) / below;
  };
  const categories = TIERS.map((tier, rank) => {
    const share = shareOf(reached, rank);
    const usual = median(before.map((past) => shareOf(past.reached, rank)).filter((value) => value !== null));
    const words = [
      ...(share === null ? [] : [percent(share)]),
      ...(usual === null ? [] : [`中位${percent(usual)}`]),
    ].join('，');
    return `${TIER_NAMES[tier]}${words === '' ? '' : `（${words}）`}`;
  });
  const at = (rank: number): number => reached[rank] ?? 0;
  return {
    kind: 'bars',
    says: `${at(0)}起新事件中${at(2)}起到区县，${at(3)}起到市，${at(4)}起到省`,
    caption: '到过各级台阶的事件数，括号内为占下一级的比例',
    categories,
    series: [
      {
        name: '事件',
        values: reached,
        evidence: reachedThem.map((own) =>
          own.length === 0 ? null : evidence({ incidents: own.map(({ incident }) => incident.id) }),
        ),
        tone: 'rung',
      },
    ],
    share: false,
    lying: true,
    atLeast: [],
    evidence: evidence({
      incidents: openedIn(incidents, week).map(({ incident }) => incident.id),
      question: { of: 'incidents', from: week.from, to: week.to },
    }),
  };
}

/** Which of the divisions right below a region lies in; one look-up a region, however many there are. */
function divider({ counties: below }: WeekFacts): (region: RegionCode | null) => RegionCode | undefined {
  const known = new Map<RegionCode, RegionCode | undefined>();
  return (region) => {
    if (region === null) return undefined;
    if (!known.has(region)) known.set(region, below.find(({ code }) => contains(code, region))?.code);
    return known.get(region);
  };
}

/** 区县, 街道 …: what the divisions right below are called. */
const belowName = ({ counties: below }: WeekFacts): string => {
  const first = below[0];
  const tier = first === undefined ? 'county' : tierOfRegion(first.code);
  return { nation: '各地', province: '各省', city: '各市', county: '区县', town: '街道乡镇', village: '村社区' }[tier];
};

function counties(facts: WeekFacts): Block {
  const { week, incidents } = facts;
  const countyOf = divider(facts);
  const name = belowName(facts);
  const known = facts.counties.some(({ people }) => people !== null);
  const posts = new Map<RegionCode, number>();
  for (const { region, first } of facts.places) {
    const county = countyOf(region);
    if (county !== undefined) posts.set(county, (posts.get(county) ?? 0) + first);
  }
  const rows = facts.counties.map((county) => {
    const own = incidents.filter(({ incident }) => countyOf(incident.region) === county.code);
    const opened = openedIn(own, week);
    const risen = risenIn(own, week);
    const clocked = clockedIn(own, week);
    const of = clocked.onTime.length + clocked.late.length + clocked.overdue.length;
    const open = own.flatMap(
      ({ file }) => file?.handoffs.filter(({ state }) => state === 'open' || state === 'accepted') ?? [],
    );
    const number = posts.get(county.code) ?? 0;
    const people = county.people?.number;
    const rate = people === undefined || people === 0 ? null : (number / people) * 10_000;
    const question = { of: 'posts', from: week.from, to: week.to, region: county.code } as const;
    return {
      // What is not known stands last: neither much nor little.
      rate: county.fed ? rate : null,
      number: county.fed ? number : -1,
      code: county.code,
      cells: [
        word(county.name),
        count(opened.length, {
          incidents: opened.map(({ incident }) => incident.id),
          question: { of: 'incidents', from: week.from, to: week.to },
        }),
        count(risen.length, {
          incidents: risen.map(({ incident }) => incident.id),
          question: { of: 'incidents', from: week.from, to: week.to },
        }),
        county.fed ? count(number, { question }) : noData(),
        ...(known
          ? [!county.fed ? noData() : rate === null ? word('缺人口') : count(Math.round(rate * 10) / 10, { question })]
          : []),
        of < LEAST_CASES
          ? word('样本不足')
          : word(`${clocked.onTime.length}/${of}`, {
              incidents: [...clocked.onTime, ...clocked.late, ...clocked.overdue],
            }),
        count(open.length, { question: { of: 'handoffs', from: week.from, to: week.to } }),
      ],
    };
  });
  rows.sort((a, b) => (b.rate ?? -1) - (a.rate ?? -1) || b.number - a.number || (a.code < b.code ? -1 : 1));
  return {
    kind: 'table',
    caption: known ? `各${name}，按每万人帖量排序` : `各${name}，按帖量排序`,
    columns: [name, '新增', '升级', '帖量', ...(known ? ['每万人'] : []), '按时回应', '未结交办'],
    rows: rows.map(({ cells }) => cells),
    bar: known ? 4 : 3,
    empty: '本地没有下辖区划',
  };
}

/** All of the region against its people, and which divisions have no public figure. */
function wholeRate(facts: WeekFacts): Sentence {
  const { people, home, week, counties: below } = facts;
  const all = facts.places.reduce((sum, { region, first }) => (region === null ? sum : sum + first), 0);
  const without = below.filter((county) => county.people === null).map(({ name }) => name);
  const own =
    people === null
      ? `${home.name}缺人口公报数，不计每万人`
      : `${home.name}全域点明地点的${grouped(all)}帖，合每万人${grouped((all / people.number) * 10_000)}帖（人口${grouped(people.number)}，${people.source}）`;
  const missing =
    without.length === 0
      ? ''
      : `；${without.length === below.length ? `${belowName(facts)}都` : without.join('、')}缺人口公报数，不计每万人，可在数据目录的population.csv补上（代码,人口,出处）`;
  return say(`${own}${missing}。`, {
    question: { of: 'posts', from: week.from, to: week.to, region: home.code },
  });
}

function countiesNote(facts: WeekFacts): string {
  const divisionOf = divider(facts);
  const wide = facts.places.reduce(
    (sum, { region, first }) => (region !== null && divisionOf(region) === undefined ? sum + first : sum),
    0,
  );
  const none = facts.places.reduce((sum, { region, first }) => (region === null ? sum + first : sum), 0);
  const sources = [...new Set(facts.counties.flatMap(({ people }) => (people === null ? [] : [people.source])))];
  return `帖量为去重后、正文点明该地者；没有细到${belowName(facts)}的${grouped(wide)}帖${facts.of === null ? `、未点明地点的${grouped(none)}帖` : ''}不列。${sources.length === 0 ? '' : `人口出处：${sources.join('；')}。`}应回应不足${LEAST_CASES}件的写“样本不足”。`;
}
