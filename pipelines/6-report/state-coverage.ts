import type { Section } from '../domain/report.ts';
import type { WeekFacts } from './facts.ts';
import { sayBegun } from './say-no-data.ts';
import { dayAndTime, grouped, say } from './say.ts';

/** 覆盖说明: what the numbers below are counted from, and what is missing in them. */
export function stateCoverage(facts: WeekFacts): Section {
  const { week, sources } = facts;
  const { from, to } = week;
  const posts = sources.reduce((sum, source) => sum + source.posts, 0);
  const first = sources.reduce((sum, source) => sum + source.first, 0);
  const question = { of: 'sources', from, to } as const;
  const gaps = sources.filter((source) => source.gaps.length > 0);
  const capped = sources.filter((source) => source.caps.length > 0);
  const begun = sayBegun(facts);
  const uncovered = facts.counties.filter((county) => !county.fed);
  return {
    id: 'coverage',
    title: '覆盖说明',
    blocks: [
      {
        kind: 'sentences',
        items: [
          say(
            `数据源${sources.length}路，收${grouped(posts)}帖，去重后${grouped(first)}帖（文本相同或近似度0.8以上算一帖，记在首见的一周）。`,
            { question: { of: 'posts', from, to } },
          ),
          ...(begun === undefined ? [] : [say(begun, { question: { of: 'posts', from, to } })]),
          gaps.length === 0
            ? say('缺口：本周没有数据源静默。', { question })
            : say(
                `缺口：${gaps
                  .map(
                    ({ name, gaps: silent }) =>
                      `${name}${silent.map((gap) => `${dayAndTime(gap.from)}至${dayAndTime(gap.to)}`).join('、')}无数据`,
                  )
                  .join(
                    '；',
                  )}${uncovered.length === 0 ? '' : `；${uncovered.map(({ name }) => name).join('、')}因此按“无数据”计`}。`,
                { question },
              ),
          capped.length === 0
            ? say('上限：没有数据源注明采集上限。', { question })
            : say(`上限：${capped.map(({ name, caps }) => `${name}${caps.join('，')}`).join('；')}；触顶时帖量偏低。`, {
                question,
              }),
          ...(facts.letters === null || facts.letters === 0
            ? []
            : [say(`未收：${grouped(facts.letters)}行留在死信里，附理由，可改后重放。`, { question })]),
        ],
      },
    ],
  };
}
