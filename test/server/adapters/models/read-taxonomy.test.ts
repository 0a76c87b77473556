import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judge } from '../../../../pipelines/2-understand/classify.ts';
import { loadWeights } from '../../../../server/adapters/models/load-weights.ts';
import { readTaxonomy } from '../../../../server/adapters/models/read-taxonomy.ts';
import { checkTaxonomy } from '../../../../server/check-taxonomy.ts';
import { officeFiles } from '../../../../server/office-files.ts';
import { packageRoot } from '../../../../server/package-root.ts';

const EXAMPLE = join(packageRoot(), 'accounts/examples/taxonomy.json');

describe("an office's own taxonomy", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'taxonomy-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const written = (content: unknown): string => {
    const file = join(folder, 'taxonomy.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  test('the example in the repository is sound, and all its cases hold', () => {
    const taxonomy = readTaxonomy(EXAMPLE);
    expect(checkTaxonomy(loadWeights(undefined, taxonomy), taxonomy)).toContain('用例 4 个全部相符');
  });

  test('adds a word, weighs one anew and takes one away', () => {
    const text = '老码头的摆渡车又坏了';
    expect(judge(loadWeights(), { text }).duty).toEqual([]);
    const added = loadWeights(undefined, readTaxonomy(written({ duty: { 交通: { 摆渡车: 3 } } })));
    expect(judge(added, { text }).duty).toContain('交通');
    const taken = loadWeights(undefined, readTaxonomy(written({ duty: { 供水: { 停水: 0 } } })));
    expect(taken.cues.some((cue) => cue.label === 'duty.供水' && cue.word === '停水')).toBe(false);
    expect(taken.cues.length).toBe(loadWeights().cues.length - 1);
    expect(taken.version).not.toBe(added.version);
  });

  test.each([
    ['{', /taxonomy\.json is not JSON/],
    [[], /the file must be/],
    [{ duties: {} }, /"duties" is not known; there are about, duty/],
    [{ duty: { 水务: { 停水: 2 } } }, /duty\.水务 is not known; there are 公安 交通/],
    [{ duty: { 供水: ['停水'] } }, /duty\.供水 must be/],
    [{ duty: { 供水: { 停水: '2' } } }, /duty\.供水\.停水 needs a weight from -5 to 5/],
    [{ duty: { 供水: { 停水: 50 } } }, /duty\.供水\.停水 needs a weight/],
    [{ need: { 投诉: { 水: 2 } } }, /need\.投诉\.水 must have 2 to 16 signs/],
    [{ lifeAtRisk: { yes: { 落水: 2 } } }, /lifeAtRisk\.yes is not known; there are sure maybe against/],
    [{ cases: [{ duty: '供水' }] }, /cases\[0\] needs a "text"/],
    [{ cases: [{ text: '停水了' }] }, /cases\[0\] asks nothing/],
    [{ cases: [{ text: '停水了', duty: ['水务'] }] }, /cases\[0\]\.duty must be of 公安/],
    [{ cases: [{ text: '停水了', need: '表扬' }] }, /cases\[0\]\.need must be null or of 咨询/],
  ])('refuses %j, naming the file and the entry', (content, sentence) => {
    expect(() => readTaxonomy(written(content))).toThrow(sentence);
    expect(() => readTaxonomy(written(content))).toThrow(/taxonomy\.json/);
  });

  test('a word that was never released cannot be taken away', () => {
    const taxonomy = readTaxonomy(written({ duty: { 供水: { 从无此词: 0 } } }));
    expect(() => loadWeights(undefined, taxonomy)).toThrow(/taxonomy\.json.*从无此词.*没有什么可取消/);
  });

  test('an absent file is named', () => {
    expect(() => readTaxonomy(join(folder, 'none.json'))).toThrow(/none\.json cannot be read/);
  });

  test('a case that does not hold is told with what was found', () => {
    const taxonomy = readTaxonomy(
      written({
        cases: [
          { text: '小区停水两天了', duty: ['税务'], lifeAtRisk: true },
          { text: '小区停水两天了', duty: '供水' },
        ],
      }),
    );
    const check = (): string => checkTaxonomy(loadWeights(undefined, taxonomy), taxonomy);
    expect(check).toThrow(/2 个用例中 1 个不符.*小区停水两天了.*主管应为税务，实为供水.*应为涉及人身安全/);
  });

  test('is taken from the setting, else from the data folder where it is there', () => {
    const own = written({ cases: [] });
    expect(officeFiles({ varDir: folder }).taxonomy).toBe(own);
    expect(officeFiles({ varDir: folder, taxonomy: '/elsewhere.json' }).taxonomy).toBe('/elsewhere.json');
    expect(officeFiles({ varDir: join(folder, 'none') }).taxonomy).toBeUndefined();
  });
});
