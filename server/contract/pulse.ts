import Type, { type Static } from 'typebox';
import { oneOf, orNull, Region, strict, Time } from './shapes.ts';

/** How the deployment does, told to every screen: its sources, its counts and its health. Times are ISO 8601 in UTC. */
export const SOURCE_STATES = ['live', 'slow', 'dead', 'never'] as const;
/** GET sources */
export const SourceRow = Type.Object(
  {
    name: Type.String(),
    state: oneOf(SOURCE_STATES),
    lastSeen: orNull(Time),
    /** Usual seconds between posts, from its own last day; null where not yet known. */
    usualGap: orNull(Type.Number()),
    /** null where the source brings more than the asker may see. */
    accepted: orNull(Type.Integer()),
    duplicate: orNull(Type.Integer()),
    rejected: orNull(Type.Integer()),
    /** Posts per 15 minutes, the last six hours, oldest first: 24 numbers; null where the source did not exist, or may not be counted. */
    recent: Type.Array(orNull(Type.Integer())),
  },
  strict,
);
export type SourceRow = Static<typeof SourceRow>;

export const PulseBucket = Type.Object(
  {
    at: Time,
    /** Distinct after folding; `raw` counts copies too. */
    posts: Type.Integer(),
    raw: Type.Integer(),
    negative: Type.Integer(),
    needs: Type.Integer(),
  },
  strict,
);
export const RegionTile = Type.Object(
  {
    code: Region,
    /** Short name for a tile: 洛龙. */
    name: Type.String(),
    /** Posts of the last hour placed in it; null: no live source, drawn as no data. */
    posts: orNull(Type.Integer()),
    /** Its usual posts an hour, from the last 24 h; null where not yet known. */
    usual: orNull(Type.Number()),
  },
  strict,
);

/** GET pulse, and the socket's `pulse`: at most one a second. */
export const Pulse = Type.Object(
  {
    /** The deployment's now: in a drill this clock runs faster. */
    now: Time,
    /** 1, or the drill's speed. */
    speed: Type.Number(),
    drill: orNull(
      Type.Object(
        {
          title: Type.String(),
          /** When what is replayed really happened; absent where it is invented. */
          past: Type.Optional(Time),
          speed: Type.Number(),
          done: Type.Boolean(),
        },
        strict,
      ),
    ),
    home: Type.Object({ code: Region, name: Type.String() }, strict),
    /** Ten-minute buckets of 24 hours, oldest first: 144. */
    day: Type.Array(PulseBucket),
    /** Median bucket of the 24 hours before now, as what is usual; null until six hours are known. */
    usual: orNull(Type.Object({ posts: Type.Number(), negative: Type.Number(), needs: Type.Number() }, strict)),
    tiles: Type.Array(RegionTile),
    /** Cities of the same province with posts of the last hour, home included. */
    around: Type.Array(RegionTile),
    /** Of everything, ever; for who sees some regions only, what was placed there in these 24 hours. */
    accepted: Type.Integer(),
    /** Accepted posts that understanding and watching, and indexing, have not passed yet. */
    lag: Type.Object({ watch: Type.Integer(), index: Type.Integer() }, strict),
    store: Type.Object({ name: Type.String(), ok: Type.Boolean() }, strict),
    /** Event time of the newest post, or null. */
    lastPostAt: orNull(Time),
    alertSeq: Type.Integer(),
  },
  strict,
);
export type Pulse = Static<typeof Pulse>;

export const Health = Type.Object(
  {
    status: oneOf(['ok', 'degraded'] as const),
    version: Type.String(),
    store: Type.Object(
      {
        name: Type.String(),
        ok: Type.Boolean(),
        /** Documents; absent while the store can't be asked. */
        posts: Type.Optional(Type.Integer()),
        because: Type.Optional(Type.String()),
      },
      strict,
    ),
    /** `accepted` only for those who see everything. */
    inbox: Type.Object(
      { accepted: Type.Optional(Type.Integer()), watchLag: Type.Integer(), indexLag: Type.Integer() },
      strict,
    ),
    tokeniser: Type.String(),
    drill: Type.Boolean(),
  },
  strict,
);
export type Health = Static<typeof Health>;
