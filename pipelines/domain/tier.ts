/** The tiers of the matrix, lowest first. The order is the meaning: a spread rung is one of these. */
export const TIERS = ['village', 'town', 'county', 'city', 'province', 'nation'] as const;
export type Tier = (typeof TIERS)[number];

/** 村/社区 · 街道/乡镇 · 区县 · 市 · 省 · 全国, as shown to people. */
export const TIER_NAMES: Readonly<Record<Tier, string>> = {
  village: '村',
  town: '街道',
  county: '区县',
  city: '市',
  province: '省',
  nation: '全国',
};

/** 0 for village … 5 for nation. */
export const tierRank = (tier: Tier): number => TIERS.indexOf(tier);

export const isTier = (value: unknown): value is Tier =>
  typeof value === 'string' && (TIERS as readonly string[]).includes(value);
