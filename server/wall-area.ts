import { cutTo, seesRegion, type Viewer } from '../pipelines/domain/person.ts';
import { quietUntil } from '../pipelines/domain/quiet-hours.ts';
import { parentOf, pathOf, type RegionCode } from '../pipelines/domain/region.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { PagingRules } from '../pipelines/domain/duty-roster.ts';
import type { Config } from './config.ts';
import type { WallBody } from './contract/wall.ts';
import { handoffAges } from './handoff-ages.ts';
import { readMap, type OfficialMap } from './read-map.ts';
import type { Services } from './services.ts';
import type { CaseServices } from './services/cases.ts';
import type { WallServices } from './services/wall.ts';
import type { Names } from './views.ts';

export interface WallAreaParts {
  readonly config: Pick<Config, 'map' | 'mapNumber'>;
  readonly clock: Clock;
  readonly names: Names;
  readonly home: RegionCode;
  readonly watch: Pick<Services['watch'], 'pulse'>;
  readonly cases: Pick<CaseServices, 'ledger'>;
  readonly duty: () => Pick<PagingRules, 'night'>;
  readonly log: { info(message: string): void; warn(message: string): void };
}

/** What a wall reads beside the live feed. @throws MapError where the official map can't be used */
export function openWallArea(parts: WallAreaParts): WallServices {
  const { clock, names, watch, cases } = parts;
  const map = openMap(parts);

  /** The viewer as one who sees that region alone; undefined where they see nothing of it. */
  const narrowed = (
    viewer: Viewer,
    asked: RegionCode | undefined,
  ): { viewer: Viewer; region: RegionCode | null } | undefined => {
    if (asked === undefined) return { viewer, region: null };
    const regions = cutTo(viewer.scope, [asked]);
    const [region] = regions;
    if (region === undefined || names.regions.regionName(region) === region) return undefined;
    return { viewer: { ...viewer, scope: { regions, incidents: new Set() } }, region };
  };
  const shapesOf = (scope: Viewer['scope'], pulse: { readonly home: { readonly code: string } }) => {
    const of = pulse.home.code as RegionCode;
    const shapes = (map?.shapes ?? []).filter(({ code }) => parentOf(code) === of && seesRegion(scope, code));
    return shapes.length > 0 && map?.top === of && scope.regions === 'all' ? [...shapes, ...map.others] : shapes;
  };
  const place = (code: RegionCode) => ({ code, name: names.regions.regionName(code) });

  return {
    wall(viewer, asked) {
      const view = narrowed(viewer, asked);
      if (view === undefined) return undefined;
      const pulse = watch.pulse(view.viewer.scope);
      const all = viewer.scope.regions === 'all';
      return {
        region: view.region === null ? null : place(view.region),
        path:
          view.region === null
            ? []
            : pathOf(view.region)
                .filter((code) => seesRegion(viewer.scope, code))
                .reverse()
                .map(place),
        pulse,
        quiet: quietUntil(parts.duty().night, clock.now()) !== null,
        handoffs: handoffAges(cases.ledger(view.viewer), (id) => names.account(id)?.unit, clock.now()),
        map:
          map === undefined
            ? null
            : {
                number: map.number,
                unmatched: all ? [...map.unmatched] : [],
                shapes: shapesOf(viewer.scope, pulse).filter(({ code }) => code !== null).length,
              },
      } satisfies WallBody;
    },
    map(viewer, asked) {
      const view = narrowed(viewer, asked);
      if (view === undefined || map === undefined) return undefined;
      return { number: map.number, shapes: shapesOf(viewer.scope, watch.pulse(view.viewer.scope)) };
    },
  };
}

/** The map the operator names, with its 审图号 beside it. */
function openMap({ config, names, home, log }: WallAreaParts): OfficialMap | undefined {
  if (config.map === undefined) {
    if (config.mapNumber !== undefined)
      log.warn(`已给出审图号 ${config.mapNumber}，但没有地图文件：用 WENBIDA_MAP（--map）指明，现以方格示意`);
    return undefined;
  }
  const map = readMap(config.map, config.mapNumber, names.regions, home);
  log.info(`地图 ${config.map}（审图号 ${map.number}）：${map.shapes.length} 处对上行政区划`);
  if (map.unmatched.length > 0)
    log.warn(
      `地图里有 ${map.unmatched.length} 个图形对不上行政区划，只画不计：${map.unmatched.slice(0, 20).join('、')}`,
    );
  return map;
}
