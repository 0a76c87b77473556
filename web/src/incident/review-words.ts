import type { ReviewMark } from '../../../server/contract/review.ts';
import { zh } from '../ui/zh.ts';

/** What people said of a post, one short sentence a judgement; the rumor first. */
export function reviewWords(mark: ReviewMark): readonly string[] {
  const words = zh.review;
  const said: string[] = [];
  if (mark.rumor !== undefined) {
    const { finding, source } = mark.rumor;
    said.push(source === undefined ? words.found[finding] : `${words.found[finding]}（${words.by(source)}）`);
  }
  if (mark.lifeAtRisk !== undefined) said.push(mark.lifeAtRisk ? words.risk.yes : words.risk.no);
  if (mark.need !== undefined) said.push(mark.need === null ? words.noNeed : words.is(words.heads.need, mark.need));
  if (mark.place !== undefined)
    said.push(mark.place === null ? words.noPlace : words.is(words.heads.place, mark.placeName ?? mark.place));
  if (mark.mood !== undefined) said.push(words.is(words.heads.mood, words.moods[mark.mood]));
  if (mark.duty !== undefined)
    said.push(mark.duty.length === 0 ? words.noDuty : words.is(words.heads.duty, mark.duty.join('、')));
  return said;
}
