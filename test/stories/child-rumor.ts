import { EVENING, MINUTE, type Sent } from './running-app.ts';

const minute = (at: number): number => EVENING + at * MINUTE;

/** A rumor in one county only: its first town, then more of them. */
export const IN_YIYANG: readonly Sent[] = [
  '网传宜阳县锦屏镇青石湾小学门口有人开白色面包车抢孩子，家长都去接了，是真的吗？',
  '听说宜阳县锦屏镇青石湾小学门口白色面包车抢孩子，已经抢走两个了，真的假的',
  '宜阳县锦屏镇的来说说，青石湾小学白色面包车抢孩子是不是谣言，群里传得吓人',
  '刚收到语音说宜阳县锦屏镇青石湾小学有白色面包车抢孩子，有人能证实吗，心慌，是真的吗',
  '宜阳县韩城镇的群里都在传白色面包车在青石湾小学抢孩子，求证，有没有官方消息',
  '宜阳县韩城镇超市门口也都在说青石湾小学白色面包车抢孩子，有没有官方出来说一句，求真相',
  '宜阳县香鹿山镇也听说青石湾小学白色面包车抢孩子，真的假的，学校电话打不通',
  '听说宜阳县香鹿山镇也有人看见那辆白色面包车抢孩子，青石湾小学的事是真的吗，谁能证实',
].map((text, at) => ({ id: `yiyang-${at}`, text, at: minute(1 + at) }));

/** The same claim, told by people of other counties of the city. */
export const BEYOND: readonly Sent[] = [
  '洛宁县的群里也在传青石湾小学白色面包车抢孩子，说车往洛宁来了，求证',
  '洛宁县好多人转发宜阳青石湾小学白色面包车抢孩子的语音，真的假的',
  '伊川县也收到了，说宜阳青石湾小学白色面包车抢孩子，有没有官方消息，求真相',
  '人在伊川县，亲戚群里都在传青石湾小学白色面包车抢孩子，是真的吗',
  '洛龙区这边也听说白色面包车抢孩子，说在青石湾小学抢走两个，有没有人能证实',
  '洛龙区的群里传青石湾小学白色面包车抢孩子，像谣言，求官方辟谣',
].map((text, at) => ({ id: `beyond-${at}`, text, at: minute(15 + 2 * at) }));
