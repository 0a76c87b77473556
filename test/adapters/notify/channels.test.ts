import { createHmac, timingSafeEqual } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cutBytes } from '../../../server/adapters/notify/cut-bytes.ts';
import { dingtalk, signDingtalk } from '../../../server/adapters/notify/dingtalk/dingtalk.ts';
import { email } from '../../../server/adapters/notify/email/email.ts';
import { feishu, signFeishu } from '../../../server/adapters/notify/feishu/feishu.ts';
import { checkTarget } from '../../../server/adapters/notify/open-channel.ts';
import type { Outbound } from '../../../server/adapters/notify/post-json.ts';
import { webhook } from '../../../server/adapters/notify/webhook/webhook.ts';
import { wecom } from '../../../server/adapters/notify/wecom/wecom.ts';
import { aMessage, EVENING } from '../../seeds/notices.ts';
import { httpReceiver, type Receiver } from '../../seeds/notify-receiver.ts';
import { smtpReceiver } from '../../seeds/smtp-receiver.ts';
import { channelSuite } from '../../suites/channel-suite.ts';

const TOKEN = 'canary-token-7f3a9';
const SECRET = 'SECcanary-secret-51c2';
const WHSEC = `whsec_${Buffer.from('canary-key-of-32-bytes-for-tests').toString('base64')}`;
const NEVER = new AbortController().signal;

const outbound = (receiver: Receiver, named = true): Outbound => ({
  clock: { now: () => EVENING },
  named: new Set(named ? [receiver.host] : []),
  withinMs: 300,
});
const url = (receiver: Receiver, scheme = 'http'): string =>
  `${scheme}://${receiver.host}/robot/send?access_token=${TOKEN}`;
const robotAnswers = {
  good: `{"errcode":0,"errmsg":"ok ${TOKEN}"}`,
  coded: '{"errcode":130101,"errmsg":"send too fast"}',
};
const larkAnswers = { good: '{"code":0,"msg":"success","data":{}}', coded: '{"code":11232,"msg":"limit"}' };

channelSuite('dingtalk', {
  receiver: () => httpReceiver(robotAnswers),
  open: (to, { named } = {}) =>
    dingtalk({ url: url(to, named === false ? 'https' : 'http'), secret: SECRET }, outbound(to, named)),
  openSecure: (to) => dingtalk({ url: url(to, 'https'), secret: SECRET }, outbound(to)),
  secrets: [TOKEN, SECRET],
  codedIsFinal: false,
});
channelSuite('feishu', {
  receiver: () => httpReceiver(larkAnswers),
  open: (to, { named } = {}) =>
    feishu({ url: url(to, named === false ? 'https' : 'http'), secret: SECRET }, outbound(to, named)),
  openSecure: (to) => feishu({ url: url(to, 'https'), secret: SECRET }, outbound(to)),
  secrets: [TOKEN, SECRET],
  codedIsFinal: false,
});
channelSuite('wecom', {
  receiver: () => httpReceiver(robotAnswers),
  open: (to, { named } = {}) => wecom({ url: url(to, named === false ? 'https' : 'http') }, outbound(to, named)),
  openSecure: (to) => wecom({ url: url(to, 'https') }, outbound(to)),
  secrets: [TOKEN],
  codedIsFinal: false,
});
channelSuite('webhook', {
  // It has no code of its own: its way to say no is a status.
  receiver: async () => {
    const receiver = await httpReceiver({ good: 'thanks', coded: '' });
    return new Proxy(receiver, {
      set: (target, key, value) => Reflect.set(target, key, key === 'mode' && value === 'coded' ? 'denies' : value),
    });
  },
  open: (to, { named } = {}) =>
    webhook({ url: url(to, named === false ? 'https' : 'http'), secret: WHSEC }, outbound(to, named)),
  openSecure: (to) => webhook({ url: url(to, 'https'), secret: WHSEC }, outbound(to)),
  secrets: [TOKEN, WHSEC, WHSEC.slice(6)],
  codedIsFinal: true,
});
const mailTo = (to: Receiver, security: 'none' | 'tls') => {
  const [host = '', port = ''] = to.host.split(':');
  const addresses = { from: 'wenbida@example.gov.cn', to: ['duty@example.gov.cn'] };
  return { kind: 'email' as const, host, port: Number(port), security, ...addresses };
};
channelSuite('email', {
  receiver: smtpReceiver,
  open: (to, { named } = {}) => email(mailTo(to, 'none'), outbound(to, named)),
  openSecure: (to) => email(mailTo(to, 'tls'), outbound(to)),
  secrets: [],
  codedIsFinal: true,
});

