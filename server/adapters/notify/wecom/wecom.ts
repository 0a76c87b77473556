import type { Channel } from '../../../../pipelines/ports/channel.ts';
import { cutBytes } from '../cut-bytes.ts';
import { postJson, type Outbound } from '../post-json.ts';
import { readRobotAnswer, type RobotCodes } from '../robot-answer.ts';

/** developer.work.weixin.qq.com path/91770: 20 a minute a robot; text at most 2,048 bytes. */
const CODES: RobotCodes = {
  field: 'errcode',
  tooOften: new Map([[45009, 60_000]]),
  refused: new Map([
    [93000, '机器人的地址不对，或已被移出群'],
    [40008, '对方说内容格式不对'],
    [40058, '对方说内容格式不对'],
  ]),
};
const MOST_TEXT = 2_048;

/** An 企业微信 group robot. It has no signature: the key in its address is the secret. */
export function wecom({ url }: { readonly url: string }, outbound: Outbound): Channel {
  return {
    async send({ title, text, link }, signal) {
      const end = link === null ? '' : `\n${link}`;
      const content = `${cutBytes(`${title}\n${text}`, MOST_TEXT - Buffer.byteLength(end))}${end}`;
      const body = Buffer.from(JSON.stringify({ msgtype: 'text', text: { content } }));
      const posted = await postJson(url, body, {}, [], outbound, signal);
      return 'sent' in posted ? posted.sent : readRobotAnswer(posted, CODES);
    },
  };
}
