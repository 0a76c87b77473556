import { createHmac } from 'node:crypto';
import type { Channel } from '../../../../pipelines/ports/channel.ts';
import { cutBytes } from '../cut-bytes.ts';
import { postJson, type Outbound } from '../post-json.ts';
import { readRobotAnswer, type RobotCodes } from '../robot-answer.ts';

/** reliability.md §4; the official page was not at hand. Throttled robots stay shut for ten minutes. */
const CODES: RobotCodes = {
  field: 'errcode',
  tooOften: new Map([
    [130101, 600_000],
    [410100, 600_000],
  ]),
  refused: new Map([
    [310000, '安全设置没有通过：请核对加签密钥、关键词、IP 段，以及本机时间'],
    [300001, 'access_token 不对，请重新复制机器人的地址'],
    [400101, 'access_token 不存在，机器人可能已被删除'],
    [400102, '机器人已停用'],
  ]),
};
const MOST_TEXT = 16_000;

/** 加签: the secret is the key, `ts\nsecret` the message; ms; it goes into the query. Not encoded for it. */
export const signDingtalk = (secret: string, tsMs: number): string =>
  createHmac('sha256', secret).update(`${tsMs}\n${secret}`).digest('base64');

/** A 钉钉 custom robot. Signed anew with every try: a sign is good for an hour. */
export function dingtalk(target: { readonly url: string; readonly secret?: string }, outbound: Outbound): Channel {
  return {
    async send({ title, text, link }, signal) {
      const content = [title, text, ...(link === null ? [] : [link])].join('\n');
      const body = Buffer.from(JSON.stringify({ msgtype: 'text', text: { content: cutBytes(content, MOST_TEXT) } }));
      const secrets = target.secret === undefined ? [] : [target.secret];
      const posted = await postJson(signed(target, outbound.clock.now()), body, {}, secrets, outbound, signal);
      return 'sent' in posted ? posted.sent : readRobotAnswer(posted, CODES);
    },
  };
}

function signed({ url, secret }: { readonly url: string; readonly secret?: string }, now: number): string {
  if (secret === undefined || !URL.canParse(url)) return url;
  const address = new URL(url);
  address.searchParams.set('timestamp', String(now));
  address.searchParams.set('sign', signDingtalk(secret, now));
  return address.href;
}
