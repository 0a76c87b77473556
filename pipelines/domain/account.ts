import type { DutyHours } from './duty-hours.ts';
import type { Duty } from './duty.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';

/** Where an account can be read: a platform and the public name it has there. Never a person. */
export interface Channel {
  /** 微博, 微信公众号, 抖音 … as people say it. */
  readonly platform: string;
  readonly handle: string;
  /** http or https. */
  readonly link?: string;
}

/** 矩阵账号: one account of the matrix. `public: false` is a unit with no public account: handed over off line, tracked here. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** 责任单位. */
  readonly unit: string;
  readonly tier: Tier;
  readonly region: RegionCode;
  /** A place below the division codes that it serves, such as a village, a road or a park. */
  readonly place?: string;
  readonly duties: readonly Duty[];
  readonly public: boolean;
  readonly parent?: string;
  /** 值班时间, Asia/Shanghai. Left out: not stated, so nobody may say that it is off duty. */
  readonly hours?: DutyHours;
  readonly channels?: readonly Channel[];
  /** Phone or desk of the unit for hand-overs off line. Shown to whoever hands over, never on a public page. */
  readonly contact?: string;
}
