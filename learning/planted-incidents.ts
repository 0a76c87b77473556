/** Incidents of our own, written from templates with a seed, to be planted in a real stream. */
import type { Gazetteer } from '../pipelines/2-understand/gazetteer.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { Tier } from '../pipelines/domain/tier.ts';
import {
  ESTATE_HEADS,
  ESTATE_TAILS,
  OPENERS,
  PERSONS,
  ROAD_NAMES,
  SCENARIOS,
  VILLAGE_NAMES,
  type Scenario,
} from './planted-scenarios.ts';
import { random, shuffle } from './random.ts';
import type { Raw } from './watch-stream.ts';

export interface Planted {
  readonly id: string;
  readonly kind: Scenario['kind'];
  /** The rung its posts were written to show. */
  readonly rung: Tier;
  readonly origin: RegionCode;
  readonly posts: readonly Raw[];
}

export interface PlantOptions {
  readonly seed: number;
  readonly count: number;
  /** First posts fall between these, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** What they are about; the templates that rules are tuned on where left out. */
  readonly scenarios?: readonly Scenario[];
}

type Next = () => number;
const pick = <T>(items: readonly T[], next: Next): T => items[Math.floor(next() * items.length)] as T;

/** Least and most posts by rung: a wide spread cannot be shown by two posts. */
const SIZES: Readonly<Record<Tier, readonly [least: number, most: number]>> = {
  village: [2, 12],
  town: [2, 18],
  county: [5, 40],
  city: [8, 80],
  province: [12, 150],
  nation: [20, 200],
};
const RUNGS: readonly Tier[] = ['village', 'town', 'county', 'city', 'province', 'nation'];
const HOUR = 3_600_000;

/** The same seed gives the same incidents. Sizes are log-uniform within the rung's bounds, rungs and scenarios in turn. */
export function plantIncidents(gazetteer: Gazetteer, options: PlantOptions): Planted[] {
  const next = random(options.seed);
  const counties = countiesOf(gazetteer);
  const scenarios = options.scenarios ?? SCENARIOS;
  return Array.from({ length: options.count }, (_, at) => {
    const rung = RUNGS[at % RUNGS.length] as Tier;
    const scenario = scenarios[Math.floor(at / RUNGS.length) % scenarios.length] as Scenario;
    return plant(`planted-${at}`, rung, scenario, pick(counties, next), gazetteer, options, next);
  });
}

interface County {
  readonly province: RegionCode;
  readonly city: RegionCode;
  readonly county: RegionCode;
}

/** Counties with at least four streets, in cities with at least four counties, in provinces with cities. */
function countiesOf(gazetteer: Gazetteer): County[] {
  const found: County[] = [];
  for (const province of gazetteer.childrenOf(null))
    for (const city of gazetteer.childrenOf(province)) {
      if (!city.endsWith('00') || gazetteer.childrenOf(province).length < 4) continue;
      const counties = gazetteer.childrenOf(city).filter((code) => gazetteer.childrenOf(code).length >= 4);
      if (counties.length >= 4) for (const county of counties) found.push({ province, city, county });
    }
  return found;
}

interface Place {
  readonly names: readonly string[];
}

function plant(
  id: string,
  rung: Tier,
  scenario: Scenario,
  home: County,
  gazetteer: Gazetteer,
  { from, to }: PlantOptions,
  next: Next,
): Planted {
  const [least, most] = SIZES[rung];
  const size = Math.round(least * (most / least) ** next());
  const places = placesOf(rung, home, gazetteer, next);
  const slots: Readonly<Record<string, string>> = {
    estate: rung === 'village' ? `${pick(VILLAGE_NAMES, next)}村` : pick(ESTATE_HEADS, next) + pick(ESTATE_TAILS, next),
    road: rung === 'village' ? `${pick(VILLAGE_NAMES, next)}村` : `${pick(ROAD_NAMES, next)}路`,
    school: rung === 'village' ? `${pick(VILLAGE_NAMES, next)}村小学` : `${pick(ROAD_NAMES, next)}小学`,
    person: pick(PERSONS, next),
    age: String(62 + Math.floor(next() * 27)),
  };
  const onset = from + (to - from) * next();
  const lasts = HOUR * (0.5 + 6 * next()) * (1 + Math.log10(size));
  const times = Array.from({ length: size }, () => onset + lasts * next() ** 1.6).sort((a, b) => a - b);
  const posts = times.map((time, at): Raw => {
    // The origin speaks first; by half of its posts an incident has been to each of its places twice.
    const place = at < 2 ? places[0]! : at < 2 * places.length ? places[at >> 1]! : pick(places, next);
    const text = write(scenario, slots, place, next);
    const voice = rung === 'nation' && at === Math.floor(size / 3);
    const province = rung === 'nation' ? pick(PROVINCES, next) : undefined;
    return {
      id: `${id}-${at}`,
      text: voice ? `【快讯】${text}` : text,
      time: Math.round(time),
      author: voice
        ? { key: `${id} paper`, kind: 'media', followersLog10: 7.4 }
        : { key: at > 3 && next() < 0.1 ? `${id} author 1` : `${id} author ${at}`, kind: 'ordinary' },
      ...(province === undefined ? {} : { province }),
    };
  });
  return { id, kind: scenario.kind, rung, origin: home.county, posts };
}

