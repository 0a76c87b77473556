import { MOODS, type Mood } from '../pipelines/domain/post.ts';
import { readRows } from './data-folder.ts';

export interface MoodRow {
  readonly text: string;
  /** An index into MOODS. */
  readonly mood: number;
}

/** SMP2020-EWECT, one part: `virus_train`, `virus_eval_labeled` or `usual_eval_labeled`. */
export const readMoods = (data: string, part: string): MoodRow[] =>
  readRows<{ text: string; label: Mood }>(data, `smp2020-ewect/${part}.jsonl.gz`).map(({ text, label }) => ({
    text,
    mood: MOODS.indexOf(label),
  }));

export interface ValenceRow {
  readonly text: string;
  readonly label: 0 | 1;
}

export const readValence = (data: string): ValenceRow[] => readRows<ValenceRow>(data, 'weibo-senti/dev.jsonl.gz');

/** The text without its emoticon marks, by which weibo_senti was labelled. */
export const withoutEmoticons = (text: string): string => text.replace(/\[[^[\]]{1,10}\]/g, '');

export interface RumorRow {
  readonly id: number;
  readonly text: string;
  readonly label: 0 | 1;
  readonly time: string;
  readonly author_verified: boolean | null;
  readonly author_followers_log10: number | null;
}

/** CED, oldest first, so that a split by position is a split by time. */
export const readRumors = (data: string): RumorRow[] =>
  readRows<RumorRow>(data, 'ced/posts.jsonl.gz').sort((a, b) =>
    a.time < b.time ? -1 : a.time > b.time ? 1 : a.id - b.id,
  );

export type Repost = readonly [seconds: number, parent: number, user: number, text: string];

export const readCascades = (data: string): Map<number, readonly Repost[]> =>
  new Map(
    readRows<{ id: number; reposts: Repost[] }>(data, 'ced/cascades.jsonl.gz').map(({ id, reposts }) => [id, reposts]),
  );

export interface MessageRow {
  readonly id: number;
  readonly title: string;
  readonly text: string;
}

export const readMessages = (data: string): MessageRow[] => [
  ...readRows<MessageRow>(data, 'taidi2020c/messages-4326.jsonl.gz'),
  ...readRows<MessageRow>(data, 'taidi2020c/replies-2816.jsonl.gz'),
];

export const MESSAGE_CLASSES = [
  '城乡建设',
  '环境保护',
  '交通运输',
  '教育文体',
  '劳动和社会保障',
  '商贸旅游',
  '卫生计生',
] as const;

export interface ClassedRow extends MessageRow {
  readonly label: (typeof MESSAGE_CLASSES)[number];
}

export const readClassed = (data: string): ClassedRow[] =>
  readRows<ClassedRow>(data, 'taidi2020c/labelled-495.jsonl.gz');

export const readNews = (data: string): { text: string }[] => readRows(data, 'cctv-weibo-2020h1/posts.jsonl.gz');

export const readStream = (data: string): { id: number; text: string }[] =>
  readRows(data, 'ncov-weibo-10k/posts.jsonl.gz');

export const readTitles = (data: string): { text: string; desc: string | null }[] =>
  readRows(data, 'weibo-hot-history/topics.jsonl.gz');
