import { EVENING, MINUTE, type Sent } from './running-app.ts';

/** 青龙湾水库今晚泄洪: a claim that goes round in a county, what an office answers, and what people then say. Invented. */
export const minute = (at: number): number => EVENING + at * MINUTE;
const TOWNS = ['城关镇', '韩城镇', '锦屏镇', '香鹿山镇', '莲庄镇', '三乡镇', '白杨镇', '柳泉镇', '高村镇', '张坞镇'];
const WHO = ['亲戚群', '家长群', '业主群', '同学群', '超市老板', '楼下邻居', '跑车的朋友', '菜市场'];
const town = (at: number): string => TOWNS[at % TOWNS.length]!;

const OPENERS = [
  '刚下夜班就听说',
  '我妈打电话来说',
  '快递小哥讲',
  '广场舞阿姨们议论',
  '老家亲戚发语音讲',
  '加油站排队时听人说',
  '娃他姥爷非说',
  '理发店里都在讲',
  '门卫大叔提醒',
  '校车司机透露',
  '婆婆急得哭，说',
];
const CLAIMS = [
  '青龙湾水库今晚泄洪，沿河的要连夜转移',
  '青龙湾水库今晚就要泄洪了，沿河人家得连夜转移',
  '今晚青龙湾水库泄洪，河边的都得连夜转移',
];
const TAILS = [
  '，现在水位多少？我家一楼怕淹',
  '，到底要不要转移？老人腿脚不便走不动',
  '，是真的吗，被子都捆好了',
  '，有没有官方消息，孩子明天还考试',
  '，水位多高了？谁在河边给看一眼',
  '，真的假的，超市矿泉水抢空了',
  '，要不要转移啊？牛羊咋办',
];
/** Says it and asks about it, each in words of its own. */
export const claims = (count: number, from: number, every: number, tag: string): Sent[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `${tag}-${at}`,
    at: minute(from + at * every),
    text: `${OPENERS[(at * 5 + tag.length) % OPENERS.length]!}宜阳县${town(at * 3)}${CLAIMS[at % 3]!}${TAILS[(at * 2 + tag.length) % 7]!}`,
  }));

export const FIRST = '网传青龙湾水库今晚泄洪的说法不实，请广大群众不信谣、不传谣。';
export const SECOND =
  '经宜阳县水利局现场核实，青龙湾水库当前水位287.4米，低于汛限水位3.1米，今晚没有泄洪安排，沿河群众不需要转移，值班电话0379-00000000。';
const PARTS = [
  '低于汛限水位3.1米，今晚没有泄洪安排',
  '今晚没有泄洪安排，沿河群众不需要转移',
  '青龙湾水库当前水位287.4米，低于汛限',
];
const THEN = [
  '锅里炖的排骨又接着炖了',
  '对门大哥把三轮车推回院里',
  '闺女终于肯写作业',
  '麻将桌又支起来了',
  '羊圈的门重新插好',
  '我爹说早该这么讲',
  '村口喇叭也在念',
  '卖烧饼的不收摊了',
  '狗都不叫了',
  '行李箱塞回床底下',
  '手机总算能充电',
];
const SO = [
  '谢谢值班的同志',
  '早说嘛',
  '给爸妈念了一遍',
  '转给三舅了',
  '睡觉去',
  '明天照常出车',
  '心里踏实',
  '别再瞎传',
  '点个赞',
];
/** Passes a part of the answer on, among words of one's own. */
export const quotes = (count: number, from: number): Sent[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `quote-${at}`,
    at: minute(from) + at * 15_000,
    text: `${THEN[(at * 4) % 11]!}，宜阳县${town(at * 7)}${WHO[(at * 5) % 8]!}${SO[(at * 2) % 9]!}，${THEN[(at * 7 + 3) % 11]!}，通报说${PARTS[at % 3]!}，${SO[(at * 5 + 4) % 9]!}，${OPENERS[(at * 3) % 11]!}`,
  }));
