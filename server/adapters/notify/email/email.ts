import { isIP } from 'node:net';
import type { ChannelTarget } from '../../../../pipelines/domain/notify-channel.ts';
import type { Channel, Message, Sent } from '../../../../pipelines/ports/channel.ts';
import { faultWords, reachable, resolved } from '../../outbound/reach.ts';
import { HOSTS_SETTING, type Outbound } from '../post-json.ts';
import { strikeSecrets } from '../strike-secrets.ts';

export type EmailTarget = Extract<ChannelTarget, { readonly kind: 'email' }>;

/**
 * A mailbox or several, over one SMTP server. The address of the server is looked at before it is connected to, as for any other
 * receiver; the id of the message stays the same in every retry, so that a mailbox can tell a repetition.
 */
export function email(target: EmailTarget, outbound: Outbound): Channel {
  const { withinMs = 10_000, named, resolve = resolved } = outbound;
  return {
    async send(message, signal) {
      try {
        const host = new URL(`smtp://${target.host}:${target.port}`);
        const found = await reachable(host, named, resolve, HOSTS_SETTING);
        if ('refused' in found) return { kind: 'refused', because: found.refused };
        return await deliver(target, found.address, message, withinMs, signal);
      } catch (error) {
        return sayWhy(error, target, withinMs);
      }
    },
  };
}

async function deliver(
  target: EmailTarget,
  address: string,
  message: Message,
  withinMs: number,
  signal: AbortSignal,
): Promise<Sent> {
  const { host, port, security, user, password, from, to } = target;
  // Loaded where there is a mailbox: most offices have none, and it takes megabytes.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // The connection goes to the address that was looked at; the certificate must be that of the name.
    ...(isIP(host) === 0 && { tls: { servername: host } }),
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    socketTimeout: withinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const stop = (): void => transport.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const idOf = (id: string): string => `<${id.replace(/[^A-Za-z0-9.-]/g, '-')}@wenbida>`;
    const sent = await transport.sendMail({
      from,
      to: [...to],
      subject: message.title,
      text: [message.text, ...(message.link === null ? [] : [message.link])].join('\n\n'),
      messageId: idOf(message.id),
      references: idOf(`thread-${message.thread}`),
      headers: { 'X-Wenbida-Events': message.notices.map(({ id }) => id.replace(/[^\x21-\x7e]/g, '-')).join(' ') },
    });
    const missing = sent.rejected.length;
    const said = strikeSecrets(sent.response, secretsOf(target));
    return { kind: 'delivered', answer: missing === 0 ? said : `${said}（${missing} 个收件人没有收下）` };
  } finally {
    signal.removeEventListener('abort', stop);
    transport.close();
  }
}

const secretsOf = ({ user, password }: EmailTarget): readonly string[] =>
  [password, password === undefined ? undefined : Buffer.from(`\0${user}\0${password}`).toString('base64')].flatMap(
    (one) => one ?? [],
  );

/** The parts of nodemailer's errors that are read. */
interface SmtpFault {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

function sayWhy(error: unknown, target: EmailTarget, withinMs: number): Sent {
  const { code = '', responseCode, response = '' } = Object(error) as SmtpFault;
  if (responseCode !== undefined && responseCode >= 400) {
    const because = `邮件服务器答：${strikeSecrets(response, secretsOf(target))}`;
    return { kind: responseCode >= 500 ? 'refused' : 'retry', because };
  }
  if (code === 'EAUTH') return { kind: 'refused', because: '邮件服务器不认这个账号或密码' };
  if (code === 'ETLS' || code === 'ESOCKET')
    return { kind: 'retry', because: faultWords(Object(error) as Error) ?? '与邮件服务器的加密连接没有建成' };
  if (code === 'ETIMEDOUT')
    return { kind: 'retry', because: `邮件服务器 ${withinMs / 1_000} 秒内没有答复，不知是否送到` };
  if (code === 'ECONNECTION') return { kind: 'retry', because: '与邮件服务器的连接中途断了，不知是否送到' };
  return { kind: 'retry', because: faultWords(error) ?? '邮件没有发成' };
}
