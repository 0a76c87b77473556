import { describe, expect, test } from 'vitest';
import { titleOf } from '../../../pipelines/4-watch/title.ts';

describe('the title of an incident', () => {
  test('is the clause that holds most of its words', () => {
    const text = '早上出门倒霉透了，锦绣家园小区停水两天没人管，真的无语';
    expect(titleOf([text], ['停水', '小区', '没人管'])).toBe('锦绣家园小区停水两天没人管');
  });

  test('is said by one of its own posts, word for word', () => {
    const texts = ['化工厂夜里又排气，熏得睡不着', '这股刺鼻异味从化工厂飘来。孩子咳嗽'];
    const title = titleOf(texts, ['刺鼻', '异味', '化工厂']);
    expect(texts.some((text) => text.includes(title))).toBe(true);
    expect(title).toContain('异味');
  });

  test('prefers telling to asking', () => {
    const texts = ['解放路是不是爆炸了吗', '解放路刚刚爆炸了一家店'];
    expect(titleOf(texts, ['爆炸', '解放路'])).toBe('解放路刚刚爆炸了一家店');
  });

  test('leaves out addresses, names spoken to, marks in brackets and what was forwarded', () => {
    const text =
      '@老王：滨河路积水太深车都泡了[泪][怒] https://example.invalid/abc //@somebody:转发微博滨河路积水积水积水';
    expect(titleOf([text], ['积水', '滨河路'])).toBe('滨河路积水太深车都泡了');
  });

  test('falls back to the beginning of the first post, cut at whole characters', () => {
    const long = '😀'.repeat(40);
    const title = titleOf([long], ['停水']);
    expect([...title]).toHaveLength(24);
    expect(title.isWellFormed()).toBe(true);
  });

  test('takes the incident’s words where its posts hold nothing but noise', () => {
    expect(titleOf(['https://example.invalid/a [泪]'], ['停水', '小区', '投诉', '水压'])).toBe('停水小区投诉');
  });

  test('has a name even where there is nothing to name it by', () => {
    expect(titleOf([], [])).toBe('未命名');
  });

  test('does not hang on a forward chain of great length', () => {
    const chain = '转发微博' + '//@user:转发微博'.repeat(20_000);
    expect(titleOf([chain], ['停水'])).toBe('转发微博');
  });

  test('is neither a half sentence nor a word to the reader, where a clause says what happened', () => {
    const words = ['翠竹花园', '停水', '老人'];
    expect(titleOf(['大家注意翠竹花园停水，因为翠竹花园停水的，翠竹花园停水两天老人没水做饭'], words)).toBe(
      '翠竹花园停水两天老人没水做饭',
    );
    expect(titleOf(['求求翠竹花园停水有人管，翠竹花园全天停水'], words)).toBe('翠竹花园全天停水');
  });
});
