import type { ChannelName } from '../drill-post.ts';

/** What people talk about on an ordinary day, in templates; see ../fill.ts for the slots. */
export interface Topic {
  readonly about: string;
  /** How often, relative to the other topics. */
  readonly weight: number;
  /** Hours of the day it is talked about, [from, to); all day where left out, over midnight where from > to. */
  readonly hours?: readonly [from: number, to: number];
  /** Where it is said; the usual mixture where left out. */
  readonly channels?: readonly ChannelName[];
  /** Said as it stands, without opening and closing words. */
  readonly bare?: true;
  readonly texts: readonly string[];
}
