import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_FILE, sha256Of, type ModelCard } from '../server/adapters/models/model-files.ts';
import { packageRoot } from '../server/package-root.ts';
import { buildFolding } from './folding.ts';

/**
 * Writes `folding.bin` and its line of the model file anew without training, after a change of what signs are read as
 * that leaves ordinary text as it was: `npx tsx learning/refold.ts`. `npm run train` writes the same bytes.
 */
const models = join(packageRoot(), 'pipelines/2-understand/models');
const bytes = new Uint8Array(buildFolding().buffer);
const file = join(models, MODEL_FILE);
const card = JSON.parse(readFileSync(file, 'utf8')) as ModelCard;
const folding = { file: card.folding.file, sha256: sha256Of(bytes), bytes: bytes.byteLength };
writeFileSync(join(models, folding.file), bytes);
writeFileSync(file, `${JSON.stringify({ ...card, folding }, null, 2)}\n`);
process.stderr.write(`${folding.file}: ${folding.sha256}\n`);
