import { buildAnsweringDesk } from './answering-desk.ts';
import { buildAssessmentDesk, type AssessmentParts } from './assessment-desk.ts';
import { buildRefuteDesk, type RefuteParts } from './refute-desk.ts';
import type { FollowUpServices } from './services/follow-up.ts';

/** Refutations, what follows an answer, and the assessment. */
export const buildFollowUp = (parts: RefuteParts & AssessmentParts): FollowUpServices => ({
  ...buildRefuteDesk(parts),
  ...buildAnsweringDesk(parts),
  ...buildAssessmentDesk(parts),
});
