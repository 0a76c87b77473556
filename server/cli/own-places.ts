import { readConfig } from '../config.ts';
import { ownPlacesFile } from '../load-gazetteer.ts';
import type { UnderstandingOptions } from '../open-understanding.ts';

/** The office's own list of places for a command that reads standard input: from its flag, the environment or the data folder. */
export function ownPlaces(flag: string | undefined): Pick<UnderstandingOptions, 'places'> {
  const places = ownPlacesFile(readConfig(process.env, { places: flag }));
  return places === undefined ? {} : { places };
}
