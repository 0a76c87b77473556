/** Words that end a province or a city in a full path: the part above the home is known to everybody in the room. */
const ABOVE = /^.+?(?:省|自治区|特别行政区)/u;

/** 河南省洛阳市宜阳县城关镇 → 宜阳县城关镇 on the wall of 洛阳市; a place elsewhere keeps its city. */
export function shortPlace(path: string, home: string): string {
  if (path === '') return '';
  const at = home === '' ? -1 : path.indexOf(home);
  if (at >= 0 && path.length > at + home.length) return path.slice(at + home.length);
  return path.replace(ABOVE, '') || path;
}

/** 伊川县云栖街道 → 伊川·云栖街道, where the line is tight; a place of one part stays whole. */
export const tightPlace = (place: string): string =>
  place.replace(/^(.{2,4}?)(?:自治县|县|区|市|旗)(?=.{2,}$)/u, '$1·');

/** 洛阳市水利局 → 水利局 on the wall of 洛阳市; a unit of a part of it keeps its place. */
export const unitName = (unit: string, home: string): string =>
  home !== '' && unit.startsWith(home) && unit.length > home.length + 2 ? unit.slice(home.length) : unit;