const PROVINCES = '河南 山东 四川 广东 浙江 湖北 湖南 陕西 辽宁 福建'.split(' ');

/** Where its posts say it is: one street, or three places of the tier below the rung (fewer posts name fewer). */
function placesOf(rung: Tier, home: County, gazetteer: Gazetteer, next: Next): Place[] {
  const { city, county, province } = home;
  const [cityName, countyName] = [gazetteer.regionName(city), gazetteer.regionName(county)];
  const provinceName = gazetteer.regionName(province);
  const short = countyName.slice(provinceName.length);
  const named = (code: RegionCode): string => gazetteer.regionName(code).slice(provinceName.length);
  const some = (codes: readonly RegionCode[], first: RegionCode): RegionCode[] =>
    [
      first,
      ...shuffle(
        codes.filter((code) => code !== first),
        next,
      ),
    ].slice(0, 3);
  if (rung === 'village' || rung === 'town') {
    const town = pick(gazetteer.childrenOf(county), next);
    return [{ names: [named(town), named(town), gazetteer.regionName(town)] }];
  }
  if (rung === 'county') {
    const towns = gazetteer.childrenOf(county);
    return some(towns, pick(towns, next)).map((code) => ({ names: [named(code)] }));
  }
  if (rung === 'city')
    return some(gazetteer.childrenOf(city), county).map((code) => ({
      names: [named(code), gazetteer.regionName(code)],
    }));
  if (rung === 'province')
    return some(gazetteer.childrenOf(province), city).map((code) => ({
      names: [gazetteer.regionName(code), named(code)],
    }));
  return [{ names: [short, cityName.slice(provinceName.length), countyName] }];
}

function write(scenario: Scenario, slots: Readonly<Record<string, string>>, place: Place, next: Next): string {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/gu, (_, slot: string) => slots[slot] ?? '');
  const where = next() < 0.12 ? '' : pick(place.names, next);
  const happens = fill(pick(scenario.happens, next));
  const details = shuffle([...scenario.details], next)
    .slice(0, next() < 0.35 ? 2 : 1)
    .map(fill);
  const end = next() < 0.75 ? pick(scenario.ends, next) : '';
  const said =
    next() < 0.75 ? [where + happens, ...details, end] : [details[0]!, where + happens, ...details.slice(1), end];
  const mark = pick(['，', '，', '。', '！', ' '], next);
  return (
    pick(OPENERS, next) + said.filter((part) => part !== '').join(mark) + pick(['', '。', '！', '？？', '[泪]'], next)
  );
}

/** Bursts in which 200 accounts paste one text, some with a mark or a name behind it. */
export function plantCopies(gazetteer: Gazetteer, options: PlantOptions & { readonly accounts: number }): Planted[] {
  const next = random(options.seed);
  const counties = countiesOf(gazetteer);
  const noPleas = (options.scenarios ?? SCENARIOS).filter((scenario) => scenario.kind !== 'plea');
  return Array.from({ length: options.count }, (_, at) => {
    const id = `copies-${at}`;
    const [seed] = [plant(id, 'city', pick(noPleas, next), pick(counties, next), gazetteer, options, next)];
    const text = seed.posts
      .slice(0, 2)
      .map((post) => post.text)
      .join('');
    const start = options.from + (options.to - options.from) * next();
    const posts = Array.from({ length: options.accounts }, (_, copy): Raw => ({
      id: `${id}-${copy}`,
      text: text + pick(['', '', '', ' @user', '[怒]', '！！', '。转起来', '//@user:转发'], next),
      time: Math.round(start + copy * 20_000 * (0.5 + next())),
      author: { key: `${id} account ${copy}`, kind: 'ordinary' },
    }));
    return { ...seed, posts };
  });
}
