import Type from 'typebox';
import { strict, Time } from './shapes.ts';

/** What an incident's burst looks like, copies included, from 20 posts on; of the burst, never of a person. Shares 0…1. */
export const BurstRow = Type.Object(
  {
    raw: Type.Integer(),
    distinct: Type.Integer(),
    authorShare: Type.Number(),
    copyShare: Type.Number(),
    intervalEntropy: Type.Number(),
    newcomerShare: Type.Number(),
    directShare: Type.Union([Type.Number(), Type.Null()]),
    looksCoordinated: Type.Boolean(),
    because: Type.Array(Type.String()),
    /** By hour. */
    curve: Type.Array(Type.Object({ at: Time, raw: Type.Integer(), distinct: Type.Integer() }, strict)),
  },
  strict,
);

const wording = { text: Type.String(), post: Type.String(), firstAt: Time, posts: Type.Integer() };

/** What a rumor-like incident claims, in a sentence of its first post. */
export const ClaimRow = Type.Object(
  {
    ...wording,
    variants: Type.Array(Type.Object(wording, strict)),
    /** By hour: posts, and how many of them ask whether it is so or deny it. */
    curve: Type.Array(
      Type.Object({ at: Time, posts: Type.Integer(), asking: Type.Integer(), denying: Type.Integer() }, strict),
    ),
  },
  strict,
);
