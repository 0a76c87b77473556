import { describe, expect, test } from 'vitest';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { findMissing, type AskingPost } from '../../../pipelines/5-respond/find-missing.ts';

const asking = (text: string, at: number, group = `p${at}`): AskingPost => ({
  id: `p${at}` as PostId,
  group: group as PostId,
  text,
  time: at,
});

const LEVEL = ['现在水位多少？', '水位到底多高了', '有没有人知道现在的水位'];
const MOVE = ['要不要转移啊？', '我们村是不是也要撤离', '到底转移不转移？', '老人要转移吗'];

describe('what the public asks for', () => {
  test('is counted by text, most asked first, with the posts that ask', () => {
    const posts = [...LEVEL, ...MOVE].map((text, at) => asking(text, at));
    expect(findMissing(posts, [])).toEqual([
      { fact: '是否转移', asked: 4, posts: ['p6', 'p5', 'p4', 'p3'] },
      { fact: '当前水位', asked: 3, posts: ['p2', 'p1', 'p0'] },
    ]);
  });

  test('lacks no longer what an answer says', () => {
    const posts = [...LEVEL, ...MOVE].map((text, at) => asking(text, at));
    expect(findMissing(posts, ['锦川水库当前水位312.5米，低于汛限。']).map(({ fact }) => fact)).toEqual(['是否转移']);
    expect(findMissing(posts, ['水位312.5米。', '目前不需要转移。'])).toEqual([]);
  });

  test('is no fact that is only told, that copies ask, or that two ask', () => {
    const told = ['水位在涨，快转移', '水位很高', '已经转移了'].map((text, at) => asking(text, at));
    expect(findMissing(told, [])).toEqual([]);
    const copies = [0, 1, 2, 3].map((at) => asking('现在水位多少？', at, 'p0'));
    expect(findMissing(copies, [])).toEqual([]);
    expect(
      findMissing(
        LEVEL.slice(1).map((text, at) => asking(text, at)),
        [],
      ),
    ).toEqual([]);
  });

  test('a question of one sentence is not read into another', () => {
    const posts = ['水位在涨。真的假的？', '水位高。有没有人一起走', '水位不低；你们吃了吗'].map((text, at) =>
      asking(text, at),
    );
    expect(findMissing(posts, [])).toEqual([]);
  });
});
