import type { Pulse } from '../../server/contract/pulse.ts';
import type { MapBody, MapShape, UnitAges, WallBody } from '../../server/contract/wall.ts';
import { ago } from './invented-city.ts';

type Seed = readonly [unit: string, ages: UnitAges['ages'], oldest: number, late: number, incidents: readonly string[]];
/** Unit, how many of each age, minutes of the oldest, minutes past due or 0, incidents. */
const UNITS: readonly Seed[] = [
  ['洛阳市住房和城乡建设局（演练）', [0, 1, 1], 2898, 18, ['heating']],
  ['伊川县教育体育局（演练）', [0, 0, 1], 2400, 0, ['canteen']],
  ['孟津区供水公司（演练）', [1, 2, 0], 420, 0, ['water']],
  ['洛阳市生态环境局（演练）', [2, 0, 0], 240, 0, ['gas']],
  ['洛阳市应急管理局（演练）', [2, 0, 0], 61, 0, ['dam']],
];

export const HANDOFFS: readonly UnitAges[] = UNITS.map(([unit, ages, oldest, late, incidents]) => ({
  ...{ unit, ages, oldest: ago(oldest), incidents: [...incidents] },
  late: late > 0 ? 1 : 0,
  lateSince: late > 0 ? ago(late) : null,
}));

/** Streets of a county, as tiles. */
const STREETS = ['城关', '柳泉', '韩城', '白杨', '香鹿山', '锦屏', '三乡', '张坞'];

const nameOf = (code: string, pulse: Pulse): string => {
  const tile = [...pulse.tiles, ...pulse.around].find((one) => one.code === code);
  return tile === undefined ? `河南省洛阳市${code}` : `河南省洛阳市${tile.name}县`;
};

/** What the server says of a region: of a county eight streets, of everything what the pulse says. */
export function aWall(region: string | undefined, pulse: Pulse, seed: Partial<WallBody> = {}): WallBody {
  const place = region === undefined ? null : { code: region, name: nameOf(region, pulse) };
  return {
    region: place,
    path: place === null ? [] : [{ code: '410300', name: '河南省洛阳市' }, place],
    pulse:
      place === null
        ? pulse
        : {
            ...pulse,
            home: place,
            tiles: STREETS.map((name, at) => ({
              code: `${place.code}${100 + at}`,
              name,
              posts: at === 3 ? null : (at * 7) % 23,
              usual: 3,
            })),
            around: [],
          },
    quiet: false,
    handoffs: [...HANDOFFS],
    map: null,
    ...seed,
  };
}

/** An invented outline for each tile of the pulse: squares with a bend, nobody's real border. */
export function aMap(pulse: Pulse, number = '豫S(2026年)演练001号'): MapBody {
  const columns = 5;
  const shapes = pulse.tiles.map(({ code, name }, at): MapShape => {
    const [x, y] = [112 + (at % columns) * 0.3, 34.8 - Math.floor(at / columns) * 0.25];
    return {
      code,
      name,
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [x, y],
            [x + 0.16, y + 0.03],
            [x + 0.3, y],
            [x + 0.27, y - 0.12],
            [x + 0.3, y - 0.25],
            [x, y - 0.25],
            [x, y],
          ],
        ],
      },
    };
  });
  return { number, shapes };
}
