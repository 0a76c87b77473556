import { regionCode } from '../../pipelines/domain/region.ts';
import { readConfig, type Config } from '../config.ts';
import { officeFiles } from '../office-files.ts';
import type { UnderstandingOptions } from '../open-understanding.ts';
import type { OfficeFlags } from './office-flags.ts';

/** The deployment's configuration with these flags, and what texts are read by. @throws ConfigError */
export function readOffice({ home, places, taxonomy }: OfficeFlags): {
  readonly config: Config;
  readonly understanding: UnderstandingOptions;
} {
  const config = readConfig(process.env, { home, places, taxonomy });
  return {
    config,
    understanding: {
      ...officeFiles(config),
      ...(config.home === undefined ? {} : { home: regionCode(config.home) }),
    },
  };
}
