import type { Mood } from '../../../pipelines/domain/post.ts';
import type { RumorFinding } from '../../../pipelines/domain/review.ts';

export { taxonomy } from './words.ts';

export const moodNames: Readonly<Record<Mood, string>> = {
  happy: '高兴',
  angry: '愤怒',
  sad: '悲伤',
  fear: '恐惧',
  surprise: '惊讶',
  neutral: '平静',
};

export const findingNames: Readonly<Record<RumorFinding, string>> = {
  'confirmed-rumor': '要核实，是谣言',
  'confirmed-true': '属实',
  withdrawn: '撤回了认定',
  'nothing-to-check': '不用核实',
};
