import { createHmac } from 'node:crypto';
import type { Channel } from '../../../../pipelines/ports/channel.ts';
import { cutBytes } from '../cut-bytes.ts';
import { postJson, type Outbound } from '../post-json.ts';
import { readRobotAnswer, type RobotCodes } from '../robot-answer.ts';

/** open.larkoffice.com, custom bots: 100 a minute, 5 a second, body ≤ 20 KB, a sign is good for an hour. */
const CODES: RobotCodes = {
  field: 'code',
  tooOften: new Map([[11232, 60_000]]),
  refused: new Map([
    [19021, '签名或时间没有通过：请核对签名密钥与本机时间'],
    [19022, '本机地址不在机器人的 IP 白名单里'],
    [19024, '没有命中机器人的关键词：请把“问必答”加为关键词'],
    [19001, '机器人的地址不对，可能已被删除'],
    [9499, '对方说内容格式不对'],
  ]),
};
const MOST_BODY = 20_000;

/** 签名校验: `ts\nsecret` is the key and the message is empty; seconds; it goes into the body. */
export const signFeishu = (secret: string, tsS: number): string =>
  createHmac('sha256', `${tsS}\n${secret}`).update('').digest('base64');

/** A 飞书 custom bot. */
export function feishu(target: { readonly url: string; readonly secret?: string }, outbound: Outbound): Channel {
  const { url, secret } = target;
  return {
    async send({ title, text, link }, signal) {
      const ts = Math.floor(outbound.clock.now() / 1_000);
      const sign = secret === undefined ? {} : { timestamp: String(ts), sign: signFeishu(secret, ts) };
      const whole = (most: number): Buffer => {
        const end = link === null ? '' : `\n${link}`;
        const words = `${cutBytes(`${title}\n${text}`, most - Buffer.byteLength(end))}${end}`;
        return Buffer.from(JSON.stringify({ ...sign, msg_type: 'text', content: { text: words } }));
      };
      let body = whole(MOST_BODY);
      // Writing it as JSON adds to it; what is over is taken from the words, at most twice as much as was added.
      if (body.length > MOST_BODY) body = whole(Math.max(1_000, MOST_BODY - 2 * (body.length - MOST_BODY) - 200));
      const secrets = secret === undefined ? [] : [secret];
      const posted = await postJson(url, body, {}, secrets, outbound, signal);
      return 'sent' in posted ? posted.sent : readRobotAnswer(posted, CODES);
    },
  };
}
