import { isRegionCode, type RegionCode } from '../pipelines/domain/region.ts';

interface Named {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly id?: unknown;
}

/** What mapping services and survey departments call the division code and the name of a feature. */
const CODE_KEYS = ['adcode', 'ADCODE', 'code', 'CODE', 'gb', 'GB', 'XZQDM', 'PAC'] as const;
const NAME_KEYS = ['name', 'NAME', 'XZQMC', '名称', 'fullname'] as const;

/** Division codes that a feature may mean, the surest first. 天地图 writes 156 (the country) before the six digits; the statistics' twelve digits are padded with zeros. */
export function codesOfFeature({ properties, id }: Named): RegionCode[] {
  const said = [...CODE_KEYS.map((key) => properties[key]), id]
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => String(value).trim());
  const codes = said.flatMap((code) => [
    ...(/^156\d{6}$/u.test(code) ? [code.slice(3)] : []),
    code,
    ...(code.length === 12 ? [code.replace(/0{6}$/u, ''), code.replace(/0{3}$/u, '')] : []),
    ...(/^\d{2}$|^\d{4}$/u.test(code) ? [code.padEnd(6, '0')] : []),
  ]);
  return [...new Set(codes)].filter(isRegionCode);
}

export function nameOfFeature({ properties }: Named): string | undefined {
  for (const key of NAME_KEYS) {
    const value = properties[key];
    if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 60);
  }
  return undefined;
}
