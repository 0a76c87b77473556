import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Detector } from '../../../pipelines/4-watch/detect.ts';
import type { FoldedPost } from '../../../pipelines/domain/post.ts';
import { aPost, codesAsNames, HOUR, MINUTE, MONDAY } from '../../seeds/posts.ts';

const TROUBLES = ['停水 水压 水管', '爆炸 巨响 火光', '异味 刺鼻 化工', '坍塌 脚手架 工地', '欠薪 讨薪 工钱'];
const COUNTIES = ['410325', '370102', '430121', '510107', '330106'];

/** Five troubles in five counties, six people each, over two days of small talk. */
function stream(): FoldedPost[] {
  const talk = Array.from({ length: 200 }, (_, at) =>
    aPost({ words: ['早饭 豆腐汤', '晚霞 好看', '公园 桂花'][at % 3]!, at: '410303', time: MONDAY + at * 15 * MINUTE }),
  );
  const told = TROUBLES.flatMap((words, trouble) =>
    Array.from({ length: 6 }, (_, at) =>
      aPost({
        words: `${words} 说法${trouble}${at} 旁人${at}`,
        at: COUNTIES[trouble]!,
        need: '投诉',
        negative: true,
        time: MONDAY + (5 + trouble * 8) * HOUR + at * 4 * MINUTE,
        author: { key: `${trouble} ${at}`, kind: 'ordinary' },
      }),
    ),
  );
  return [...talk, ...told].sort((a, b) => a.time - b.time);
}

/** The posts of each incident, whatever it is called. */
function incidentsOf(posts: readonly FoldedPost[]): string[] {
  const members = new Map<string, Set<string>>();
  const { evidence, events } = new Detector({ names: codesAsNames }).watch(posts);
  for (const { incident, post } of evidence) members.set(incident, (members.get(incident) ?? new Set()).add(post));
  for (const { into, incident } of events) {
    if (into === undefined) continue;
    for (const post of members.get(incident) ?? []) members.get(into)?.add(post);
    members.delete(incident);
  }
  return [...members.values()].map((set) => [...set].sort().join(' ')).sort();
}

describe('posts that come late', () => {
  const sorted = stream();
  const inOrder = incidentsOf(sorted);

  test('are of five incidents when they come in order', () => {
    expect(inOrder).toHaveLength(5);
    expect(inOrder.map((posts) => posts.split(' ').length)).toEqual([6, 6, 6, 6, 6]);
  });

  test('up to 48 hours late, three in ten of them, give the same incidents', () => {
    const lateness = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 48 * 60 })), {
      minLength: sorted.length,
      maxLength: sorted.length,
    });
    fc.assert(
      fc.property(lateness, (late) => {
        const comes = (post: FoldedPost, at: number): number =>
          post.time + (late[at]![0] < 3 ? late[at]![1] * MINUTE : 0);
        const shuffled = sorted
          .map((post, at) => ({ post, comes: comes(post, at) }))
          .sort((a, b) => a.comes - b.comes)
          .map(({ post }) => post);
        expect(incidentsOf(shuffled)).toEqual(inOrder);
      }),
      { numRuns: 15, seed: 20_261_125 },
    );
  });

  test('wake an incident that had cooled, if by their own time it had not', () => {
    const detector = new Detector({ names: codesAsNames });
    detector.watch(sorted);
    const [last] = sorted.filter((post) => post.region?.code === '330106').slice(-1);
    const later = aPost({ words: '早上 好', at: '410303', time: last!.time + 40 * HOUR });
    const cooled = detector.watch([later]);
    expect(cooled.events.map(({ event }) => event)).toContain('cooled');
    const late = aPost({
      words: '欠薪 讨薪 工钱 还是 没有',
      at: '330106',
      need: '投诉',
      negative: true,
      time: last!.time + 30 * HOUR,
    });
    const woken = detector.watch([late]);
    expect(woken.events.filter(({ event }) => event === 'opened')).toEqual([]);
    expect(woken.incidents).toMatchObject([{ region: '330106', state: 'open', count: 7 }]);
  });
});
