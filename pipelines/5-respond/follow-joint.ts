import type { JointLayer } from '../domain/case-event.ts';
import type { CaseState, JointPlan, Word } from '../domain/case-state.ts';

/** later: its time has not come. waiting: it may publish now. done: a word of it is in the file. declined: it said no, with a reason. */
export const LAYER_STATES = ['later', 'waiting', 'done', 'declined'] as const;
export type LayerState = (typeof LAYER_STATES)[number];

export interface FollowedLayer extends JointLayer {
  readonly state: LayerState;
  /** The word that did it. */
  readonly word?: Word;
  /** Why it does not take part. */
  readonly why?: string;
}

/**
 * Where each layer of a plan stands, by the words in the file since the plan was made. No layer is late and none is counted: who takes
 * part is the account's own choice, and what a word earned in reposts is looked at nowhere.
 */
export function followJoint(state: CaseState, plan: JointPlan, now: number): readonly FollowedLayer[] {
  return plan.layers.map((layer) => {
    const word = state.words.find(({ seq, word: { account } }) => seq > plan.seq && account === layer.account);
    if (word !== undefined) return { ...layer, state: 'done', word };
    const declined = plan.declined.find(({ account }) => account === layer.account);
    if (declined !== undefined)
      return { ...layer, state: 'declined', ...(declined.why === undefined ? {} : { why: declined.why }) };
    return { ...layer, state: now < layer.from ? 'later' : 'waiting' };
  });
}
