import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OwnPlacesError } from '../../../pipelines/2-understand/own-places.ts';
import { placeOf } from '../../../pipelines/2-understand/locate.ts';
import type { Gazetteer } from '../../../pipelines/2-understand/gazetteer.ts';
import { openTokeniser, stampOf } from '../../../server/adapters/jieba/open-tokeniser.ts';
import { gazetteerWords, loadGazetteer } from '../../../server/load-gazetteer.ts';
import { officeFiles } from '../../../server/office-files.ts';
import type { Tokeniser } from '../../../pipelines/ports/tokeniser.ts';

const folder = mkdtempSync(join(tmpdir(), 'wenbida-places-'));
afterAll(() => rmSync(folder, { recursive: true }));

function listed(text: string, name = 'places.txt'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const read = (text: string): Gazetteer => loadGazetteer(listed(text, `${text.length}-${Math.random()}.txt`));

describe('an office’s own list of places', () => {
  let gazetteer: Gazetteer;
  let tokeniser: Tokeniser;
  const where = (text: string): string | null => placeOf(gazetteer, text, tokeniser.cut(text), undefined)?.code ?? null;

  beforeAll(async () => {
    const file = listed(
      '\uFEFF# 伊河两岸\r\n410311 伊滨科创谷 科创谷\r\n\r\n410311 彩虹?\n410327102 灵山花谷\n410300 北京时间\n',
    );
    gazetteer = loadGazetteer(file);
    tokeniser = await openTokeniser(gazetteer.words(), 'node-rs');
  });

  test('places a post by a name of the list, and by its other name', () => {
    expect(where('伊滨科创谷一厂房冒烟')).toBe('410311');
    expect(where('今晚科创谷停水')).toBe('410311');
  });

  test('lets a name lie in a street', () => {
    expect(where('灵山花谷索道停了')).toBe('410327102');
  });

  test('takes a name that is also a word only behind the division it lies in', () => {
    expect(where('雨后的彩虹真好看')).toBeNull();
    expect(where('洛龙区彩虹停水')).toBe('410311');
    expect(where('洛阳彩虹停水')).toBe('410311');
  });

  test('means what it says, also where a shipped list says otherwise', () => {
    expect(where('北京时间一家店起火')).toBe('410300');
  });

  test('goes into the tokeniser’s dictionary, and so into its stamp', () => {
    const words = gazetteer.words();
    expect(words).toEqual(expect.arrayContaining(['伊滨科创谷', '科创谷', '灵山花谷']));
    expect(words).not.toContain('彩虹');
    expect(stampOf('node-rs', words)).not.toBe(stampOf('node-rs', gazetteerWords()));
    expect(tokeniser.cut('今晚科创谷停水')).toContain('科创谷');
  });

  test('leaves the shipped gazetteer as it is', () => {
    expect(loadGazetteer().names.some(({ own }) => own === true)).toBe(false);
  });

  test.each([
    ['41031 伊滨', /第 1 行：“41031”不是区划代码/],
    ['伊滨 410311', /第 1 行：“伊滨”不是区划代码/],
    ['# 说明\n\n410399 伊滨', /第 3 行：没有代码为 410399 的区划/],
    ['410311', /第 1 行：代码 410311 后面没有名称/],
    ['410311 伊', /第 1 行：名称“伊”要有 2 到 30 个字/],
    ['410311 伊?', /第 1 行：名称“伊”/],
    ['410311 伊滨\n410327 伊滨', /第 2 行：名称“伊滨”在第 1 行已写过/],
    ['410311 宜阳县', /第 1 行：“宜阳县”是区划的名称/],
  ])('refuses %j and names the line', (text, because) => {
    expect(() => read(text)).toThrow(OwnPlacesError);
    expect(() => read(text)).toThrow(because);
  });

  test('says which file it cannot read, and where its path is set', () => {
    expect(() => loadGazetteer(join(folder, 'absent.txt'))).toThrow(/absent\.txt 读不了.*WENBIDA_PLACES/);
  });

  test('is the one that is named, or places.txt in the data folder, or none', () => {
    const file = listed('410311 伊滨\n');
    expect(officeFiles({ varDir: folder }).places).toBe(file);
    expect(officeFiles({ varDir: folder, places: '/elsewhere.txt' }).places).toBe('/elsewhere.txt');
    expect(officeFiles({ varDir: join(folder, 'none') }).places).toBeUndefined();
  });
});
