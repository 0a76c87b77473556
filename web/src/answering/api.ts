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
} from '../../../server/contract/answering.ts';
import { read } from '../live/api.ts';

const at = (incident: string): string => `incidents/${encodeURIComponent(incident)}`;

/** What follows an answer. @throws ReadFailed */
export const answeringApi = {
  claims: () => read<ClaimList>('refutations/claims'),
  claim: (incident: string) => read<ClaimFile>(`${at(incident)}/refutation`),
  compose: (incident: string, ask: ComposeAsk) => read<DraftBody>(`${at(incident)}/refutation/compose`, ask),
  draft: (incident: string, ask: DraftAsk) => read<ClaimFile>(`${at(incident)}/refutation/drafts`, ask),
  decide: (incident: string, ask: DecideAsk) => read<ClaimFile>(`${at(incident)}/refutation/decisions`, ask),
  send: (incident: string, draft: number) => read<SendAnswer>(`${at(incident)}/refutation/deliveries`, { draft }),
  answering: (incident: string) => read<AnsweringBody>(`${at(incident)}/answering`),
  planJoint: (incident: string, ask: JointAsk) => read<JointRow[]>(`${at(incident)}/campaigns`, ask),
  declineJoint: (incident: string, ask: DeclineAsk) => read<JointRow[]>(`${at(incident)}/campaigns/declines`, ask),
  campaigns: () => read<JointRow[]>('campaigns'),
};
