import { parentOf, tierOfRegion, type RegionCode } from '../domain/region.ts';

/** Prefecture-level rows that only group counties ruled by the province itself (济源 419001 hangs under 4190). */
const IS_GROUPING = /^(?:11|12|31|50)(?:01|02)00$|^\d{2}9000$/;

/** All divisions from province to street, as parallel lists: a node is an index into them. */
export interface Divisions {
  readonly codes: readonly RegionCode[];
  readonly names: readonly string[];
  /** The node one tier up, -1 for a province. */
  readonly parents: Int32Array;
  readonly children: ReadonlyMap<number, readonly number[]>;
  readonly nodeOf: ReadonlyMap<string, number>;
}

/** Lines that say something: no blanks, no comments. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The nearest ancestor that is listed: groupings without a name of their own are passed over. */
function listedParent(code: RegionCode, nodeOf: ReadonlyMap<string, number>): number {
  for (let at = parentOf(code); at !== undefined; at = parentOf(at)) {
    const node = IS_GROUPING.test(at) ? undefined : nodeOf.get(at);
    if (node !== undefined) return node;
  }
  return -1;
}

/**
 * Reads divisions.txt: `441900 东莞市|003东城街道|…`, a county's streets behind it by the last three digits.
 * @throws RangeError naming the line that cannot be read.
 */
export function readDivisions(text: string): Divisions {
  const codes: RegionCode[] = [];
  const names: string[] = [];
  const nodeOf = new Map<string, number>();
  const add = (code: string, name: string): void => {
    nodeOf.set(code, codes.length);
    codes.push(code as RegionCode);
    names.push(name);
  };
  for (const line of linesOf(text)) {
    const [head = '', ...streets] = line.split('|');
    const code = head.slice(0, 6);
    if (!/^\d{6} ./.test(head)) throw new RangeError(`divisions.txt: "${head.slice(0, 40)}" is no "code name"`);
    add(code, head.slice(7));
    for (const street of streets) add(code + street.slice(0, 3), street.slice(3));
  }
  const parents = new Int32Array(codes.length);
  const children = new Map<number, number[]>();
  codes.forEach((code, node) => {
    const parent = listedParent(code, nodeOf);
    parents[node] = parent;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [node]);
    else siblings.push(node);
  });
  return { codes, names, parents, children, nodeOf };
}

/** True for the development zones that statistics count as counties (340171): no division, they lie in their city. */
export const isZone = (code: RegionCode): boolean => tierOfRegion(code) === 'county' && code.charAt(4) === '7';

export function isWithin(divisions: Divisions, inner: number, outer: number): boolean {
  for (let at = inner; at >= 0; at = divisions.parents[at] ?? -1) if (at === outer) return true;
  return false;
}
