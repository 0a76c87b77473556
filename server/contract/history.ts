import Type, { type Static } from 'typebox';
import { OUTCOMES } from '../../pipelines/domain/case-event.ts';
import { INCIDENT_KINDS } from '../../pipelines/domain/incident.ts';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { PostRow } from './http.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** How an incident spread, and what past ones teach. Times are ISO 8601 in UTC, spans whole minutes. */
const HourRow = Type.Object({ at: Time, posts: Type.Integer() }, strict);

/** GET incidents/:id/spread */
export const SpreadBody = Type.Object(
  {
    /** Evidence posts that the picture is made of, copies included, and how many there are in all. */
    posts: Type.Integer(),
    of: Type.Integer(),
    /** How many of them are known to forward or answer another. */
    linked: Type.Integer(),
    cascade: Type.Object(
      {
        size: Type.Integer(),
        depth: Type.Integer(),
        meanDepth: Type.Number(),
        structuralVirality: Type.Number(),
      },
      strict,
    ),
    drawing: orNull(
      Type.Object(
        {
          from: Time,
          to: Time,
          stepMinutes: Type.Number(),
          deepest: Type.Integer(),
          cells: Type.Array(Type.Object({ at: Time, depth: Type.Integer(), posts: Type.Integer() }, strict)),
        },
        strict,
      ),
    ),
    /** Distinct divisions, village first. */
    places: Type.Array(Type.Object({ tier: oneOf(TIERS), count: Type.Integer() }, strict)),
    first: orNull(PostRow),
    firstMedia: orNull(PostRow),
    firstHotlist: orNull(PostRow),
    turningPoints: Type.Array(
      Type.Object(
        { at: Time, kind: oneOf(['rise', 'fall'] as const), before: Type.Number(), after: Type.Number() },
        strict,
      ),
    ),
    /** Posts by hour, copies included. */
    hours: Type.Array(HourRow),
    /** Why the picture is not whole; absent where it is. */
    trouble: Type.Optional(Type.String()),
  },
  strict,
);
export type SpreadBody = Static<typeof SpreadBody>;

export const PrecedentRow = Type.Object(
  {
    incident: Type.String(),
    title: Type.String(),
    region: orNull(Type.String()),
    regionName: Type.String(),
    kind: oneOf(INCIDENT_KINDS),
    rung: oneOf(TIERS),
    openedAt: Time,
    count: Type.Integer(),
    /** 0…1; what it is made of: docs/precedents.md. */
    score: Type.Number(),
    sharedWords: Type.Array(Type.String()),
    because: Type.Array(Type.String()),
    /** null: no outcome recorded. */
    outcome: orNull(
      Type.Object(
        {
          first: orNull(
            Type.Object(
              {
                account: Type.String(),
                accountName: Type.String(),
                tier: orNull(oneOf(TIERS)),
                text: Type.String(),
                link: Type.Optional(Type.String()),
                at: Time,
                afterMinutes: Type.Integer(),
              },
              strict,
            ),
          ),
          relayed: Type.Integer(),
          supplemented: Type.Integer(),
          corrected: Type.Integer(),
          closed: orNull(Type.Object({ outcome: oneOf(OUTCOMES), at: Time, afterMinutes: Type.Integer() }, strict)),
          solved: Type.Integer(),
          unsolved: Type.Integer(),
        },
        strict,
      ),
    ),
    /** null: no hour of it is known. */
    curve: orNull(
      Type.Object(
        {
          from: Time,
          peak: Type.Object({ at: Time, posts: Type.Integer(), afterAnswer: Type.Boolean() }, strict),
          hoursToHalf: orNull(Type.Integer()),
          nextRung: orNull(Type.Object({ to: oneOf(TIERS), at: Time, afterMinutes: Type.Integer() }, strict)),
          hours: Type.Array(HourRow),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type PrecedentRow = Static<typeof PrecedentRow>;

/** GET incidents/:id/precedents */
export const PrecedentsBody = Type.Object(
  {
    searchedAt: Time,
    /** Likest first, at most ten. */
    precedents: Type.Array(PrecedentRow),
    /** Incidents the search store does not have yet as they are now. */
    behind: Type.Integer(),
    /** Why this is an earlier answer, or none. */
    trouble: Type.Optional(Type.String()),
  },
  strict,
);
export type PrecedentsBody = Static<typeof PrecedentsBody>;
