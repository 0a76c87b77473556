import { join } from 'node:path';
import { readCues } from '../server/adapters/models/read-cues.ts';
import { packageRoot } from '../server/package-root.ts';
import { buildFolding } from './folding.ts';
import type { Parts } from './train-replies.ts';

/** What training and evaluation share with the running product: the folding of signs and the cue words. */
export const readParts = (): Parts => ({
  folding: buildFolding(),
  cues: readCues(join(packageRoot(), 'pipelines/2-understand/lexicons')),
});
