import { describe, expect, test } from 'vitest';
import { judge } from '../../../pipelines/2-understand/classify.ts';
import { rumorWithReplies } from '../../../pipelines/2-understand/rumor-over-time.ts';
import { loadWeights } from '../../../server/adapters/models/load-weights.ts';

const weights = loadWeights();
const say = (text: string) => judge(weights, { text });

describe('a person in danger', () => {
  test.each([
    '有人站在新华路商场楼顶要跳楼,快来人劝劝他!',
    '我奶奶今天早上在菜市场走失,穿蓝色棉袄,看到请联系家人',
    '我们三个人被困在桥下的车里,水已经淹到车窗了,求救援',
    '小区断供氧了,我爸的呼吸机停了,救护车进不来!',
    '东湖边刚刚有小孩落水,谁会游泳快来帮忙',
  ])('is seen: %s', (text) => {
    const { need } = say(text);
    expect(need.lifeAtRisk).toBe(true);
    expect(need.urgent).toBe(true);
  });

  test.each([
    '昨晚看的那部电影,男主跳楼那段剧情把我看哭了',
    '哈哈哈笑死我了,今天又被困在家里写作业',
    '今天社区组织防溺水安全教育和消防演练,孩子们学到很多急救知识',
    '走失老人已找到,已平安回家,谢谢大家转发',
    '今天的晚霞真好看',
  ])('is not seen where nobody is in danger now: %s', (text) => {
    expect(say(text).need.lifeAtRisk).toBe(false);
  });

  test('shows the words it rests on, at their place in the text', () => {
    const text = '刚刚有人在解放桥上要跳河,快来人!';
    const reason = say(text).because.find((each) => each.label === 'lifeAtRisk');
    expect(reason?.start).toBeDefined();
    expect(text.slice(reason?.start, reason?.end)).toBe(reason?.cue);
  });
});

describe('need and duty', () => {
  test.each([
    ['请问新生儿上户口需要什么材料,在哪办理?', '咨询'],
    ['小区门口烧烤摊每天半夜扰民,投诉多次没人管', '投诉'],
    ['建议在三中门口增设红绿灯,方便学生过马路', '建议'],
    ['实名举报某某厂夜里偷排污水', '举报'],
    ['小区停水两天没人管', '投诉'],
    ['求助扩散!我奶奶今天下午在石门镇走失,穿灰色外套,有看到的请联系', '求助'],
  ] as const)('%s is %s', (text, kind) => {
    expect(say(text).need.kind).toBe(kind);
  });

  test('an ordinary post asks for nothing', () => {
    expect(say('周末和朋友去爬山,天气真好').need.kind).toBeNull();
  });

  test.each([
    ['小区又停水了,自来水公司电话打不通', '供水'],
    ['路口的红绿灯坏了三天,公交车都堵在那里', '交通'],
    ['化工厂半夜偷排废气,刺鼻的异味飘到家里', '环保'],
    ['公司拖欠工资半年,劳动仲裁一直没有结果', '人社'],
  ] as const)('%s concerns %s', (text, duty) => {
    expect(say(text).duty).toContain(duty);
  });
});

describe('feeling', () => {
  test('joy is positive and anger negative', () => {
    expect(say('太开心了,谢谢志愿者们的帮助,点赞!').sentiment).toMatchObject({ label: 'positive', mood: 'happy' });
    expect(say('气死我了,这种黑心商家真无耻,垃圾!').sentiment).toMatchObject({ label: 'negative', mood: 'angry' });
  });

  test('the score rises with what is felt', () => {
    const low = say('太难过了,失望透顶').sentiment.score;
    const high = say('太高兴了,幸福的一天').sentiment.score;
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
  });

  test('stands without emoticons and uses them where they are', () => {
    expect(say('今天下班[泪]').sentiment.score).toBeLessThan(say('今天下班[哈哈]').sentiment.score);
  });
});

