import { describe, expect, test } from 'vitest';
import { concernOf } from '../../../pipelines/4-watch/concern.ts';
import type { FoldedPost } from '../../../pipelines/domain/post.ts';
import { aPost } from '../../seeds/posts.ts';

const happily = (post: FoldedPost): FoldedPost => ({
  ...post,
  sentiment: { label: 'positive', score: 0.9, mood: 'happy' },
});

describe('concern', () => {
  test('small talk is of none, even in a bad mood', () => {
    expect(concernOf(aPost({ words: '今天 好 累 不想 上班', negative: true })).score).toBeLessThan(0.2);
  });

  test('named harm is, and says by which word and of which kind', () => {
    const concern = concernOf(aPost({ words: '路口 发生 车祸 两 人 受伤' }));
    expect(concern).toMatchObject({ kind: '事故', word: '车祸' });
    expect(concern.score).toBeGreaterThanOrEqual(0.4);
  });

  test('a title is looked into where its words were cut in another way', () => {
    expect(concernOf(aPost({ text: '一楼体发生倒塌', words: '一楼体 发生倒塌' }))).toMatchObject({ word: '倒塌' });
  });

  test('a long text is not searched for words inside other words', () => {
    const long = '我们这里的风景很好看'.repeat(6);
    expect(concernOf(aPost({ text: `${long}大火锅`, words: '风景 大火锅' })).word).toBeNull();
  });

  test('a person in danger weighs more than a complaint, a complaint more than a question', () => {
    const score = (seed: Parameters<typeof aPost>[0]): number => concernOf(aPost(seed)).score;
    const words = '隔壁 老人';
    expect(score({ words, need: '求助', lifeAtRisk: true })).toBeGreaterThan(score({ words, need: '投诉' }));
    expect(score({ words, need: '投诉' })).toBeGreaterThan(score({ words, need: '咨询' }));
    expect(score({ words, need: '咨询' })).toBeGreaterThan(score({ words }));
  });

  test('something heard is marked as hearsay', () => {
    expect(concernOf(aPost({ words: '网传 学校 有人 抢 孩子' })).hearsay).toBe(true);
    expect(concernOf(aPost({ words: '学校 今天 开学' })).hearsay).toBe(false);
  });

  test('good news of trouble is of less concern', () => {
    const fire = { words: '大火 扑灭 无人 受伤' };
    const glad = happily(aPost(fire));
    expect(concernOf(glad).score).toBeLessThan(concernOf(aPost(fire)).score);
  });

  test('what a person asks for names the kind before the words do', () => {
    expect(concernOf(aPost({ words: '暴雨 被困 楼上', need: '求助', lifeAtRisk: true })).kind).toBe('求助');
    expect(concernOf(aPost({ words: '河里 污水', need: '举报' })).kind).toBe('举报');
  });

  test('stays between nothing and one', () => {
    const all = aPost({ words: '网传 爆炸 受伤', need: '求助', lifeAtRisk: true, negative: true });
    expect(concernOf(all).score).toBe(1);
    const glad = happily(aPost());
    expect(concernOf(glad).score).toBe(0);
  });
});
