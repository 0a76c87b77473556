import type { ChannelTarget } from '../../../pipelines/domain/notify-channel.ts';
import type { Channel } from '../../../pipelines/ports/channel.ts';
import { isNamed } from '../outbound/address.ts';
import { dingtalk } from './dingtalk/dingtalk.ts';
import { email } from './email/email.ts';
import { feishu } from './feishu/feishu.ts';
import { readReceiver, type Outbound } from './post-json.ts';
import { isWebhookSecret, webhook } from './webhook/webhook.ts';
import { wecom } from './wecom/wecom.ts';

/** The adapter of a target. */
export function openChannel(target: ChannelTarget, outbound: Outbound): Channel {
  switch (target.kind) {
    case 'dingtalk':
      return dingtalk(target, outbound);
    case 'feishu':
      return feishu(target, outbound);
    case 'wecom':
      return wecom(target, outbound);
    case 'email':
      return email(target, outbound);
    case 'webhook':
      return webhook(target, outbound);
  }
}

/** Ports a mail server listens on; others only on hosts the office names. */
const MAIL_PORTS: ReadonlySet<number> = new Set([25, 465, 587, 2525]);
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}$/;
const HOST = /^[A-Za-z0-9.-]{1,253}$/;

/** Why a target can't be kept, as a sentence; undefined where it can. Nothing is asked for it. */
export function checkTarget(target: ChannelTarget, named: Outbound['named']): string | undefined {
  if (target.kind !== 'email') {
    const read = readReceiver(target.url, named);
    if ('refused' in read) return read.refused;
    if (target.kind === 'webhook' && !isWebhookSecret(target.secret))
      return '密钥要写成 whsec_ 加 base64（24 到 64 字节）；换密钥时可写两个，以空格隔开';
    return undefined;
  }
  if (!HOST.test(target.host)) return '邮件服务器要写主机名，如 smtp.example.gov.cn';
  const wrong = [target.from, ...target.to].find((one) => !ADDRESS.test(one));
  if (wrong !== undefined) return `“${wrong.slice(0, 80)}”不是一个邮箱地址`;
  if (target.to.length === 0) return '至少写一个收件邮箱';
  const url = new URL(`smtp://${target.host}:${target.port}`);
  if (isNamed(url, named)) return undefined;
  if (!MAIL_PORTS.has(target.port)) return '端口要是 25、465、587 或 2525';
  return target.security === 'none' ? '不加密只用于 WENBIDA_NOTIFY_HOSTS 里写明的主机' : undefined;
}
