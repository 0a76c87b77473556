import { contains, isRegionCode } from '../../../pipelines/domain/region.ts';
import type { IncidentRow } from '../../../server/contract/http.ts';
import type { Pulse } from '../../../server/contract/pulse.ts';

export type TileRow = Pulse['tiles'][number];
export type Ink = 1 | 2 | 3 | 4 | 5;

/** Upper bounds of posts ÷ usual for 清 淡 重 浓; above the last it is 焦. */
const INK_BOUNDS = [1.25, 2, 3.2, 5] as const;
/** A place whose usual is nearly nothing: three posts there are not "many times the usual". */
const LEAST_USUAL = 2;

/** Five inks against what is usual there; the palest where the usual is not known yet. */
export function inkOf(tile: TileRow): Ink {
  if (tile.posts === null || tile.usual === null) return 1;
  const ratio = tile.posts / Math.max(LEAST_USUAL, tile.usual);
  const at = INK_BOUNDS.findIndex((bound) => ratio <= bound);
  return (at < 0 ? 5 : at + 1) as Ink;
}

export interface TileBlock {
  readonly columns: number;
  readonly shown: readonly TileRow[];
  readonly more: number;
}

const ROWS = 3;
const COLUMNS_LEAST = 3;

/**
 * Both blocks side by side in three rows of `columns` tiles altogether. The own city comes whole as long as it fits; of the
 * province, home and the places with most posts are kept, in the order of their codes.
 */
export function layTiles(
  city: readonly TileRow[],
  around: readonly TileRow[],
  home: string,
  columns: number,
): { readonly city: TileBlock; readonly around: TileBlock } {
  const wanted = Math.max(COLUMNS_LEAST, Math.ceil(city.length / ROWS));
  const left = around.length === 0 ? 0 : COLUMNS_LEAST;
  const cityColumns = Math.min(wanted, columns - left);
  const aroundColumns = Math.min(Math.max(left, Math.ceil(around.length / ROWS)), columns - cityColumns);
  return {
    city: block(city, cityColumns, home),
    around: block(around, aroundColumns, home),
  };
}

function block(tiles: readonly TileRow[], columns: number, home: string): TileBlock {
  const room = columns * ROWS;
  if (tiles.length <= room) return { columns, shown: byCode(tiles), more: 0 };
  const kept = [...tiles]
    .sort((a, b) => Number(b.code === home) - Number(a.code === home) || (b.posts ?? -1) - (a.posts ?? -1))
    .slice(0, room - 1);
  return { columns, shown: byCode(kept), more: tiles.length - kept.length };
}

const byCode = (tiles: readonly TileRow[]): readonly TileRow[] =>
  [...tiles].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));

/** The incidents placed in a tile's region. */
export const incidentsIn = (code: string, open: readonly IncidentRow[]): readonly IncidentRow[] =>
  open.filter(({ region }) => region !== null && isRegionCode(code) && isRegionCode(region) && contains(code, region));

/** At most three characters: 平顶山 whole, 洛阳高新技术产业开发 as 高新. The full name is in the tile's description. */
export function tileName(name: string, home: string): string {
  if (name.length <= 3) return name;
  const city = home.replace(/市$/u, '');
  const own = city !== '' && name.startsWith(city) ? name.slice(city.length) : name;
  return own.length <= 3 ? own : own.slice(0, 2);
}
