import type { Section } from '../domain/report.ts';
import { clockOf, dateOf, minuteOfDay } from '../domain/shanghai-time.ts';
import type { WeekFacts } from './facts.ts';
import { monthAndDay, say } from './say.ts';

/** True where the week was over before the first post that is kept, and nothing else is known of it. */
export const isBeforeData = ({ week, since, incidents }: WeekFacts): boolean =>
  incidents.length === 0 && (since === null || (since !== undefined && since >= week.to));

/** 2026年11月23日21:04. */
const moment = (time: number): string =>
  `${dateOf(time).slice(0, 4)}年${monthAndDay(time)}${clockOf(minuteOfDay(time))}`;

/** All that can be said of a week from before there was anything to count. */
export function sayNoData({ week: { from, to }, since }: WeekFacts): Section {
  const because =
    since === null || since === undefined
      ? '做这份周报时还没有收到过帖文。'
      : `保存的帖文从${moment(since)}起，在这一周之后。`;
  return {
    id: 'coverage',
    title: '覆盖说明',
    blocks: [
      {
        kind: 'sentences',
        items: [
          say(`这一周还没有数据：${because}没有数据不等于没有事，所以不列数字。`, {
            question: { of: 'posts', from, to },
          }),
        ],
      },
    ],
  };
}

/** Of a week that began before there was anything to count; undefined where it lies whole in what is kept. */
export const sayBegun = ({ week: { from, to }, since }: WeekFacts): string | undefined =>
  since === null || since === undefined || dateOf(since) === dateOf(from) || since >= to
    ? undefined
    : `起点：保存的帖文从${moment(since)}起，此前几天没有数据，各项合计只算此后。`;
