import type { Divisions } from './divisions.ts';

/** One name of an office's own list. */
export interface OwnPlace {
  readonly name: string;
  /** The division it lies in. */
  readonly node: number;
  /** Also an ordinary word: counts only behind the division it lies in, or before what only a place has. */
  readonly wordy: boolean;
  readonly line: number;
}

/** A list that cannot be used: one sentence with file, line and remedy. */
export class OwnPlacesError extends Error {
  override readonly name = 'OwnPlacesError';
}

const LONGEST = 30;

/**
 * Reads `410311 伊滨科技城 伊滨 会展中心?`: the division it lies in, its name, its other names; a question mark behind a name
 * that is also a word. Lines that begin with # are comments.
 *
 * @param file how the file is named in errors.
 * @throws OwnPlacesError at the first line that is wrong.
 */
export function readOwnPlaces(file: string, text: string, divisions: Divisions): OwnPlace[] {
  const places = new Map<string, OwnPlace>();
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((raw, index) => {
      const line = index + 1;
      const stop = (why: string): never => {
        throw new OwnPlacesError(`本单位地名表 ${file} 第 ${line} 行：${why}`);
      };
      const written = raw.trim();
      if (written === '' || written.startsWith('#')) return;
      const [code = '', ...names] = written.split(/\s+/);
      if (!/^(?:\d{6}|\d{9})$/.test(code))
        stop(`“${code.slice(0, 20)}”不是区划代码；行首写所属区划的代码，六位（区县）或九位（街道、乡镇）数字`);
      const node = divisions.nodeOf.get(code) ?? stop(`没有代码为 ${code} 的区划，请查对所属区划的代码`);
      if (names.length === 0) stop(`代码 ${code} 后面没有名称`);
      for (const given of names) {
        const wordy = /[?？]$/.test(given);
        const name = wordy ? given.slice(0, -1) : given;
        if (name.length < 2 || name.length > LONGEST) stop(`名称“${name.slice(0, LONGEST)}”要有 2 到 ${LONGEST} 个字`);
        const other = places.get(name);
        if (other !== undefined) stop(`名称“${name}”在第 ${other.line} 行已写过，请留一处`);
        places.set(name, { name, node, wordy, line });
      }
    });
  return [...places.values()];
}
