import type { Viewer } from '../../pipelines/domain/person.ts';
import type * as answering from '../contract/answering.ts';
import type * as refutation from '../contract/refutation.ts';
import type { AssessmentBody } from '../contract/assessment.ts';

/** What became of something a person did in a file. */
export type Done<T> =
  | { readonly done: T }
  | { readonly missing: true }
  /** Somebody was quicker: the seq of the file as it is now. */
  | { readonly meanwhile: number }
  | { readonly refused: { readonly because: string; readonly where: string } };

/** Refutations, what follows an answer, joint publications. An incident that the viewer may not see is none. */
export interface FollowUpServices {
  claims(viewer: Viewer): Promise<refutation.ClaimList>;
  /** @throws StoreUnavailable */
  claim(viewer: Viewer, incident: string): Promise<refutation.ClaimFile | undefined>;
  /** The template over what is known; keeps nothing. @throws StoreUnavailable */
  compose(viewer: Viewer, incident: string, ask: refutation.ComposeAsk): Promise<Done<refutation.DraftBody>>;
  /** @throws StoreUnavailable */
  draft(viewer: Viewer, incident: string, ask: refutation.DraftAsk): Promise<Done<refutation.ClaimFile>>;
  /** @throws StoreUnavailable */
  decide(viewer: Viewer, incident: string, ask: refutation.DecideAsk): Promise<Done<refutation.ClaimFile>>;
  send(viewer: Viewer, incident: string, ask: refutation.SendAsk): Promise<Done<refutation.SendAnswer>>;
  /** @throws StoreUnavailable */
  answering(viewer: Viewer, incident: string): Promise<answering.AnsweringBody | undefined>;
  joints(viewer: Viewer): readonly answering.JointRow[];
  planJoint(viewer: Viewer, incident: string, ask: answering.JointAsk): Done<answering.JointRow[]>;
  declineJoint(viewer: Viewer, incident: string, ask: answering.DeclineAsk): Done<answering.JointRow[]>;
  /** Files and units that the viewer may see. Epoch ms, from ≤ t < to; `to` left out is now. undefined where the period ends before it begins. */
  assessment(
    viewer: Viewer,
    period: { readonly to?: number } & ({ readonly from: number } | { readonly days: number }),
  ): AssessmentBody | undefined;
}