describe('the vectors of reliability.md §4', () => {
  test('钉钉: the secret is the key, milliseconds', () => {
    expect(encodeURIComponent(signDingtalk('this is secret', 1_599_360_473_000))).toBe(
      'hXZTWifRGHclNuZSKxoXc%2F%2Fsh51SWfVfRIhcdeKs63I%3D',
    );
  });
  test('飞书: the key is time and secret, the message empty, seconds', () => {
    expect(signFeishu('this is secret', 1_599_360_473)).toBe('/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw=');
  });
});

describe('what arrives', () => {
  test('钉钉 is signed at the time of sending, in the query', async () => {
    const to = await httpReceiver(robotAnswers);
    await dingtalk({ url: url(to), secret: SECRET }, outbound(to)).send(aMessage(), NEVER);
    const asked = new URL(to.taken[0]!.path, 'http://robot');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      access_token: TOKEN,
      timestamp: String(EVENING),
      sign: signDingtalk(SECRET, EVENING),
    });
    expect(JSON.parse(to.taken[0]!.body)).toEqual({
      msgtype: 'text',
      text: { content: `${aMessage().title}\n${aMessage().text}\n${aMessage().link}` },
    });
    await to.close();
  });

  test('飞书 is signed in the body, and the body never exceeds 20 KB', async () => {
    const to = await httpReceiver(larkAnswers);
    const text = '"\\\n'.repeat(20_000);
    await feishu({ url: url(to), secret: SECRET }, outbound(to)).send(aMessage({ text }), NEVER);
    const body = to.taken[0]!.body;
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(20 * 1024);
    expect(JSON.parse(body)).toMatchObject({
      timestamp: String(EVENING / 1_000),
      sign: signFeishu(SECRET, EVENING / 1_000),
      msg_type: 'text',
    });
    expect(body).toContain('/desk#/incident/incident-1');
    await to.close();
  });

  test('企业微信 holds 2,048 bytes of text with its link whole, and calls nobody by name', async () => {
    const to = await httpReceiver(robotAnswers);
    await wecom({ url: url(to) }, outbound(to)).send(aMessage({ text: '急'.repeat(5_000) }), NEVER);
    const body = JSON.parse(to.taken[0]!.body) as { text: { content: string } };
    expect(Object.keys(body.text)).toEqual(['content']);
    expect(Buffer.byteLength(body.text.content)).toBeLessThanOrEqual(2_048);
    expect(body.text.content).toMatch(/急…\nhttps:\/\/wenbida\.example\.gov\.cn\/wall#\/incident\/incident-1$/u);
    await to.close();
  });

  test('a webhook verifies by Standard Webhooks, also while one key takes over from another', async () => {
    const to = await httpReceiver({ good: '', coded: '' });
    const old = `whsec_${Buffer.from('the-old-key-of-thirty-two-bytes!').toString('base64')}`;
    await webhook({ url: url(to), secret: `${WHSEC} ${old}` }, outbound(to)).send(aMessage(), NEVER);
    const { headers, body } = to.taken[0]!;
    const id = String(headers['webhook-id']);
    expect(id).toBe('alert-1');
    const signatures = String(headers['webhook-signature']).split(' ');
    expect(signatures).toHaveLength(2);
    for (const [at, secret] of [WHSEC, old].entries()) {
      const key = Buffer.from(secret.slice(6), 'base64');
      const expected = createHmac('sha256', key)
        .update(`${id}.${String(headers['webhook-timestamp'])}.${body}`)
        .digest();
      expect(timingSafeEqual(Buffer.from(signatures[at]!.slice(3), 'base64'), expected)).toBe(true);
    }
    expect(JSON.parse(body)).toMatchObject({
      type: 'wenbida.notice',
      timestamp: '2026-11-20T13:00:00.000Z',
      data: { id: 'alert-1', thread: 'incident-1', notices: [{ id: 'alert-1', kind: 'alert', rung: 'county' }] },
    });
    await to.close();
  });

  test('a mail keeps its id in every retry and hangs on the thread of its incident', async () => {
    const to = await smtpReceiver();
    const channel = email(mailTo(to, 'none'), outbound(to));
    await channel.send(aMessage(), NEVER);
    await channel.send(aMessage(), NEVER);
    const [first, again] = to.taken.map(({ body }) => /^Message-ID: (.+)$/im.exec(body)?.[1]);
    expect(first).toBe('<alert-1@wenbida>');
    expect(again).toBe(first);
    expect(to.taken[0]!.body).toMatch(/^References: <thread-incident-1@wenbida>$/im);
    await to.close();
  });

  test('a title can not write headers into a mail', async () => {
    const to = await smtpReceiver();
    await email(mailTo(to, 'none'), outbound(to)).send(aMessage({ title: '停暖\r\nBcc: all@elsewhere.test' }), NEVER);
    expect(to.taken[0]!.body).not.toMatch(/^Bcc:/im);
    await to.close();
  });

  test('a Retry-After is said on', async () => {
    const to = await httpReceiver(robotAnswers);
    to.mode = 'tooMany';
    expect(await wecom({ url: url(to) }, outbound(to)).send(aMessage(), NEVER)).toMatchObject({ afterMs: 7_000 });
    await to.close();
  });

  test('a certificate nobody vouches for ends it, named or not', async () => {
    const to = await httpReceiver({ ...robotAnswers, secure: true });
    const sent = await wecom({ url: url(to, 'https') }, outbound(to)).send(aMessage(), NEVER);
    expect(sent).toMatchObject({ kind: 'retry', because: expect.stringContaining('证书不可信') as string });
    expect(to.received).toEqual([]);
    await to.close();
  });

  test('a robot that says its secret is wrong is not asked again, and says what to do', async () => {
    const to = await httpReceiver({ ...robotAnswers, coded: '{"errcode":310000,"errmsg":"sign not match"}' });
    to.mode = 'coded';
    const sent = await dingtalk({ url: url(to), secret: SECRET }, outbound(to)).send(aMessage(), NEVER);
    expect(sent).toMatchObject({ kind: 'refused', because: expect.stringContaining('请核对加签密钥') as string });
    await to.close();
  });
});

