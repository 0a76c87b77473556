import type { PostId } from '../../pipelines/domain/post.ts';
import type { Refutation } from '../../pipelines/domain/refutation.ts';
import type { MachineJudgement, ReviewDraft, ReviewedCase } from '../../pipelines/domain/review.ts';
import { MONDAY } from './posts.ts';

export const aMachineJudgement = (seed: Partial<MachineJudgement> = {}): MachineJudgement => ({
  place: null,
  sentiment: 'neutral',
  mood: 'neutral',
  positive: 0.5,
  need: null,
  needScore: 0.1,
  urgent: false,
  lifeAtRisk: false,
  rumor: 0.6,
  needsCheck: true,
  duty: [],
  ...seed,
});

export const aReview = (seed: Partial<ReviewDraft> = {}): ReviewDraft => ({
  post: 'post-1' as PostId,
  at: MONDAY,
  text: '听说水厂停产了',
  weights: '0123456789ab',
  calibration: null,
  machine: aMachineJudgement(),
  says: { mood: 'fear' },
  matches: [],
  ...seed,
});

export const aCase = (id: number, seed: Partial<ReviewDraft> = {}): ReviewedCase => ({ id, ...aReview(seed) });

export const aRefutation = (seed: Partial<Refutation> = {}): Refutation => ({
  id: 'r1',
  claim: '锦川水库今晚泄洪，沿河群众需连夜转移',
  verdict: '锦川水库没有泄洪安排，水位正常。',
  source: '锦川县水利局',
  url: 'https://example.org/refutations/1',
  publishedAt: MONDAY,
  ...seed,
});
