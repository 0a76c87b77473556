import type { Viewer } from '../../pipelines/domain/person.ts';
import type {
  AnsweringBody,
  ClaimFile,
  ClaimList,
  ComposeAsk,
  DecideAsk,
  DeclineAsk,
  DraftAsk,
  DraftBody,
  JointAsk,
  JointRow,
  SendAnswer,
  SendAsk,
} from '../contract/answering.ts';
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
  claims(viewer: Viewer): Promise<ClaimList>;
  /** @throws StoreUnavailable */
  claim(viewer: Viewer, incident: string): Promise<ClaimFile | undefined>;
  /** The template over what is known; keeps nothing. @throws StoreUnavailable */
  compose(viewer: Viewer, incident: string, ask: ComposeAsk): Promise<Done<DraftBody>>;
  /** @throws StoreUnavailable */
  draft(viewer: Viewer, incident: string, ask: DraftAsk): Promise<Done<ClaimFile>>;
  /** @throws StoreUnavailable */
  decide(viewer: Viewer, incident: string, ask: DecideAsk): Promise<Done<ClaimFile>>;
  send(viewer: Viewer, incident: string, ask: SendAsk): Promise<Done<SendAnswer>>;
  /** @throws StoreUnavailable */
  answering(viewer: Viewer, incident: string): Promise<AnsweringBody | undefined>;
  joints(viewer: Viewer): readonly JointRow[];
  planJoint(viewer: Viewer, incident: string, ask: JointAsk): Done<JointRow[]>;
  declineJoint(viewer: Viewer, incident: string, ask: DeclineAsk): Done<JointRow[]>;
  /** Files and units that the viewer may see. Epoch ms, from ≤ t < to; `to` left out is now. undefined where the period ends before it begins. */
  assessment(
    viewer: Viewer,
    period: { readonly to?: number } & ({ readonly from: number } | { readonly days: number }),
  ): AssessmentBody | undefined;
}
