import type { Viewer } from '../../pipelines/domain/person.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { MapBody, WallBody } from '../contract/wall.ts';

/** What a wall reads beside the live feed, cut to the viewer; undefined where nothing of the region may be seen. */
export interface WallServices {
  wall(viewer: Viewer, region: RegionCode | undefined): WallBody | undefined;
  /** Shapes of what lies right below the region; undefined also where no official map is loaded. */
  map(viewer: Viewer, region: RegionCode | undefined): MapBody | undefined;
}
