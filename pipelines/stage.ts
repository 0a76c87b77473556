/**
 * One step of the flow: a batch in, a batch out, order kept. A stage is pure apart from its own bounded state; what it
 * cannot take it reports through a callback it was built with and leaves out of its answer.
 *
 * Batches, not single posts: at ten thousand posts a second an await per post and stage costs more than the work itself
 * (docs/decisions/2026-11-23-stages-take-batches.md).
 */
export type Stage<In, Out> = (batch: readonly In[]) => Out[];

/** A stage that treats each post alone. */
export const each =
  <In, Out>(step: (post: In) => Out): Stage<In, Out> =>
  (batch) =>
    batch.map(step);

/**
 * A post with more members. `{ ...post, members }` does the same, but gives every post a layout of its own (Node 20: 500 bytes a post,
 * three times the time, and whatever reads it later is slow); here posts of the same members are laid out alike.
 */
export const withMembers = <T extends object, More extends object>(post: T, more: More): T & More =>
  Object.assign({}, post, more);

/** Two stages as one; a stage out of order does not compile. */
// Not named `then`: a module that exports one is taken for a promise by every `await import`.
export const pipe =
  <A, B, C>(first: Stage<A, B>, second: Stage<B, C>): Stage<A, C> =>
  (batch) =>
    second(first(batch));
