import type { PostId } from '../domain/post.ts';

/** Posts noted of a cluster, in the order they came, each with its event time: two rows, for a pair an object each takes four times the memory. */
export interface Members {
  ids: PostId[];
  /** Epoch ms. */
  times: number[];
}

export const newMembers = (): Members => ({ ids: [], times: [] });

/** At most `most` are noted: the first quarter and the newest. */
export function noteMember({ ids, times }: Members, id: PostId, at: number, most: number): void {
  if (ids.length >= most) {
    ids.splice(most / 4, 1);
    times.splice(most / 4, 1);
  }
  ids.push(id);
  times.push(at);
}

/** Those of both, by time, the newest `most`. */
export function joined(a: Members, b: Members, most: number): Members {
  const [ids, times] = [a.ids.concat(b.ids), a.times.concat(b.times)];
  const order = [...ids.keys()].sort((one, other) => times[one]! - times[other]!).slice(-most);
  return { ids: order.map((at) => ids[at]!), times: order.map((at) => times[at]!) };
}

/** The earliest; of two at one moment the one with the smaller id. */
export function firstOf({ ids, times }: Members): PostId | undefined {
  let [first, when]: [PostId | undefined, number] = [undefined, Infinity];
  for (const [at, id] of ids.entries()) {
    const time = times[at]!;
    if (first === undefined || time < when || (time === when && id < first)) [first, when] = [id, time];
  }
  return first;
}
