import Type, { type Static } from 'typebox';
import { CHANNEL_KINDS } from '../../pipelines/domain/notify-channel.ts';
import { INCIDENT_KINDS } from '../../pipelines/domain/incident.ts';

import { TIERS } from '../../pipelines/domain/tier.ts';
import { DELIVERY_STATES, NOTICE_KINDS } from '../../pipelines/domain/notice.ts';
import { oneOf, orNull, Region, strict, Time } from './shapes.ts';

/** The page 渠道 and what it asks for. Times are ISO 8601 in UTC; times of the day are HH:MM in Asia/Shanghai. */
export const HHMM = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const Id = Type.String({ pattern: '^[a-z0-9-]{1,40}$' });
const Name = Type.String({ minLength: 1, maxLength: 40 });

export const Subscription = Type.Object(
  {
    regions: Type.Array(Region, { maxItems: 50 }),
    kinds: Type.Array(oneOf(INCIDENT_KINDS), { maxItems: INCIDENT_KINDS.length }),
    fromRung: oneOf(TIERS),
    lifeAtRisk: Type.Boolean(),
    progress: Type.Boolean(),
    reminders: Type.Boolean(),
    overdue: Type.Boolean(),
    sourceSilence: Type.Boolean(),
    /** Of a webhook: it takes confirmed refutations that a person sends. */
    refutations: Type.Optional(Type.Boolean()),
  },
  strict,
);
const Quiet = orNull(Type.Object({ from: HHMM, to: HHMM }, strict));

/** ok 正常 · failing 在重试 · idle 还没有发过 · paused 已停用. */
export const CHANNEL_STATES = ['ok', 'failing', 'idle', 'paused'] as const;

export const ChannelRow = Type.Object(
  {
    id: Id,
    name: Name,
    kind: oneOf(CHANNEL_KINDS),
    host: Type.String(),
    /** The last four signs of its secret, all of it that is ever shown; empty where there is none. */
    lastFour: Type.String(),
    signed: Type.Boolean(),
    subscription: Subscription,
    regionNames: Type.Array(Type.String()),
    quiet: Quiet,
    second: orNull(Id),
    paused: Type.Boolean(),
    changedAt: Time,
    changedBy: Type.String(),
    state: oneOf(CHANNEL_STATES),
    last: orNull(
      Type.Object(
        {
          at: Time,
          /** null: it goes on, or the server was killed in it. */
          outcome: orNull(oneOf(['delivered', 'retry', 'refused'] as const)),
          says: Type.String(),
        },
        strict,
      ),
    ),
    waiting: Type.Integer(),
    sent: Type.Integer(),
    dead: Type.Integer(),
    muted: Type.Integer(),
  },
  strict,
);
export type ChannelRow = Static<typeof ChannelRow>;

export const DeliveryRow = Type.Object(
  {
    n: Type.Integer(),
    channel: Id,
    channelName: Type.String(),
    notice: Type.String(),
    kind: oneOf(NOTICE_KINDS),
    /** Empty for who looks after the deployment and may not read what it is about. */
    title: Type.String(),
    at: Time,
    due: Time,
    state: oneOf(DELIVERY_STATES),
    held: Type.Boolean(),
    attempts: Type.Integer(),
    lastAt: orNull(Time),
    because: Type.String(),
    standsInFor: orNull(Type.String()),
  },
  strict,
);
export type DeliveryRow = Static<typeof DeliveryRow>;

/** GET channels */
export const ChannelsPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    /** Where links in messages lead; null: messages carry none. */
    publicUrl: orNull(Type.String()),
    channels: Type.Array(ChannelRow),
    /** Newest first, at most 100. */
    dead: Type.Array(DeliveryRow),
    /** Of every state but dead, newest first, at most 50. */
    recent: Type.Array(DeliveryRow),
  },
  strict,
);
export type ChannelsPage = Static<typeof ChannelsPage>;

const Address = Type.String({ minLength: 8, maxLength: 2_000 });
const Secret = Type.String({ minLength: 1, maxLength: 400 });

/** Where a channel leads, as a person writes it. It goes in and never comes out. */
export const TargetAsk = Type.Union([
  Type.Object({ kind: Type.Literal('dingtalk'), url: Address, secret: Type.Optional(Secret) }, strict),
  Type.Object({ kind: Type.Literal('feishu'), url: Address, secret: Type.Optional(Secret) }, strict),
  Type.Object({ kind: Type.Literal('wecom'), url: Address }, strict),
  Type.Object({ kind: Type.Literal('webhook'), url: Address, secret: Secret }, strict),
  Type.Object(
    {
      kind: Type.Literal('email'),
      host: Type.String({ minLength: 1, maxLength: 253 }),
      port: Type.Integer({ minimum: 1, maximum: 65_535 }),
      security: oneOf(['tls', 'starttls', 'none'] as const),
      user: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      password: Type.Optional(Secret),
      from: Type.String({ minLength: 3, maxLength: 254 }),
      to: Type.Array(Type.String({ minLength: 3, maxLength: 254 }), { minItems: 1, maxItems: 50 }),
    },
    strict,
  ),
]);

/** POST channels: a new one, or with `id` what changes of one; without `target` it leads where it led. */
export const ChannelAsk = Type.Object(
  {
    id: Type.Optional(Id),
    name: Name,
    target: Type.Optional(TargetAsk),
    subscription: Subscription,
    quiet: Quiet,
    second: orNull(Id),
    paused: Type.Boolean(),
  },
  strict,
);
export type ChannelAsk = Static<typeof ChannelAsk>;

export const ChannelIs = Type.Object({ id: Id }, strict);
export type ChannelIs = Static<typeof ChannelIs>;

/** POST channels/:id/test: what the receiver answered, word for word, secrets struck out. */
export const TestAnswer = Type.Object(
  { kind: oneOf(['delivered', 'retry', 'refused'] as const), says: Type.String() },
  strict,
);
export type TestAnswer = Static<typeof TestAnswer>;

/** POST deliveries/resend: dead deliveries, to be tried again. */
export const ResendAsk = Type.Object(
  { ids: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 500 }) },
  strict,
);
export type ResendAsk = Static<typeof ResendAsk>;
export const ResendAnswer = Type.Object({ again: Type.Integer() }, strict);
export type ResendAnswer = Static<typeof ResendAnswer>;
