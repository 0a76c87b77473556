import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountInput } from '../../server/contract/matrix.ts';
import { workbook } from '../seeds/workbook.ts';
import { aMatrixOffice, aViewer } from '../seeds/matrix-office.ts';

let held: ReturnType<typeof aMatrixOffice>;
beforeEach(() => (held = aMatrixOffice()));
afterEach(() => held.close());

const editor = aViewer(['editor']);
const county = aViewer(['editor'], '410311');
const input = (given: Partial<AccountInput> = {}): AccountInput => ({
  ...{
    name: '洛龙环保',
    unit: '洛龙分局',
    tier: 'county',
    region: '洛龙区',
    duties: ['环保'],
    public: true,
    parent: 'ly',
  },
  ...given,
});
const last = (): number => held.services.page(editor).last;
const file = (text: string) => ({
  bytes: Buffer.from(text),
  name: '账号.csv',
  why: '换届',
  retireAbsent: false,
  preview: false,
});
const ids = (viewer = editor): string[] => held.services.page(viewer).accounts.map(({ id }) => id);

describe('a change', () => {
  test('is kept with who, when and why, and answers who answers at once', () => {
    const asked = { region: '410311', kind: '投诉', duty: ['环保'], spread: 'county' } as const;
    expect(held.services.try(editor, { ...asked, duty: [...asked.duty] })).toMatchObject({ first: 'ly' });
    const done = held.services.change(editor, {
      seen: last(),
      why: '新设分局账号',
      put: [input({ hours: '工作日 9:00-18:00' })],
    });
    expect(done).toMatchObject({
      kept: [{ by: '王编辑', why: '新设分局账号', what: 'added', name: '洛龙环保', at: '2026-11-20T04:00:00.000Z' }],
    });
    expect(held.services.try(editor, { ...asked, duty: [...asked.duty] })).toMatchObject({ firstName: '洛龙环保' });
  });

  test('tells what it changes of the account, field by field, in words', () => {
    held.services.change(editor, {
      seen: last(),
      why: '改名',
      put: [
        input({
          id: 'luolong',
          name: '平安洛龙',
          unit: 'luolong',
          duties: ['公安'],
          parent: 'ly-police',
          contact: '0379-120',
        }),
      ],
    });
    expect(held.services.history(editor, 'luolong')[0]).toMatchObject({
      what: 'changed',
      fields: [{ name: '名称', was: '洛龙公安', now: '平安洛龙' }],
    });
    expect(held.services.history(aViewer(['viewer']), 'luolong')).toHaveLength(2);
  });

  test('of an account that somebody changed meanwhile keeps nothing, and shows theirs', () => {
    const seen = last();
    const mine = input({ id: 'luolong', name: '甲', duties: ['公安'] });
    held.services.change(editor, { seen, why: '先到', put: [mine] });
    expect(held.services.change(editor, { seen, why: '后到', put: [{ ...mine, name: '乙' }] })).toMatchObject({
      meanwhile: [{ why: '先到', name: '甲' }],
    });
    expect(held.services.change(editor, { seen, why: '别的账号', put: [input()] })).toMatchObject({
      kept: [{ what: 'added' }],
    });
  });

  test('that would break the matrix is refused with what to do', () => {
    const loop = input({
      id: 'ly',
      name: '洛阳发布',
      tier: 'city',
      region: '410300',
      duties: ['综合'],
      parent: 'ly-police',
    });
    expect(held.services.change(editor, { seen: last(), why: '试试', put: [loop] })).toMatchObject({
      refused: expect.stringMatching(/绕回了自己.*请断开其中一处上级/) as string,
    });
    expect(
      held.services.change(editor, { seen: last(), why: '试试', put: [input({ hours: '白天', duties: ['警察'] })] }),
    ).toMatchObject({
      refused: expect.stringMatching(/职责：不认识“警察”.*值班时间：“白天”读不出/) as string,
    });
    expect(held.services.change(editor, { seen: last(), put: [input()] })).toMatchObject({ refused: '请写明为什么改' });
  });

  test('is previewed with the holes it would make and mend, and keeps nothing', () => {
    const before = last();
    expect(held.services.change(editor, { seen: before, preview: true, retire: ['ly-110'] })).toMatchObject({
      kept: [],
      come: [{ severity: 'hole', says: '没有指挥中心（紧急）', mend: expect.stringContaining('紧急') as string }],
    });
    expect(last()).toBe(before);
  });

  test('that retires an account hands its children to the next above it', () => {
    held.services.change(editor, { seen: last(), why: '撤并', retire: ['luolong'] });
    expect(held.services.page(editor).accounts.find(({ id }) => id === 'kaiyuan')).toMatchObject({
      parent: 'ly-police',
    });
    expect(held.services.history(editor, 'luolong')[0]).toMatchObject({ what: 'retired', why: '撤并' });
  });

  test('is taken back whole, by a further change, unless something followed', () => {
    const done = held.services.change(editor, { seen: last(), why: '撤并', retire: ['luolong'] });
    if (!('kept' in done)) throw new Error('not kept');
    const batch = done.kept[0]!.batch;
    expect(held.services.undo(editor, batch)).toMatchObject({
      kept: [{ why: '撤回王编辑的改动（撤并）' }, { account: 'kaiyuan' }],
    });
    expect(held.services.page(editor).accounts.find(({ id }) => id === 'kaiyuan')).toMatchObject({ parent: 'luolong' });
    expect(held.services.undo(editor, batch)).toMatchObject({ meanwhile: [{}, {}] });
    expect(held.services.undo(editor, 1)).toMatchObject({ refused: expect.stringMatching(/最初的矩阵/) as string });
  });
});

