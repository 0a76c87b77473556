import type { QuietHours } from './quiet-hours.ts';
import type { IncidentKind } from './incident.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';

/** 渠道: a way to tell people something. Robots of three office programs, e-mail, and any program that takes a signed webhook. */
export const CHANNEL_KINDS = ['dingtalk', 'feishu', 'wecom', 'email', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const CHANNEL_KIND_NAMES: Readonly<Record<ChannelKind, string>> = {
  dingtalk: '钉钉机器人',
  feishu: '飞书机器人',
  wecom: '企业微信机器人',
  email: '邮件',
  webhook: '签名回调',
};

/** Where a channel leads, secrets included. Kept sealed, and never shown but for the last four signs of its secret. */
export type ChannelTarget =
  /** `url` carries the robot's token and is a secret itself; `secret` is that of 加签. */
  | { readonly kind: 'dingtalk'; readonly url: string; readonly secret?: string }
  | { readonly kind: 'feishu'; readonly url: string; readonly secret?: string }
  | { readonly kind: 'wecom'; readonly url: string }
  | {
      readonly kind: 'email';
      readonly host: string;
      readonly port: number;
      /** tls from the first byte (465), starttls (587), none only inside the office's own network. */
      readonly security: 'tls' | 'starttls' | 'none';
      readonly user?: string;
      readonly password?: string;
      readonly from: string;
      readonly to: readonly string[];
    }
  /** `secret` is one `whsec_…`, or two separated by a space while one takes over from the other. */
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: string };

/** Who gets what. */
export interface Subscription {
  /** Incidents in, or inside, one of these; empty: anywhere. */
  readonly regions: readonly RegionCode[];
  /** Empty: every kind. */
  readonly kinds: readonly IncidentKind[];
  /** Incidents that stand on this rung or higher. */
  readonly fromRung: Tier;
  /** A life at risk in these regions comes whatever its kind and rung. */
  readonly lifeAtRisk: boolean;
  /** 交办, 退回, 督办, 派警, 已回应, 重开: how it went on. */
  readonly progress: boolean;
  readonly reminders: boolean;
  readonly overdue: boolean;
  readonly sourceSilence: boolean;
  /** Of a webhook: the office's own program takes confirmed refutations that a person sends. Absent: it does not. */
  readonly refutations?: boolean;
}

export const EVERYTHING_SUBSCRIBED: Subscription = {
  regions: [],
  kinds: [],
  fromRung: 'village',
  lifeAtRisk: true,
  progress: true,
  reminders: true,
  overdue: true,
  sourceSilence: true,
};

/** What is known of a channel without its secrets. */
export interface ChannelAbout {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  /** The host it leads to, and the last four signs of its secret; empty where there is none to show. */
  readonly host: string;
  readonly lastFour: string;
  /** Whether it is signed (加签, whsec_). */
  readonly signed: boolean;
  readonly subscription: Subscription;
  readonly quiet: QuietHours | null;
  /** Where a message goes that this channel could not bring for five minutes. */
  readonly second: string | null;
  readonly paused: boolean;
  /** Epoch ms, and by whom. */
  readonly changedAt: number;
  readonly changedBy: string;
}
