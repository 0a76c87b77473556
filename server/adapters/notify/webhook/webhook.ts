import { createHmac } from 'node:crypto';
import type { Notice } from '../../../../pipelines/domain/notice.ts';
import type { Channel } from '../../../../pipelines/ports/channel.ts';
import { byStatus, postJson, type Outbound } from '../post-json.ts';

const PREFIX = 'whsec_';

/** True for `whsec_` and base64 of 24 to 64 bytes (Standard Webhooks), or two of them separated by a space. */
export function isWebhookSecret(text: string): boolean {
  const parts = text.split(' ');
  return parts.length <= 2 && parts.every((part) => /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(part));
}

/** Standard Webhooks v1: HMAC-SHA256 over `id.ts.body`; one signature a key, so that keys can be changed without a gap. */
export const signWebhook = (secret: string, id: string, tsS: number, body: string): string =>
  secret
    .split(' ')
    .map((one) => {
      const key = Buffer.from(one.slice(PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${tsS}.${body}`).digest('base64')}`;
    })
    .join(' ');

/** Any program that takes a signed POST. It answers 2xx, or is asked again; what it says in the body does not matter. */
export function webhook(target: { readonly url: string; readonly secret: string }, outbound: Outbound): Channel {
  return {
    async send({ id, title, text, link, notices, thread }, signal) {
      const ts = Math.floor(outbound.clock.now() / 1_000);
      const data = { id, thread, title, text, link, notices: notices.map(rowOf) };
      const timestamp = new Date(ts * 1_000).toISOString();
      const body = JSON.stringify({ type: 'wenbida.notice', timestamp, data });
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(ts),
        'webhook-signature': signWebhook(target.secret, id, ts, body),
      };
      const secrets = target.secret.split(' ').flatMap((one) => [one, one.slice(PREFIX.length)]);
      const posted = await postJson(target.url, Buffer.from(body), headers, secrets, outbound, signal);
      if ('sent' in posted) return posted.sent;
      return byStatus(posted) ?? { kind: 'delivered', answer: `${posted.status} ${posted.body}`.trim() };
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();

const rowOf = ({
  id,
  kind,
  at,
  thread,
  incident,
  region,
  rung,
  incidentKind,
  lifeAtRisk,
  title,
  place,
  says,
  due,
  refutation,
}: Notice) => ({
  ...{ id, kind, at: iso(at), thread, incident, region, rung, incidentKind, lifeAtRisk, title, place, says },
  due: due === null ? null : iso(due),
  ...(refutation === undefined ? {} : { refutation: { ...refutation, confirmedAt: iso(refutation.confirmedAt) } }),
});
