import type { Duty } from './duty.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';

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
}
