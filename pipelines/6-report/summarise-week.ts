import type { Section, Tile } from '../domain/report.ts';
import { TIER_NAMES, tierRank } from '../domain/tier.ts';
import type { ClaimFacts, PastWeek, WeekFacts, WeekFigures } from './facts.ts';
import { evidence, grouped, median, percent, say } from './say.ts';
import { clockedIn, correctedIn, LEAST_CASES, openedIn, risenIn, waitingAtEnd, weekFigures } from './week-figures.ts';

type Read = (figures: WeekFigures) => number | null;

const rate: Read = ({ onTime }) => (onTime.of < LEAST_CASES ? null : onTime.onTime / onTime.of);

/** 上周 and 八周中位 of a figure, in words; what is not known is said. */
function against(before: readonly PastWeek[], read: Read, write: (value: number) => string): string {
  const known = before.map(({ figures }) => read(figures));
  const last = known.at(-1);
  const middle = median(known.filter((value) => value !== null));
  if (before.length === 0) return '没有以往各周';
  const lastWord = last === undefined || last === null ? '—' : write(last);
  return `上周${lastWord}，中位${middle === null ? '—' : write(middle)}`;
}

/** 一页摘要: three sentences and five tiles. */
export function summariseWeek(facts: WeekFacts): Section {
  const { week, incidents, claims, before } = facts;
  const { from, to } = week;
  const figures = weekFigures(incidents, claims, week);
  const ofIncidents = { of: 'incidents', from, to } as const;
  const ofClaims = { of: 'refutations', from, to } as const;
  const opened = openedIn(incidents, week);
  const risen = risenIn(incidents, week);
  const clocked = clockedIn(incidents, week);
  const waiting = waitingAtEnd(incidents, week);
  const corrected = correctedIn(claims, week);
  const unchecked = claims.filter(({ status }) => status === 'needsCheck');
  const titleOf = (id: string): string => incidents.find(({ incident }) => incident.id === id)?.incident.title ?? id;

  const highest = [...risen].sort((a, b) => tierRank(b.incident.rung) - tierRank(a.incident.rung)).slice(0, 2);
  const lastOpened = before.at(-1)?.figures.opened;
  const change =
    lastOpened === undefined
      ? ''
      : figures.opened === lastOpened
        ? '，与上周持平'
        : `，比上周${figures.opened > lastOpened ? '多' : '少'}${Math.abs(figures.opened - lastOpened)}起`;
  const first = say(
    `新增事件${figures.opened}起${change}；${figures.risen}起升级${highest.map(({ incident }) => `，“${incident.title}”到${TIER_NAMES[incident.rung]}`).join('')}。`,
    { incidents: [...opened, ...risen].map(({ incident }) => incident.id), question: ofIncidents },
  );
  const { onTime } = figures;
  const overdue = clocked.overdue[0];
  const second = say(
    onTime.of === 0
      ? '本周没有到期或已回应的事件。'
      : `应回应${onTime.of}件，按时${onTime.onTime}件${overdue === undefined ? '' : `；“${titleOf(overdue)}”等${clocked.overdue.length}件逾期未答`}。`,
    { incidents: [...clocked.onTime, ...clocked.late, ...clocked.overdue], question: ofIncidents },
  );
  const landed = furthestFall(corrected);
  const third = say(
    `更正传言${figures.corrected}条${landed === undefined ? '' : `，“${landed.claim}”的转述或追问在答复后由${percent(landed.before)}到${percent(landed.after)}`}；${unchecked.length}条仍待核实。`,
    { incidents: [...corrected, ...unchecked].map(({ incident }) => incident.id), question: ofClaims },
  );

  const tile = (
    label: string,
    read: Read,
    write: (value: number) => string,
    unit: string,
    given: Parameters<typeof evidence>[0],
    nothing: string,
  ): Tile => {
    const value = read(figures);
    return {
      label,
      value,
      text: value === null ? nothing : write(value),
      unit: value === null ? '' : unit,
      against: against(before, read, (past) => `${write(past)}${unit}`),
      weeks: [...before.map((past) => read(past.figures)), value],
      evidence: evidence(given),
    };
  };
  const answered = [...clocked.onTime, ...clocked.late, ...clocked.overdue];
  const whole = (value: number): string => grouped(value);
  const tiles: Tile[] = [
    tile(
      '新增事件',
      (f) => f.opened,
      whole,
      '',
      { incidents: opened.map(({ incident }) => incident.id), question: ofIncidents },
      '—',
    ),
    tile(
      '升级事件',
      (f) => f.risen,
      whole,
      '',
      { incidents: risen.map(({ incident }) => incident.id), question: ofIncidents },
      '—',
    ),
    tile(
      '按时回应率',
      rate,
      (share) => String(Math.round(share * 100)),
      '%',
      { incidents: answered, question: ofIncidents },
      '样本不足',
    ),
    tile(
      '未回应最久',
      (f) => f.longestWait,
      (hours) => hours.toFixed(1),
      '时',
      { incidents: waiting.map(({ incident }) => incident), question: ofIncidents },
      '无',
    ),
    tile(
      '已更正传言',
      (f) => f.corrected,
      whole,
      '',
      { incidents: corrected.map(({ incident }) => incident.id), question: ofClaims },
      '—',
    ),
  ];
  return {
    id: 'summary',
    title: '一页摘要',
    blocks: [
      { kind: 'sentences', items: [first, second, third], numbered: true },
      { kind: 'tiles', items: tiles },
      {
        kind: 'note',
        text: `${before.length === 0 ? '没有以往各周可比' : `中位指前${before.length}周中位数，小图为前${before.length}周与本周`}。按时回应率＝按时首次回应÷（已回应＋逾期未答）＝${onTime.onTime}÷${onTime.of}${rate(figures) === null ? `，不足${LEAST_CASES}件不计比率` : `＝${percent(onTime.onTime / onTime.of)}`}。`,
      },
      { kind: 'comment', slot: 'summary' },
    ],
  };
}

/** The corrected claim that most had told and whose shares are known: the one that the third sentence tells of. */
function furthestFall(
  corrected: readonly ClaimFacts[],
): { readonly claim: string; readonly before: number; readonly after: number } | undefined {
  const known = corrected.flatMap(({ claim, echo }) =>
    echo === null || echo.verdict === 'tooFew' || echo.before.share === null || echo.after.share === null
      ? []
      : [{ claim, before: echo.before.share, after: echo.after.share, reach: echo.claim.distinct }],
  );
  return known.sort((a, b) => b.reach - a.reach || (a.claim < b.claim ? -1 : 1))[0];
}
