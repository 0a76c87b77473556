import { readFileSync } from 'node:fs';

/** The code points a TrueType font can draw: formats 4 and 12 of its table cmap (OpenType). @throws Error where it has none. */
export function fontCharacters(path: string): ReadonlySet<number> {
  const file = readFileSync(path);
  for (let n = 0; n < file.readUInt16BE(4); n++) {
    const at = 12 + n * 16;
    if (file.toString('latin1', at, at + 4) === 'cmap') return charactersOf(file.subarray(file.readUInt32BE(at + 8)));
  }
  throw new Error(`${path} has no character map`);
}

function charactersOf(cmap: Buffer): Set<number> {
  const known = new Set<number>();
  for (let n = 0; n < cmap.readUInt16BE(2); n++) {
    const at = cmap.readUInt32BE(4 + n * 8 + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 12) {
      for (let group = 0; group < cmap.readUInt32BE(at + 12); group++) {
        const from = cmap.readUInt32BE(at + 16 + group * 12);
        for (let code = from; code <= cmap.readUInt32BE(at + 20 + group * 12); code++) known.add(code);
      }
    } else if (format === 4) {
      const segments = cmap.readUInt16BE(at + 6) / 2;
      for (let segment = 0; segment < segments; segment++) {
        const to = cmap.readUInt16BE(at + 14 + segment * 2);
        const from = cmap.readUInt16BE(at + 16 + (segments + segment) * 2);
        for (let code = from; code <= to && code < 0xffff; code++) known.add(code);
      }
    }
  }
  return known;
}
