import type { IncidentCard, IncidentMark } from '../../../pipelines/domain/report.ts';
import { clockOf, dateOf, dayStart, minuteOfDay } from '../../../pipelines/domain/shanghai-time.ts';
import { TIER_NAMES, TIERS, tierRank, type Tier } from '../../../pipelines/domain/tier.ts';
import { DONE, FG, frame, HAIR, INK, rect, round, RUNG, text, textWidth } from './svg.ts';

const LEFT = 44;
const RIGHT = 664;
const LANE = 24;
const HOUR = 3_600_000;
/** Hours between marks of the axis: the first that gives at most nine. */
const GAPS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720];

/** One incident: distinct posts an hour in grey, the dated steps it climbed, answers as ticks, its end as a dotted line. */
export function drawCard({ curve, marks, title }: IncidentCard): string {
  const times = [...curve.map(({ at }) => at), ...marks.map(({ at }) => at)];
  const from = Math.min(...times);
  const to = Math.max(...times, from + HOUR);
  const x = (time: number): number => LEFT + ((time - from) / (to - from)) * (RIGHT - LEFT);
  const rungs = lanesOf(marks);
  const y = (tier: Tier): number => 28 + rungs.indexOf(tier) * LANE;
  const base = 28 + rungs.length * LANE + 16;
  const most = Math.max(1, ...curve.map(({ distinct }) => distinct));
  const parts: string[] = rungs.map(
    (tier) => `<path d="M${LEFT} ${y(tier)}H${RIGHT}" stroke="${HAIR}"/>${text(0, y(tier) + 4, TIER_NAMES[tier])}`,
  );
  if (curve.length > 1) {
    const line = curve
      .map(({ at, distinct }) => `${round(x(at))} ${round(base - (distinct / most) * (base - 40))}`)
      .join('L');
    parts.push(
      `<path d="M${round(x(curve[0]!.at))} ${base}L${line}L${round(x(curve.at(-1)!.at))} ${base}Z" fill="#e9ebeb" stroke="${INK[1]}"/>`,
    );
  }
  parts.push(`<path d="M${LEFT} ${base}H${RIGHT}" stroke="#8b8980"/>`, ...axis(from, to, x, base));
  parts.push(...steps(marks, to, x, y));
  parts.push(...answers(marks, x, y, base));
  return frame(674, base + 20, `${title}的帖量、台阶与回应时刻`, parts.join(''));
}

/** From the lowest to the highest rung that anything happened on, without gaps. */
function lanesOf(marks: readonly IncidentMark[]): readonly Tier[] {
  const ranks = marks.map(({ tier }) => tierRank(tier));
  return TIERS.filter((_, rank) => rank >= Math.min(...ranks) && rank <= Math.max(...ranks)).reverse();
}

function axis(from: number, to: number, x: (time: number) => number, base: number): string[] {
  const gap = (GAPS.find((hours) => (to - from) / (hours * HOUR) <= 9) ?? GAPS.at(-1)!) * HOUR;
  const parts: string[] = [];
  for (let at = dayStart(from); at <= to; at += gap) {
    const place = x(at);
    if (at < from || place > RIGHT - 10 || place < LEFT + 4) continue;
    const [, month, day] = dateOf(at).split('-');
    const minutes = minuteOfDay(at);
    const words = minutes === 0 ? `${Number(month)}月${Number(day)}日` : clockOf(minutes);
    parts.push(
      `<path d="M${round(place)} ${base}v4" stroke="#8b8980"/>`,
      text(place, base + 16, words, 'middle', minutes === 0 ? FG : '#5d666d'),
    );
  }
  return parts;
}

function steps(
  marks: readonly IncidentMark[],
  to: number,
  x: (time: number) => number,
  y: (tier: Tier) => number,
): string[] {
  const climbed = marks.filter(({ kind }) => kind === 'step');
  const end = marks.find(({ kind }) => kind === 'closed')?.at ?? to;
  const parts = climbed.flatMap((step, at) => {
    const until = Math.max(step.at, climbed[at + 1]?.at ?? end);
    const before = climbed[at - 1];
    const place = round(x(step.at));
    const colour = RUNG[tierRank(step.tier)]!;
    return [
      `<path d="M${place} ${y(step.tier)}H${round(x(until))}" stroke="${FG}" stroke-width="2.4" fill="none"/>`,
      ...(before === undefined
        ? []
        : [
            `<path d="M${place} ${y(before.tier)}V${y(step.tier) + 7}" stroke="${colour}" stroke-width="3" fill="none"/>`,
            `<path d="M${round(place - 5.5)} ${y(step.tier) + 10}L${place} ${y(step.tier) + 1}L${round(place + 5.5)} ${y(step.tier) + 10}Z" fill="${colour}"/>`,
          ]),
    ];
  });
  const last = climbed.at(-1);
  const closed = marks.find(({ kind }) => kind === 'closed');
  if (closed !== undefined && last !== undefined) {
    const place = x(closed.at);
    const left = place + textWidth(closed.text) + 8 > RIGHT;
    parts.push(
      `<path d="M${round(place)} ${y(last.tier)}V${28 + LANE * 2}" stroke="${DONE}" stroke-dasharray="2 3" fill="none"/>`,
      text(left ? place - 6 : place + 6, y(last.tier) + 20, closed.text, left ? 'end' : 'start', DONE),
    );
  }
  return parts;
}

/** Ticks with their words above or below the line, wherever there is room; what has none is told in the terms under the drawing. */
function answers(
  marks: readonly IncidentMark[],
  x: (time: number) => number,
  y: (tier: Tier) => number,
  base: number,
): string[] {
  const taken: { readonly from: number; readonly to: number; readonly y: number }[] = [];
  const isFree = (from: number, to: number, at: number): boolean =>
    to <= RIGHT + 8 && !taken.some((one) => Math.abs(one.y - at) < 14 && from < one.to + 6 && to > one.from - 6);
  return marks
    .filter(({ kind }) => kind === 'answer')
    .flatMap((mark) => {
      const place = x(mark.at);
      const line = y(mark.tier);
      const width = textWidth(mark.text);
      const spots = [
        ...[line - 12, line + 20].map((at) => ({ from: Math.max(LEFT, place - 6), at })),
        ...[line - 12, line + 20].map((at) => ({ from: Math.min(place + 6, RIGHT) - width, at })),
      ].filter(({ at, from }) => at > 8 && at < base - 2 && from >= LEFT - 4);
      const spot = spots.find(({ from, at }) => isFree(from, from + width, at));
      taken.push({ from: place - 8, to: place + 8, y: line });
      if (spot !== undefined) taken.push({ from: spot.from, to: spot.from + width, y: spot.at });
      return [
        ...(spot === undefined
          ? []
          : [
              rect(spot.from - 1, spot.at - 10, width + 2, 13, '#ffffff'),
              text(spot.from, spot.at, mark.text, 'start', DONE),
            ]),
        `<circle cx="${round(place)}" cy="${line}" r="8" fill="#ffffff"/><circle cx="${round(place)}" cy="${line}" r="6.6" fill="${DONE}"/>`,
        `<path d="M${round(place - 3)} ${line}l2.3 2.4 3.9-4.7" fill="none" stroke="#ffffff" stroke-width="1.7"/>`,
      ];
    });
}
