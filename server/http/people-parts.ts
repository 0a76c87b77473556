import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { PeopleArea } from '../people/area.ts';

export interface PeopleParts {
  readonly area: PeopleArea;
  readonly regionName: (code: RegionCode) => string;
  /** True where browsers reach this server over HTTPS: then the cookie promises never to leave it. */
  readonly secure: boolean;
}
