import { readFileSync } from 'node:fs';
import { parentOf, pathOf, prefixOf, tierOfRegion, type RegionCode } from '../pipelines/domain/region.ts';
import { tierRank } from '../pipelines/domain/tier.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { codesOfFeature, nameOfFeature } from './map-feature.ts';
import { readGeometry } from './map-geometry.ts';
import type { MapShape } from './contract/wall.ts';

/** The operator's official map, told apart by our divisions. */
export interface OfficialMap {
  /** 审图号. */
  readonly number: string;
  readonly shapes: readonly (MapShape & { readonly code: RegionCode })[];
  /** Lines and areas that are none of our divisions: drawn at the widest level, never counted. */
  readonly others: readonly MapShape[];
  readonly unmatched: readonly string[];
  /** The region whose parts are the widest there are; undefined above a province. */
  readonly top: RegionCode | undefined;
}

/** One sentence that says what is wrong with the map and what to do. */
export class MapError extends Error {
  override readonly name = 'MapError';
}

/** 审图号, such as GS(2024)0650号, GS京(2022)1061号 or 豫S(2023年)017号 (《地图管理条例》: printed on every public map). */
const NUMBER = /^\p{L}{1,8}\s?[(（〔[]\d{4}年?[)）〕\]].{0,3}\d+号$/u;

/**
 * GeoJSON in degrees with a property that says which division a feature is: its code (adcode, code, gb …) or its full name.
 * @throws MapError where it can't be used, also where it comes without its 审图号: an outline of the country is not drawn unreviewed
 */
export function readMap(file: string, number: string | undefined, names: RegionNames, home: RegionCode): OfficialMap {
  if (number === undefined || !NUMBER.test(number))
    throw new MapError(
      `地图 ${file} 要有审图号才能上屏：请在 WENBIDA_MAP_NUMBER（--map-number）写明，如“GS(2024)0650号”${number === undefined ? '' : `，不能是“${number}”`}`,
    );
  const features = featuresOf(file);
  const named = namesBelow(names, home);
  const shapes: (MapShape & { readonly code: RegionCode })[] = [];
  const others: MapShape[] = [];
  for (const [at, feature] of features.entries()) {
    const name = nameOfFeature(feature) ?? `第${at + 1}个图形`;
    const geometry = readGeometry(feature.geometry);
    if (geometry === undefined)
      throw new MapError(
        `地图 ${file} 里“${name}”的坐标不能用：只收经纬度（度）的面与线，投影坐标（米）请先转换为 CGCS2000 或 WGS84 经纬度`,
      );
    const code = geometry.type.endsWith('Polygon') ? divisionOf(feature, names, named) : undefined;
    if (code === undefined) others.push({ code: null, name, geometry });
    else shapes.push({ code, name, geometry });
  }
  if (shapes.length === 0)
    throw new MapError(
      `地图 ${file} 里没有一处对得上行政区划：每个图形要有属性 adcode（如 410327）或 name（如“宜阳县”）`,
    );
  const widest = shapes.reduce((a, b) => (tierRank(tierOfRegion(b.code)) > tierRank(tierOfRegion(a.code)) ? b : a));
  return { number, shapes, others, unmatched: others.map(({ name }) => name), top: parentOf(widest.code) };
}

interface Feature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly id?: unknown;
  readonly geometry: unknown;
}

function featuresOf(file: string): readonly Feature[] {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/u, ''));
  } catch (cause) {
    throw new MapError(
      `地图 ${file} 读不了：${cause instanceof Error ? cause.message : String(cause)}；请检查路径，文件要是 GeoJSON`,
      { cause },
    );
  }
  const features: unknown = (read as { features?: unknown } | null)?.features;
  if (!Array.isArray(features)) throw new MapError(`地图 ${file} 不是 GeoJSON 的 FeatureCollection，请另存后再试`);
  return features.map((one: unknown) => {
    const { properties, id, geometry } = (one ?? {}) as Partial<Feature>;
    return { properties: properties ?? {}, id, geometry };
  });
}

/** The division a feature is, by its code where that is one of ours and the name does not contradict it, else by its name. */
function divisionOf(
  feature: Feature,
  names: RegionNames,
  named: ReadonlyMap<string, RegionCode>,
): RegionCode | undefined {
  const name = nameOfFeature(feature);
  for (const code of codesOfFeature(feature)) {
    const path = names.regionName(code);
    if (path === code) continue;
    // A code and a name that say different places are a mistake that nobody here can decide.
    return name === undefined || path.endsWith(name) || name.includes(names.shortName(code)) ? code : undefined;
  }
  return name === undefined ? undefined : named.get(name);
}

/** Full names that only one division of the home's province carries; the provinces too. */
function namesBelow(names: RegionNames, home: RegionCode): ReadonlyMap<string, RegionCode> {
  const province = pathOf(home).at(-1) ?? home;
  const found = new Map<string, RegionCode | null>();
  const put = (name: string, code: RegionCode): void =>
    void found.set(name, found.has(name) && found.get(name) !== code ? null : code);
  const walk = (code: RegionCode, path: string): void => {
    for (const child of names.childrenOf(code)) {
      const full = names.regionName(child);
      put(full, child);
      put(full.startsWith(path) ? full.slice(path.length) : full, child);
      if (prefixOf(child).length < 9) walk(child, full);
    }
  };
  put(names.regionName(province), province);
  walk(province, names.regionName(province));
  return new Map([...found].flatMap(([name, code]) => (code === null ? [] : [[name, code] as const])));
}
