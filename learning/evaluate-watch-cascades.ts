/** What pictures of real spreads look like: rumors and other posts with all their reposts. */
import type { PostId } from '../pipelines/domain/post.ts';
import { pictureSpread, type PicturedPost } from '../pipelines/4-watch/picture-spread.ts';
import { readCascades, readRumors } from './data-sets.ts';
import { median } from './evaluate-watch-titles.ts';
import type { Figure } from './figure.ts';
import { line } from './planted-figures.ts';

/** Medians over the CED cascades. There is no bar: they show that shape alone hardly tells a rumor from the rest. */
export function evaluateCascades(data: string): Figure[] {
  const cascades = readCascades(data);
  const rows = readRumors(data).map((root) => {
    const posts: PicturedPost[] = [{ id: 'root' as PostId, time: Date.parse(root.time), kind: 'post', region: null }];
    for (const [at, [seconds, parent]] of (cascades.get(root.id) ?? []).entries())
      posts.push({
        id: String(at) as PostId,
        time: Date.parse(root.time) + seconds * 1000,
        parent: (parent < 0 ? 'root' : String(parent)) as PostId,
        kind: 'repost',
        region: null,
      });
    return { isRumor: root.label === 1, picture: pictureSpread(posts) };
  });
  return [true, false].flatMap((isRumor) => {
    const of = rows.filter((row) => row.isRumor === isRumor).map(({ picture }) => picture);
    const what = `cascades, ${isRumor ? 'rumors' : 'others'}: median`;
    return [
      line(`${what} size`, median(of.map(({ cascade }) => cascade.size)), of.length),
      line(`${what} depth`, median(of.map(({ cascade }) => cascade.depth)), of.length),
      line(`${what} mean depth`, median(of.map(({ cascade }) => cascade.meanDepth)), of.length),
      line(`${what} structural virality`, median(of.map(({ cascade }) => cascade.structuralVirality)), of.length),
      line(`${what} turning points`, median(of.map(({ turningPoints }) => turningPoints.length)), of.length),
    ];
  });
}
