/** Words that end a province or a city in a full path: the part above the home is known to everybody in the room. */
const ABOVE = /^.+?(?:省|自治区|特别行政区)/u;

/** 河南省洛阳市宜阳县城关镇 → 宜阳县城关镇 on the wall of 洛阳市; a place elsewhere keeps its city. */
export function shortPlace(path: string, home: string): string {
  if (path === '') return '';
  const at = home === '' ? -1 : path.indexOf(home);
  if (at >= 0) return path.slice(at + home.length) || home;
  return path.replace(ABOVE, '') || path;
}

/** The last part of a path, for a tile or a tight line: 城关镇. */
export const lastPlace = (path: string): string => /[^省市县区旗]+[省市县区旗镇乡村街道]+$/u.exec(path)?.[0] ?? path;
