import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cue } from '../../../pipelines/ports/weights.ts';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function cuesOf(file: string, content: unknown): Cue[] {
  if (typeof content !== 'object' || content === null || !('cues' in content) || !Array.isArray(content.cues))
    throw new Error(`${file}: expected {"about": "…", "cues": [{"label", "weight", "words": […]}]}`);
  return content.cues.flatMap((row: unknown, at) => {
    if (typeof row !== 'object' || row === null || !('label' in row) || !('weight' in row) || !('words' in row))
      throw new Error(`${file}: cues[${at}] needs "label", "weight" and "words"`);
    const { label, weight, words } = row;
    if (!isText(label)) throw new Error(`${file}: cues[${at}].label must be a text`);
    if (typeof weight !== 'number' || !Number.isFinite(weight))
      throw new Error(`${file}: cues[${at}].weight must be a number`);
    if (!Array.isArray(words) || !words.every(isText))
      throw new Error(`${file}: cues[${at}].words must be a list of texts`);
    return words.map((word): Cue => ({ word, label, weight }));
  });
}

/** Every cue word of pipelines/2-understand/lexicons/*.json, in order of file name. @throws Error naming file and row. */
export function readCues(folder: string): Cue[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((name) => {
    const file = join(folder, name);
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(file, 'utf8'));
    } catch (cause) {
      throw new Error(`${file} is not JSON: mend it, or take the released file again`, { cause });
    }
    return cuesOf(file, content);
  });
}
