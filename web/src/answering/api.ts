import type * as answering from '../../../server/contract/answering.ts';
import type * as refutation from '../../../server/contract/refutation.ts';
import { read } from '../live/api.ts';

const at = (incident: string): string => `incidents/${encodeURIComponent(incident)}`;

/** What follows an answer. @throws ReadFailed */
export const answeringApi = {
  claims: () => read<refutation.ClaimList>('refutations/claims'),
  claim: (incident: string) => read<refutation.ClaimFile>(`${at(incident)}/refutation`),
  compose: (incident: string, ask: refutation.ComposeAsk) =>
    read<refutation.DraftBody>(`${at(incident)}/refutation/compose`, ask),
  draft: (incident: string, ask: refutation.DraftAsk) =>
    read<refutation.ClaimFile>(`${at(incident)}/refutation/drafts`, ask),
  decide: (incident: string, ask: refutation.DecideAsk) =>
    read<refutation.ClaimFile>(`${at(incident)}/refutation/decisions`, ask),
  send: (incident: string, draft: number) =>
    read<refutation.SendAnswer>(`${at(incident)}/refutation/deliveries`, { draft }),
  answering: (incident: string) => read<answering.AnsweringBody>(`${at(incident)}/answering`),
  planJoint: (incident: string, ask: answering.JointAsk) =>
    read<answering.JointRow[]>(`${at(incident)}/campaigns`, ask),
  declineJoint: (incident: string, ask: answering.DeclineAsk) =>
    read<answering.JointRow[]>(`${at(incident)}/campaigns/declines`, ask),
  campaigns: () => read<answering.JointRow[]>('campaigns'),
};
