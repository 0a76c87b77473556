import Type, { type Static } from 'typebox';
import { DUTIES } from '../../pipelines/domain/duty.ts';
import { NEEDS, POST_KINDS } from '../../pipelines/domain/post.ts';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { HIT_EVENTS } from '../../pipelines/domain/watch.ts';
import { PostRow } from './http.ts';
import { oneOf, orNull, Region, strict, Time } from './shapes.ts';

/** 关注. Spans are whole minutes, times ISO 8601 in UTC; quiet hours are of the clock in Asia/Shanghai. */
const Terms = Type.Array(Type.String({ minLength: 1, maxLength: 30 }), { maxItems: 20 });
const WEEK = 7 * 24 * 60;
const span = (posts: number, least: number) =>
  Type.Object(
    {
      posts: Type.Integer({ minimum: 1, maximum: posts }),
      minutes: Type.Integer({ minimum: least, maximum: WEEK }),
    },
    strict,
  );
const ClockTime = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

export const WatchQueryRow = Type.Object(
  {
    /** All must occur, at least one must, none may. A term of several words occurs where all its words do. */
    all: Terms,
    any: Terms,
    none: Terms,
    regions: Type.Array(Region, { maxItems: 20 }),
    needs: Type.Array(oneOf(NEEDS), { maxItems: NEEDS.length }),
    duties: Type.Array(oneOf(DUTIES), { maxItems: DUTIES.length }),
    kinds: Type.Array(oneOf(POST_KINDS), { maxItems: POST_KINDS.length }),
    rung: orNull(oneOf(TIERS)),
  },
  strict,
);
export type WatchQueryRow = Static<typeof WatchQueryRow>;

const rule = {
  query: WatchQueryRow,
  /** Opens at so many distinct posts within so many minutes … */
  open: span(200, 1),
  /** … and closes when for so many minutes there were fewer than so many. */
  close: span(200, 5),
};

/** POST watches/test */
export const WatchTestAsk = Type.Object(rule, strict);
export type WatchTestAsk = Static<typeof WatchTestAsk>;

const body = {
  name: Type.String({ minLength: 1, maxLength: 40 }),
  ...rule,
  quiet: orNull(Type.Object({ from: ClockTime, to: ClockTime }, strict)),
  channel: orNull(Type.String({ minLength: 1, maxLength: 40 })),
  paused: Type.Boolean(),
};

/** POST watches, PUT watches/:id. `expected`: the version that was seen; 0 for a new watch. */
export const WatchAsk = Type.Object(
  { ...body, expected: Type.Integer({ minimum: 0 }), why: Type.String({ maxLength: 200 }) },
  strict,
);
export type WatchAsk = Static<typeof WatchAsk>;

/** DELETE watches/:id, POST watches/:id/restore. */
export const WatchVersionAsk = Type.Object(
  { expected: Type.Integer({ minimum: 1 }), why: Type.Optional(Type.String({ maxLength: 200 })) },
  strict,
);
export type WatchVersionAsk = Static<typeof WatchVersionAsk>;

export const HitRow = Type.Object(
  {
    seq: Type.Integer(),
    at: Time,
    watch: Type.String(),
    version: Type.Integer(),
    name: Type.String(),
    event: oneOf(HIT_EVENTS),
    openedAt: Time,
    /** The posts it opened at. */
    posts: Type.Array(Type.String()),
    count: Type.Integer(),
    channel: orNull(Type.String()),
    /** Until when the channel stays silent. */
    quietUntil: orNull(Time),
    /** Places of the watch; none: anywhere. */
    regions: Type.Array(Region),
  },
  strict,
);
export type HitRow = Static<typeof HitRow>;

export const WatchRow = Type.Object(
  {
    ...body,
    id: Type.String(),
    version: Type.Integer(),
    deleted: Type.Boolean(),
    savedAt: Time,
    by: Type.String(),
    why: Type.String(),
    /** The names of its places, in order. */
    places: Type.Array(Type.String()),
    /** Since when it is open, and how many posts have matched since then. */
    openedAt: orNull(Time),
    count: Type.Integer(),
    lastAt: orNull(Time),
    /** Newest first, at most five. */
    hits: Type.Array(HitRow),
  },
  strict,
);
export type WatchRow = Static<typeof WatchRow>;

/** GET watches */
export const WatchPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    watches: Type.Array(WatchRow),
    /** Places that can be chosen by name: the home region and what lies right below it. */
    places: Type.Array(Type.Object({ code: Region, name: Type.String() }, strict)),
    /** Newest hit. */
    lastSeq: Type.Integer(),
  },
  strict,
);
export type WatchPage = Static<typeof WatchPage>;

export const WatchTest = Type.Object(
  {
    from: Time,
    to: Time,
    /** Distinct posts of the last seven days that match. */
    total: Type.Integer(),
    atLeast: Type.Boolean(),
    /** By day of Asia/Shanghai, oldest first. */
    days: Type.Array(Type.Object({ at: Time, posts: Type.Integer() }, strict)),
    /** When it would have opened, oldest first. */
    openings: Type.Array(Type.Object({ at: Time, closedAt: orNull(Time), count: Type.Integer() }, strict)),
    /** Newest first, at most 20. */
    posts: Type.Array(PostRow),
    /** Words as they are looked for, cut by the tokeniser. */
    words: Type.Object(
      { all: Type.Array(Type.String()), any: Type.Array(Type.String()), none: Type.Array(Type.String()) },
      strict,
    ),
    /** Accepted posts that are not searchable yet. */
    behind: Type.Integer(),
  },
  strict,
);
export type WatchTest = Static<typeof WatchTest>;

/** GET watches/hits */
export const HitsBody = Type.Array(HitRow);
/** GET watches/:id/versions */
export const VersionsBody = Type.Array(
  Type.Object(
    {
      version: Type.Integer(),
      savedAt: Time,
      by: Type.String(),
      why: Type.String(),
      deleted: Type.Boolean(),
      name: Type.String(),
      paused: Type.Boolean(),
    },
    strict,
  ),
);
export type VersionsBody = Static<typeof VersionsBody>;