describe('an editor of a county', () => {
  test('sees their county and those above it, and nothing of a neighbour', () => {
    expect(ids(county)).toEqual(['kaiyuan', 'luolong', 'ly', 'ly-110', 'ly-police']);
    expect(
      held.services
        .page(county)
        .accounts.filter(({ mine }) => mine)
        .map(({ id }) => id),
    ).toEqual(['kaiyuan', 'luolong']);
    expect(held.services.history(county, 'xigong')).toEqual([]);
    expect(held.services.export(county, 'csv')).not.toContain('西工');
    expect(JSON.stringify(held.services.page(county))).not.toContain('西工');
  });

  test('changes only what lies inside, before and after the change', () => {
    const seen = last();
    for (const put of [
      input({ region: '410303' }),
      input({ id: 'xigong', name: '西工公安', duties: ['公安'] }),
      input({ region: '410300', tier: 'city' }),
    ])
      expect(held.services.change(county, { seen, why: '越界', put: [put] })).toMatchObject({
        refused: expect.stringMatching(/不在您管的地方/) as string,
      });
    expect(held.services.change(county, { seen, why: '越界', retire: ['ly'] })).toMatchObject({
      refused: expect.stringMatching(/不在/) as string,
    });
    expect(held.services.change(county, { seen, why: '本地', put: [input()] })).toMatchObject({
      kept: [{ what: 'added' }],
    });
  });

  test('imports only rows of their county, and replaces nothing whole', async () => {
    const rows = '名称,属地,职责,公开账号\n洛龙城管,410311,城管,是\n西工城管,410303,城管,是\n';
    expect(await held.services.import(county, file(rows))).toMatchObject({
      taken: false,
      rejected: [{ row: 3, column: '属地', because: '西工城管不在您管的地方之内' }],
    });
    expect(await held.services.startFrom(county, { example: 'police' })).toMatchObject({
      refused: expect.stringMatching(/换掉整个矩阵/) as string,
    });
  });

  test('asks who answers only within their county', () => {
    const asked = { kind: '投诉', duty: [], spread: 'county' } as const;
    expect(held.services.try(county, { ...asked, duty: [], region: '410303' })).toMatchObject({
      refused: expect.stringMatching(/看得到的范围/) as string,
    });
    expect(held.services.try(county, { ...asked, duty: [], region: '洛龙区' })).toMatchObject({ first: 'ly' });
  });
});

test('a phone number is shown to those who hand cases over, and not to a wall', () => {
  const shown = (roles: Parameters<typeof aViewer>[0]) =>
    held.services.page(aViewer(roles)).accounts.find(({ id }) => id === 'luolong')?.contact;
  expect(shown(['responder'])).toBe('0379-120');
  expect(shown(['viewer'])).toBeUndefined();
  expect(held.services.export(aViewer(['viewer']), 'csv')).not.toContain('0379');
});

