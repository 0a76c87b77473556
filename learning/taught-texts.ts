import { readCascades, readMoods, readNews, readStream, readValence, withoutEmoticons } from './data-sets.ts';
import { readTeacher, type Taught } from './teacher-labels.ts';
import type { Extractor, Features } from './vocabulary.ts';

/** One text that the teacher labelled, as the student reads it. */
export interface TaughtExample extends Taught {
  readonly features: Features;
}

function* texts(data: string): Generator<string> {
  for (const { text } of readStream(data)) yield text;
  for (const { text } of readMoods(data, 'virus_train')) yield text;
  for (const { text } of readMoods(data, 'usual_eval_labeled')) yield text;
  for (const { text } of readValence(data)) yield text;
  for (const { text } of readNews(data)) yield text;
  for (const reposts of readCascades(data).values()) for (const [, , , text] of reposts) yield text;
}

/**
 * Every text the teacher labelled, each once. The teacher read the emoticons; the student is also shown the words
 * alone, so that it stands without them.
 */
export function readTaught(data: string, extract: Extractor): TaughtExample[] {
  const teacher = readTeacher();
  const seen = new Set<string>();
  const examples: TaughtExample[] = [];
  for (const text of texts(data)) {
    if (text.length < 3 || seen.has(text)) continue;
    seen.add(text);
    const taught = teacher(text);
    if (taught === undefined) continue;
    const bare = withoutEmoticons(text);
    for (const shown of bare === text ? [text] : [bare, text])
      examples.push({ ...taught, features: extract.of(shown) });
  }
  return examples;
}