describe('where a channel may lead', () => {
  const named = new Set(['robot.lan:8080']);
  const secret = WHSEC;
  test.each([
    'http://127.0.0.1/hook',
    'https://127.0.0.1/hook',
    'https://2130706433/hook',
    'https://0x7f.1/hook',
    'https://[::ffff:127.0.0.1]/hook',
    'https://①②⑦.0.0.1/hook',
    'https://10.1.2.3/hook',
    'https://169.254.169.254/latest',
    'https://100.64.0.1/hook',
    'https://[fc00::1]/hook',
    'https://user:pass@example.com/hook',
    'https://example.com:22/hook',
    'http://example.com/hook',
    'ftp://example.com/hook',
    'file:///etc/passwd',
    'gopher://example.com/',
    'not an address',
  ])('not to %s', (address) => {
    expect(checkTarget({ kind: 'webhook', url: address, secret }, named)).toMatch(/\p{Script=Han}/u);
  });

  test('to public hosts over TLS, and to those the office has named', () => {
    expect(checkTarget({ kind: 'webhook', url: 'https://hooks.example.com/x', secret }, named)).toBeUndefined();
    expect(checkTarget({ kind: 'dingtalk', url: 'http://robot.lan:8080/send' }, named)).toBeUndefined();
    expect(checkTarget({ kind: 'webhook', url: 'https://hooks.example.com/x', secret: 'plain' }, named)).toContain(
      'whsec_',
    );
    const mail = { kind: 'email', host: 'smtp.example.gov.cn', port: 465, security: 'tls', from: 'a@b.cn' } as const;
    expect(checkTarget({ ...mail, to: ['c@d.cn'] }, named)).toBeUndefined();
    expect(checkTarget({ ...mail, to: [] }, named)).toContain('至少');
    expect(checkTarget({ ...mail, to: ['c@d.cn>\r\nRCPT TO:<e@f.cn'] }, named)).toContain('不是一个邮箱地址');
    expect(checkTarget({ ...mail, to: ['c@d.cn'], security: 'none' }, named)).toContain('不加密');
  });

  test('a name that resolves to an address inside is not asked, whatever it was before', async () => {
    const to = await httpReceiver(robotAnswers);
    const channel = wecom(
      { url: `https://rebound.example/send?key=${TOKEN}` },
      { ...outbound(to, false), resolve: () => Promise.resolve(['93.184.216.34', '127.0.0.1']) },
    );
    expect(await channel.send(aMessage(), NEVER)).toMatchObject({ kind: 'refused' });
    expect(to.connections()).toBe(0);
    await to.close();
  });
});

describe('cutting by bytes', () => {
  test.each([
    ['求助', 6, '求助'],
    ['求助求助', 9, '求助…'],
    ['求助求助', 8, '求…'],
    ['a👨b', 6, 'a👨b'],
    ['a👨bc', 6, 'a…'],
    ['\ud800', 9, '\ufffd'],
  ])('%j in %i bytes is %j', (text, most, cut) => {
    expect(cutBytes(text, most)).toBe(cut);
    expect(Buffer.byteLength(cutBytes(text, most))).toBeLessThanOrEqual(Math.max(most, 3));
  });
});
