import { describe, expect, test } from 'vitest';
import { Detector } from '../../../pipelines/4-watch/detect.ts';
import type { FoldedPost } from '../../../pipelines/domain/post.ts';
import { aPost, codesAsNames, HOUR, MINUTE, MONDAY, type PostSeed } from '../../seeds/posts.ts';

/** A generator with a seed (linear congruential): the same stream in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * sides);
  };
}

const TALK =
  '早饭 豆腐汤 公交 堵车 晚霞 作业 散步 桂花 火锅 电影 球赛 快递 加班 地铁 超市 下雨 猫咪 面馆 口罩 考试 假期 演出 咖啡 骑车'.split(
    ' ',
  );
const TROUBLES = [
  '停水 水压 水管 没人管',
  '爆炸 巨响 火光 浓烟',
  '异味 刺鼻 化工 熏人',
  '坍塌 脚手架 工地 伤者',
  '欠薪 讨薪 工钱 包工头',
  '网传 溃坝 转移 真的假的',
];
const COUNTIES = ['410325', '410303', '410311', '370102', '430121', '510107', '330106', '440103', '540421', '610102'];
const ESTATES = ['翠竹花园', '桃源小区', '迎宾路', '建业路', '柳树屯村', '金桂花园'];
const KIN = ['奶奶', '爷爷', '女儿', '儿子'];

/** Small talk, troubles of up to thirty people, pleas, copies, posts of other troubles in one town; a third up to a day late. */
function stream(): FoldedPost[] {
  const roll = dice(3);
  const pick = <T>(items: readonly T[]): T => items[roll(items.length)]!;
  const posts: { readonly post: FoldedPost; readonly comes: number }[] = [];
  let number = 0;
  const say = (seed: PostSeed & { readonly time: number }): FoldedPost => {
    const id = `p${number++}` as FoldedPost['id'];
    const post = aPost({ id, author: { key: `who ${roll(900)}`, kind: 'ordinary' }, group: id, ...seed });
    posts.push({ post, comes: post.time + (roll(3) === 0 ? roll(24 * 60) * MINUTE : 0) });
    return post;
  };
  for (let at = 0; at < 1_500; at++)
    say({
      words: `${pick(TALK)} ${pick(TALK)} ${pick(TALK)} 闲话${roll(300)}`,
      ...(roll(3) === 0 ? {} : { at: pick(COUNTIES) }),
      time: MONDAY + at * 5 * MINUTE,
    });
  for (let trouble = 0; trouble < 60; trouble++) {
    const [told, home, estate] = [pick(TROUBLES), pick(COUNTIES), pick(ESTATES)];
    const start = MONDAY + roll(110) * HOUR;
    const wide = roll(3) === 0;
    for (let at = 0, many = 2 + roll(30); at < many; at++) {
      const words = told
        .split(' ')
        .filter(() => roll(4) > 0)
        .join(' ');
      const post = say({
        words: `${roll(2) === 0 ? `${estate} ` : ''}${words === '' ? told : words} 说法${roll(40)} 旁人${roll(500)}`,
        at: wide && roll(3) === 0 ? pick(COUNTIES) : home,
        need: '投诉',
        negative: roll(2) === 0,
        needsCheck: told.startsWith('网传'),
        time: start + at * (3 + roll(9)) * MINUTE,
      });
      if (roll(8) === 0) say({ words: post.tokens.join(' '), group: post.id, time: post.time + roll(60) * MINUTE });
    }
  }
  // One event told in two ways, until people tell it in both.
  for (let event = 0; event < 8; event++) {
    const [one, other] = [`桥面${event} 开裂 车道`, `立交${event} 沉降 封闭`];
    const [home, start] = [pick(COUNTIES), MONDAY + roll(90) * HOUR];
    for (let at = 0; at < 14; at++)
      say({
        words: `${at < 8 ? [one, other][at % 2]! : `${one} ${other}`} 旁人${roll(500)}`,
        ...{ at: home, need: '投诉', negative: true, time: start + at * 4 * MINUTE },
      });
  }
  for (let plea = 0; plea < 40; plea++) {
    const [who, where] = [pick(KIN), pick(ESTATES)];
    const time = MONDAY + roll(110) * HOUR;
    for (let at = 0, many = 1 + roll(4); at < many; at++)
      say({
        text: `求助扩散！我${who}今早在${where}走失，到现在电话打不通，有看到的请联系家人，第${roll(9)}次发`,
        words: `求助 扩散 ${who} ${where} 走失 电话 联系 家人`,
        at: pick(COUNTIES),
        need: '求助',
        lifeAtRisk: true,
        time: time + at * 20 * MINUTE,
      });
  }
  return posts.sort((a, b) => a.comes - b.comes || (a.post.id < b.post.id ? -1 : 1)).map(({ post }) => post);
}

/** One line an event, and at the end what is evidence of each incident. */
function told(posts: readonly FoldedPost[], batch: number, capacity: number): string {
  const detector = new Detector({ names: codesAsNames, capacity });
  const lines: string[] = [];
  const evidence = new Map<string, number>();
  for (let at = 0; at < posts.length; at += batch) {
    const watch = detector.watch(posts.slice(at, at + batch));
    for (const event of watch.events)
      lines.push(
        [
          ...[new Date(event.at).toISOString(), event.event, event.incident, event.into ?? event.from ?? '-'],
          ...[event.rung, event.heat.toFixed(3), event.count, event.title, event.terms.join(' ')],
          event.because.join('；'),
        ].join(' | '),
      );
    for (const { incident } of watch.evidence) evidence.set(incident, (evidence.get(incident) ?? 0) + 1);
  }
  for (const [incident, count] of evidence) lines.push(`${incident} has ${count} posts`);
  return `${lines.join('\n')}\n`;
}

describe('the same stream', () => {
  const posts = stream();

  test('gives the events it gave before, word by word', async () => {
    await expect(told(posts, 500, 20_000)).toMatchFileSnapshot('../../golden/watch-events.txt');
  });

  test('gives them where so few clusters are held that many are let go, too', async () => {
    await expect(told(posts, 500, 200)).toMatchFileSnapshot('../../golden/watch-events-crowded.txt');
  });

  test('gives them in batches of any size', () => {
    expect(told(posts, 7, 200)).toBe(told(posts, 500, 200));
  });
});
