import Type, { type Static } from 'typebox';
import { Pulse } from './pulse.ts';
import { orNull, strict, Time } from './shapes.ts';

/** What a wall reads beside the live feed. Times are ISO 8601 in UTC. */
const Place = Type.Object({ code: Type.String(), name: Type.String() }, strict);
export type Place = Static<typeof Place>;

/** Open hand-offs of one responsible unit (责任单位), each counted once by how long it has been open. */
export const UnitAges = Type.Object(
  {
    unit: Type.String(),
    /** Open up to 5 h, over 5 and up to 24 h, over 24 h. */
    ages: Type.Tuple([Type.Integer(), Type.Integer(), Type.Integer()]),
    /** Past what was agreed for them. */
    late: Type.Integer(),
    oldest: Time,
    /** When the first of the late ones fell due; null where none is late. */
    lateSince: orNull(Time),
    incidents: Type.Array(Type.String()),
  },
  strict,
);
export type UnitAges = Static<typeof UnitAges>;

export const WallBody = Type.Object(
  {
    /** The region it is about: what was asked for, cut to what may be seen; null for all of it. */
    region: orNull(Place),
    /** From the widest that may be seen down to the region itself; empty where it is about everything. */
    path: Type.Array(Place),
    /** Counted within the region. */
    pulse: Pulse,
    /** In the office's night (值班规则), when only what is urgent may sound. */
    quiet: Type.Boolean(),
    /** The unit that has waited longest first. */
    handoffs: Type.Array(UnitAges),
    /** The official map that the operator loaded, if any. */
    map: orNull(
      Type.Object(
        {
          /** 审图号, as it was given. */
          number: Type.String(),
          /** Features that could not be told to be one of our divisions, by name; of who sees everything. */
          unmatched: Type.Array(Type.String()),
          /** How many shapes it has for the region. */
          shapes: Type.Integer(),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type WallBody = Static<typeof WallBody>;

const Position = Type.Array(Type.Number(), { minItems: 2, maxItems: 3 });
const Ring = Type.Array(Position);

/** One shape, GeoJSON in degrees; outer rings run clockwise, holes against, which is how d3-geo tells inside from outside. */
export const MapShape = Type.Object(
  {
    /** Null for a line or an area that is none of our divisions: drawn, never counted. */
    code: orNull(Type.String()),
    name: Type.String(),
    geometry: Type.Union([
      Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Ring) }, strict),
      Type.Object({ type: Type.Literal('MultiPolygon'), coordinates: Type.Array(Type.Array(Ring)) }, strict),
      Type.Object({ type: Type.Literal('LineString'), coordinates: Ring }, strict),
      Type.Object({ type: Type.Literal('MultiLineString'), coordinates: Type.Array(Ring) }, strict),
    ]),
  },
  strict,
);
export type MapShape = Static<typeof MapShape>;

export const MapBody = Type.Object({ number: Type.String(), shapes: Type.Array(MapShape) }, strict);
export type MapBody = Static<typeof MapBody>;