describe('an import', () => {
  test('reads Chinese and English headings, names of places, and previews before it takes', async () => {
    const csv =
      'name,属地（区划代码）,主管,公开账号,上级,值班时间,备注\n洛龙城管,洛龙区,城管、环保,是,洛阳发布,24小时,随便\n洛龙公安,410311,公安,是,洛阳公安,,\n';
    const preview = await held.services.import(editor, { ...file(csv), preview: true });
    expect(preview).toMatchObject({
      taken: false,
      rows: 2,
      added: [{ name: '洛龙城管', regionName: '河南省洛阳市洛龙区' }],
      changed: [{ id: 'luolong', fields: ['单位', '联系方式'] }],
      ignored: ['备注'],
      rejected: [],
    });
    expect(ids()).toHaveLength(6);
    expect(await held.services.import(editor, file(csv))).toMatchObject({ taken: true });
    expect(held.services.page(editor).accounts.find(({ name }) => name === '洛龙城管')).toMatchObject({
      parent: 'ly',
      hours: '24小时',
      duties: ['城管', '环保'],
    });
    expect(await held.services.import(editor, file(csv))).toMatchObject({ taken: true, same: 2, added: [] });
  });

  test('takes nothing where a row is rejected, and says each line, column and remedy', async () => {
    const csv = [
      '名称,属地,职责,公开账号,上级',
      '好的,410311,公安,是,',
      '没有职责,410311,警察,是,',
      '城关,城关镇,综合,是,',
      '科学,4.10311E+11,综合,是,',
      '空白,410311,综合,也许,',
      '好的,410311,公安,是,',
      '没有上级,410311,公安,是,某某局',
      '倒挂,410300,公安,是,kaiyuan',
    ].join('\n');
    const answer = await held.services.import(editor, file(csv));
    if (!('rejected' in answer)) throw new Error('not rejected');
    expect(answer.taken).toBe(false);
    expect(answer.rejected.map(({ row, column, because }) => `${row} ${column} ${because}`)).toEqual([
      expect.stringMatching(/^3 职责 不认识“警察”/),
      expect.stringMatching(/^4 属地 “城关镇”有\d+处：/),
      expect.stringMatching(/^5 属地 .*科学计数法.*设为文本/),
      expect.stringMatching(/^6 公开账号 “也许”应是“是”或“否”/),
      expect.stringMatching(/^7 编号 与第2行是同一个账号/),
      expect.stringMatching(/^8 上级 找不到上级“某某局”/),
      expect.stringMatching(/^9 上级 .*还低/),
    ]);
    expect(ids()).toHaveLength(6);
  });

  test('a workbook and a file in GB18030 are read like CSV', async () => {
    const rows = [
      ['名称', '属地', '职责', '公开账号'],
      ['洛龙城管', '410311', '城管', '是'],
    ];
    const book = { ...file(''), bytes: workbook({ 账号: rows }) };
    expect(await held.services.import(editor, { ...book, preview: true })).toMatchObject({
      rows: 1,
      added: [{ name: '洛龙城管' }],
    });
    // 名称,属地,职责,公开账号 and one row in GBK, as spreadsheets in Chinese write it.
    const gbk = Buffer.from(
      'c3fbb3c62ccaf4b5d82cd6b0d4f02cb9abbfaad5cbbac50abac3b5c42c3431303331312cb3c7b9dc2ccac70a',
      'hex',
    );
    expect(await held.services.import(editor, { ...file(''), bytes: gbk, preview: true })).toMatchObject({
      rows: 1,
      added: [{ name: '好的' }],
    });
  });

  test.each([
    ['nothing at all', '', /是空的/],
    ['no headings it needs', 'a,b\n1,2\n', /缺少这些列：名称、属地、职责、公开账号；表头有：a、b/],
    ['JSON that is cut', '[{"id":', /不是合法的 JSON/],
    ['JSON of something else', '{"rows":[]}', /应是账号数组/],
  ])('a file with %s is refused as a whole, in words', async (_, text, says) => {
    expect(await held.services.import(editor, file(text))).toMatchObject({
      taken: false,
      rejected: [{ row: 0, because: expect.stringMatching(says) as string }],
    });
  });

  test('retires what the file lacks only where that is asked for', async () => {
    const csv = held.services.export(editor, 'csv').replace(/^.*西工公安.*\r\n/m, '');
    expect(await held.services.import(editor, { ...file(csv), preview: true })).toMatchObject({
      same: 5,
      absent: [{ id: 'xigong' }],
    });
    await held.services.import(editor, { ...file(csv), retireAbsent: true });
    expect(ids()).not.toContain('xigong');
  });
});

test('what is exported is imported back unchanged, also names that look like formulas', async () => {
  held.services.change(editor, {
    seen: last(),
    why: '怪名',
    put: [
      input({
        name: '=1+1',
        unit: '@office',
        hours: '24小时',
        channels: '微博 @洛龙 https://weibo.com/a；抖音 洛龙',
        contact: '-0379',
        place: '"引号",逗号',
      }),
    ],
  });
  const csv = held.services.export(editor, 'csv');
  expect(csv).toContain("'=1+1");
  expect(csv).not.toMatch(/(?:^|,)[=@]/m);
  for (const text of [csv, held.services.export(editor, 'json')])
    expect(await held.services.import(editor, { ...file(text), preview: true })).toMatchObject({
      rows: 7,
      same: 7,
      rejected: [],
      added: [],
      changed: [],
    });
});

test('a whole matrix is begun from an example, dated, and taken back', async () => {
  expect(await held.services.startFrom(editor, { example: 'police', preview: true })).toMatchObject({
    taken: false,
    absent: { length: 6 },
  });
  const done = await held.services.startFrom(editor, { example: 'police' });
  if (!('taken' in done) || done.batch === null) throw new Error('not taken');
  expect(ids()).toContain('cd-police');
  expect(ids()).not.toContain('ly');
  held.services.undo(editor, done.batch);
  expect(ids()).toEqual(['kaiyuan', 'luolong', 'ly', 'ly-110', 'ly-police', 'xigong']);
});

test('the matrix of an earlier time can be read', () => {
  const before = Date.parse('2026-11-20T12:00:00+08:00');
  held.later(3_600_000);
  held.services.change(editor, { seen: last(), why: '撤', retire: ['xigong'] });
  expect(held.services.page(editor, before).accounts.map(({ id }) => id)).toContain('xigong');
  expect(ids()).not.toContain('xigong');
});