describe('rumor', () => {
  test('a warning without a source to be passed on at once scores above a report with one', () => {
    const warning = say('紧急扩散!内部消息,明天全市停水一周,赶紧转给家人朋友').rumor.score;
    const report = say('记者从市气象台获悉,预计明天白天多云,气温12到18度').rumor.score;
    expect(warning).toBeGreaterThan(report);
  });

  test('denials in the replies raise the score', () => {
    const post = { text: '网传城西明天封路三天,大家多买点菜' };
    const plain = Array.from({ length: 12 }, (_, i) => ({ text: '知道了', afterSeconds: i * 60 }));
    const denials = plain.map(({ afterSeconds }) => ({ text: '假的,谣言,已经辟谣了', afterSeconds }));
    expect(rumorWithReplies(weights, post, denials).score).toBeGreaterThan(
      rumorWithReplies(weights, post, plain).score,
    );
  });

  test.each([
    '天气真好呀哈哈哈',
    '周末带孩子去公园喂鱼,鱼比孩子还胖',
    '冬天的白菜买了五十斤,阳台都堆满了',
    '打印机又卡纸了,全办公室都在围观',
  ])('everyday talk that claims nothing needs no check: %s', (text) => {
    expect(say(text).rumor.needsCheck).toBe(false);
  });

  test.each([
    '网传石门水库今晚要泄洪,下游村子都要转移,是真的吗?',
    '紧急扩散!内部消息,明天起全市停水一周,赶紧转给家人囤水',
  ])('hearsay needs a check: %s', (text) => {
    expect(say(text).rumor.needsCheck).toBe(true);
  });

  test('replies that deny open the gate for a text that seemed to claim little', () => {
    const post = { text: '冬天的白菜买了五十斤,阳台都堆满了' };
    const denials = Array.from({ length: 12 }, (_, i) => ({ text: '假的,谣言,已经辟谣了', afterSeconds: i * 60 }));
    const before = rumorWithReplies(weights, post, []).score;
    expect(rumorWithReplies(weights, post, denials).score).toBeGreaterThan(before + 0.2);
  });

  test('replies that neither ask nor deny leave the gate as it was', () => {
    const post = { text: '周末带孩子去公园喂鱼,鱼比孩子还胖' };
    const cheers = Array.from({ length: 12 }, (_, i) => ({ text: '哈哈哈好可爱', afterSeconds: i * 60 }));
    expect(rumorWithReplies(weights, post, cheers).needsCheck).toBe(false);
  });

  test('without replies it is what the text said', () => {
    const post = { text: '听说河西要建新机场' };
    const { rumor } = judge(weights, post);
    expect(rumorWithReplies(weights, post, [])).toEqual(rumor);
  });
});

describe('reasons', () => {
  const text = '请大家看看这里的小河,水都变成黑色的了,气味刺鼻,打了很多电话也没有人来看看';
  const tokens = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].map((each) => each.segment);
  const cueWords = new Set(weights.cues.map((cue) => cue.word));

  test('are cue words or whole words of the text, never runs of signs out of the middle of two', () => {
    for (const { cue } of judge(weights, { text, tokens }).because)
      expect(cueWords.has(cue) || (cue.length >= 2 && tokens.includes(cue)), cue).toBe(true);
  });

  test('are cue words alone where the text was not cut into words', () => {
    for (const { cue } of say(text).because) expect(cueWords.has(cue), cue).toBe(true);
  });
});

describe('hostile text', () => {
  test.each([
    ['nothing', ''],
    ['a lone surrogate', '\ud83d'],
    ['zero bytes', '\u0000\u0000停水\u0000'],
    ['open brackets', '['.repeat(5_000)],
    ['a megabyte of forwards', '//@a:[x<u@h'.repeat(100_000)],
  ])('does not throw on %s', (_, text) => {
    const judged = say(text);
    expect(judged.sentiment.score).toBeGreaterThanOrEqual(0);
    expect(judged.sentiment.score).toBeLessThanOrEqual(1);
  });

  test('zero-width, full-width and traditional signs are read as the plain ones', () => {
    const plain = say('小区停水了,投诉自来水公司');
    const hidden = say('小\u200b区停\u200d水了，投訴自來水公司');
    expect(hidden.need.kind).toBe(plain.need.kind);
    expect(hidden.duty).toEqual(plain.duty);
  });

  test('offsets point into the original where signs were left out', () => {
    const text = '小区停\u200b水三天了,投诉!';
    for (const { start, end } of say(text).because) {
      expect(start === undefined || (start >= 0 && end !== undefined && end <= text.length && start < end)).toBe(true);
    }
  });

  test('no more than eight reasons are given', () => {
    const text = '紧急扩散!求救!有人跳楼被困落水走失,投诉公安城管供水供电,气死我了太愤怒了,赶紧转给家人';
    expect(say(text).because.length).toBeLessThanOrEqual(8);
  });
});
