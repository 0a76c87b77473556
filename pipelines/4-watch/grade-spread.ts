import type { PostId } from '../domain/post.ts';
import { regionAt, tierOfRegion, type RegionCode } from '../domain/region.ts';
import { TIER_NAMES, TIERS, tierRank, type Tier } from '../domain/tier.ts';

/** What an incident has shown of its spread so far: only counts of distinct posts (folded, one an author). */
export interface SpreadEvidence {
  /** Distinct posts by division, for every division on each post's path from street to province. */
  readonly places: ReadonlyMap<RegionCode, { readonly posts: number; readonly sample: readonly PostId[] }>;
  /** Provinces that authors write from, by the source's hint. */
  readonly hintProvinces: ReadonlyMap<string, PostId>;
  /** The widest official or media voice so far, by tier, with its post. */
  readonly voices: ReadonlyMap<Tier, PostId>;
  /** Hot lists it has stood on, by scope. */
  readonly hotlists: ReadonlyMap<Tier, PostId>;
  /** Distinct posts of the last hour, and what is usual there in an hour, by tier of its own place. */
  readonly volume: ReadonlyMap<
    Tier,
    { readonly lastHour: number; readonly usual: number; readonly sample: readonly PostId[] }
  >;
  /** True where every post that names a place names one village or estate. */
  readonly oneVillage: boolean;
  /** The incident's own place, by most voices. */
  readonly region: RegionCode | null;
}

export interface SpreadRules {
  /** Distinct places one tier down that make a rung; places with one post only count half. */
  readonly places: number;
  /** Distinct author provinces that make it nationwide. */
  readonly hintProvinces: number;
  /** A rung by volume: this many times the usual hourly posts of that tier's place, and at least `volumeLeast`. */
  readonly volumeTimes: number;
  readonly volumeLeast: Readonly<Record<'county' | 'city' | 'province', number>>;
}

/** Shown on screen and configurable: no binding national scale for spread exists (docs/spread.md). */
export const SPREAD_RULES: SpreadRules = {
  places: 2,
  hintProvinces: 4,
  volumeTimes: 1,
  volumeLeast: { county: 20, city: 60, province: 200 },
};

export interface Rung {
  readonly rung: Tier;
  readonly because: readonly string[];
  readonly evidence: readonly PostId[];
}

const PLACE_WORD: Readonly<Record<'town' | 'county' | 'city' | 'province', string>> = {
  town: '个街道乡镇',
  county: '个区县',
  city: '个市',
  province: '个省份',
};

/**
 * The highest tier with evidence from beyond the tier below (design section 5). Pure: the same evidence gives the same rung.
 * It never answers lower than a rung held before; the caller keeps the higher one, since rungs rise and incidents cool.
 */
export function gradeSpread(
  evidence: SpreadEvidence,
  nameOf: (code: RegionCode) => string,
  rules: SpreadRules = SPREAD_RULES,
): Rung {
  for (let rank = TIERS.length - 1; rank >= tierRank('county'); rank--) {
    const tier = TIERS[rank]!;
    const because: string[] = [];
    const posts: PostId[] = [];
    byPlaces(tier, evidence, nameOf, rules, because, posts);
    byVoice(tier, evidence, because, posts);
    byVolume(tier, evidence, rules, because, posts);
    if (because.length > 0) return { rung: tier, because, evidence: [...new Set(posts)].slice(0, 50) };
  }
  const all = [...evidence.places.values()].flatMap((place) => place.sample);
  if (evidence.oneVillage)
    return { rung: 'village', because: ['只有一个村或小区的帖文提到'], evidence: [...new Set(all)].slice(0, 50) };
  return {
    rung: 'town',
    because: [`证据未超出一个街道或乡镇${evidence.region === null ? '，地点未定' : ''}`],
    evidence: [...new Set(all)].slice(0, 50),
  };
}

function byPlaces(
  tier: Tier,
  evidence: SpreadEvidence,
  nameOf: (code: RegionCode) => string,
  rules: SpreadRules,
  because: string[],
  posts: PostId[],
): void {
  const below = TIERS[tierRank(tier) - 1];
  if (below === undefined || below === 'village' || below === 'nation') return;
  const found: { code: RegionCode; posts: number; sample: readonly PostId[] }[] = [];
  for (const [code, place] of evidence.places) {
    if (tierOfRegion(code) !== below) continue;
    if (tier !== 'nation' && evidence.region !== null && !sameAbove(code, evidence.region, tier)) continue;
    found.push({ code, ...place });
  }
  const weight = found.reduce((sum, place) => sum + (place.posts >= 2 ? 1 : 0.5), 0);
  if (found.length >= 2 && weight >= rules.places) {
    found.sort((a, b) => b.posts - a.posts || (a.code < b.code ? -1 : 1));
    const names = found.slice(0, 4).map((place) => nameOf(place.code));
    because.push(
      `${found.length} ${PLACE_WORD[below]}有帖文（${names.join('、')}${found.length > 4 ? '等' : ''}），够${TIER_NAMES[tier]}级`,
    );
    for (const place of found) posts.push(...place.sample.slice(0, 4));
  }
  if (tier === 'nation' && evidence.hintProvinces.size >= rules.hintProvinces) {
    because.push(`发帖地涉及 ${evidence.hintProvinces.size} 个省份`);
    posts.push(...evidence.hintProvinces.values());
  }
}

function byVoice(tier: Tier, evidence: SpreadEvidence, because: string[], posts: PostId[]): void {
  const voice = evidence.voices.get(tier);
  if (voice !== undefined) {
    because.push(`${TIER_NAMES[tier]}级官方或媒体账号发声`);
    posts.push(voice);
  }
  const list = evidence.hotlists.get(tier);
  if (list !== undefined) {
    because.push(`登上${TIER_NAMES[tier]}级热榜`);
    posts.push(list);
  }
}

function byVolume(tier: Tier, evidence: SpreadEvidence, rules: SpreadRules, because: string[], posts: PostId[]): void {
  if (tier !== 'county' && tier !== 'city' && tier !== 'province') return;
  const volume = evidence.volume.get(tier);
  if (volume === undefined || volume.lastHour < rules.volumeLeast[tier]) return;
  if (volume.usual <= 0 || volume.lastHour < rules.volumeTimes * volume.usual) return;
  because.push(
    `近 1 小时去重 ${Math.round(volume.lastHour)} 帖，是${TIER_NAMES[tier]}级平时每小时总量（${volume.usual.toFixed(0)}）的 ${(volume.lastHour / volume.usual).toFixed(1)} 倍`,
  );
  posts.push(...volume.sample);
}

const sameAbove = (a: RegionCode, b: RegionCode, tier: Tier): boolean => {
  const above = regionAt(b, tier);
  return above === undefined ? true : regionAt(a, tier) === above;
};
