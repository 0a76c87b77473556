import { readCascades, withoutEmoticons } from './data-sets.ts';
import { oneHot } from './linear.ts';
import { trainQuickly } from './stochastic.ts';
import { encode, type Extractor, type Features, type Vocabulary } from './vocabulary.ts';

/** Emoticons that say much the same, as one class each: what people add to a repost tells what they feel. */
const CLASSES: readonly (readonly string[])[] = [
  ['哈哈', '笑哈哈', 'xkl笑'],
  ['嘻嘻', '太开心', '耶', '得意地笑', '呵呵'],
  ['偷笑', '坏笑'],
  ['爱你', '心', '亲亲', '花心', '色', '害羞'],
  ['鼓掌', 'good', '赞', '给力', '威武', '握手', 'ok'],
  ['可爱', '兔子', '熊猫', '馋嘴', '蛋糕', '太阳', '抱抱'],
  ['泪', '泪流满面', '淚', '悲伤', '大哭'],
  ['伤心', '委屈', '失望', '可怜', '心碎'],
  ['蜡烛', '蠟燭', '祈祷', '爱心传递'],
  ['怒', '怒骂', '打脸'],
  ['哼', '鄙视', '弱', '左哼哼', '右哼哼'],
  ['抓狂', '吐', '崩溃', '晕'],
  ['衰', '生病', '闭嘴', '睡觉', '困', '打哈气'],
  ['汗', '黑线', '囧', '懒得理你'],
  ['吃惊', '吃驚', '惊恐'],
  ['思考', '疑问'],
  ['挖鼻屎', '阴险', '酷'],
  ['围观', '话筒', '奥特曼', '浮云', '神马'],
];
const CLASS_OF = new Map(CLASSES.flatMap((names, k) => names.map((name) => [name, k] as const)));

export const EMOTICON_CLASSES = CLASSES.length;
const EMOTICON = /\[([^[\]]{1,10})\]/g;
const LEAST_SIGNS = 3;

export interface EmoticonExample {
  readonly features: Features;
  readonly label: number;
}

/** The writer's own words and the class of the emoticon used most, of one text; null where there is none. */
export function emoticonExample(text: string, extract: Extractor): EmoticonExample | null {
  const forward = text.indexOf('//@');
  const own = forward < 0 ? text : text.slice(0, forward);
  const counts = new Map<number, number>();
  for (const [, name] of own.matchAll(EMOTICON)) {
    const label = CLASS_OF.get(name as string);
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const words = withoutEmoticons(own).trim();
  if (counts.size === 0 || words.length < LEAST_SIGNS) return null;
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return { features: extract.of(words), label: (best as [number, number])[0] };
}

/** All reposts of CED that carry a known emoticon and words, each text once. */
export function readEmoticonExamples(data: string, extract: Extractor): EmoticonExample[] {
  const seen = new Set<string>();
  const examples: EmoticonExample[] = [];
  for (const reposts of readCascades(data).values())
    for (const [, , , text] of reposts) {
      if (!text.includes('[') || seen.has(text)) continue;
      seen.add(text);
      const example = emoticonExample(text, extract);
      if (example !== null) examples.push(example);
    }
  return examples;
}

/** Features × classes: how strongly a feature foretells each class of emoticon. */
export function pretrainEmoticons(examples: readonly EmoticonExample[], vocabulary: Vocabulary): Float64Array {
  const encoded = encode(
    examples.map((each) => each.features),
    vocabulary,
  );
  const labels = examples.map((each) => each.label);
  const { weights } = trainQuickly(encoded, oneHot(labels, EMOTICON_CLASSES), {
    classes: EMOTICON_CLASSES,
    rounds: 3,
    step: 0.2,
    penalty: 1e-6,
    seed: 7,
  });
  const full = new Float64Array(vocabulary.idf.length * EMOTICON_CLASSES);
  encoded.features.forEach((feature, column) => {
    for (let k = 0; k < EMOTICON_CLASSES; k++)
      full[feature * EMOTICON_CLASSES + k] = weights[column * EMOTICON_CLASSES + k] as number;
  });
  return full;
}
