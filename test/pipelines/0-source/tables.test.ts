import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceFault } from '../../../pipelines/0-source/bytes.ts';
import { detectFormat } from '../../../pipelines/0-source/detect.ts';
import { readMapping } from '../../../pipelines/0-source/mapping.ts';
import { MAPPED_FIELDS } from '../../../pipelines/domain/mapped-field.ts';
import type { Mapping } from '../../../pipelines/0-source/mapping.ts';
import { loadMapping, loadMappings } from '../../../server/load-mappings.ts';
import { packageRoot } from '../../../server/package-root.ts';
import { previewRows } from '../../../server/preview-rows.ts';
import { NOW, csvOf, readFile, write } from '../../seeds/source-files.ts';
import { workbook } from '../../seeds/workbook.ts';

let dir: string;
let mappings: readonly Mapping[];
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-tables-'));
  mappings = await loadMappings(dir);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('tables by the names of their columns', () => {
  const columns = [
    ...['id', 'platform', 'kind', 'text', 'title', 'url', 'time', 'author_key', 'author_kind'],
    ...['like', 'comment', 'repost', 'view', 'province', 'poi', 'topics', 'source'],
  ];
  const cells = [
    ...['a', 'weibo', 'post', '停水,了', '题', 'https://x.example/', '2026-11-20 21:03', 'u1', 'media'],
    ...['1', '2', '3', '1.2万', '河南', '王城公园', '#停水#;供水', '采集'],
  ];

  test('every canonical field has its column', async () => {
    const { detected, posts } = await readFile(write(dir, 'all.csv', csvOf(columns, cells)));
    expect(detected?.format).toBe('csv');
    expect(posts[0]).toMatchObject({
      ...{ nativeId: 'a', platform: 'weibo', text: '停水,了', title: '题', author: { key: 'u1', kind: 'media' } },
      ...{ counts: { like: 1, comment: 2, repost: 3, view: 12_000 }, hints: { province: '河南', poi: '王城公园' } },
      ...{ topics: ['停水', '供水'], source: '采集' },
    });
  });

  test('Chinese names are known, and columns that mean nothing are named', async () => {
    const { posts, ignored } = await readFile(
      write(dir, 'zh.csv', csvOf(['编号', '正文', '时间', '别的'], ['1', '一', '2026-11-20', 'x'])),
    );
    expect(posts[0]).toMatchObject({ nativeId: '1', text: '一' });
    expect(ignored).toEqual(['别的']);
  });

  test('a table that lacks what is needed is one sentence that says what it may be called', async () => {
    const path = write(dir, 'lacks.csv', csvOf(['id', 'words'], ['1', '停水']));
    await expect(readFile(path)).rejects.toThrow(SourceFault);
    await expect(readFile(path)).rejects.toThrow(/lacks\.csv.*缺少：text（也可写 正文.*time.*--mapping/);
  });

  test('an id that a spreadsheet has written as 4.9E+18 is refused with the remedy', async () => {
    const path = write(dir, 'excel.csv', csvOf(['id', 'text', 'time'], ['4.91235E+18', '停水', '2026-11-20']));
    expect((await readFile(path)).rows[0]?.because).toContain('设为文本');
  });
});

describe('workbooks', () => {
  test('words shared and inline, numbers and dates; a title above the header; the empty rows and other sheets are passed over', async () => {
    const path = write(
      dir,
      'book.xlsx',
      workbook({
        说明: [['只有一格']],
        数据: [
          ['二〇二六年十一月路灯台账'],
          [],
          ['编号', '正文', '时间', '点赞'],
          ['1', { inline: '路灯 <坏> 了' }, { date: 46346.877083333 }, 3],
          [],
          [2, '积水', '2026-11-20 21:03', ''],
        ],
      }),
    );
    const { posts, rows, ignored } = await readFile(path);
    expect(posts.map(({ nativeId, text, counts }) => [nativeId, text, counts?.like])).toEqual([
      ['1', '路灯 <坏> 了', 3],
      ['2', '积水', undefined],
    ]);
    expect(rows.map(({ row }) => row)).toEqual([4, 6]);
    expect(new Date(posts[0]?.time ?? 0).toISOString()).toBe('2026-11-20T13:03:00.000Z');
    expect(ignored).toEqual(['说明']);
  });

  test('a zip file that is no workbook, and one that was cut, are one sentence', async () => {
    const whole = workbook({ 数据: [['编号', '正文', '时间']] });
    await expect(readFile(write(dir, 'cut.xlsx', whole.subarray(0, -30)))).rejects.toThrow(
      /cut\.xlsx.*不是完整的 xlsx/,
    );
  });
});

describe('mappings', () => {
  test.each(readdirSync(join(packageRoot(), 'sources')).filter((name) => /^(?!mapping).*\.json$/.test(name)))(
    '%s can be read',
    async (name) => {
      expect((await loadMapping(join(packageRoot(), 'sources', name))).match.length).toBeGreaterThan(1);
    },
  );

  test('the schema knows the fields that the reader knows', () => {
    const schema = JSON.parse(readFileSync(join(packageRoot(), 'sources/mapping.schema.json'), 'utf8')) as {
      properties: { columns: { properties: object } };
    };
    expect(Object.keys(schema.properties.columns.properties).sort()).toEqual([...MAPPED_FIELDS].sort());
  });

  test('12345 work orders are recognised by their columns; the caller is not read', async () => {
    const header = [
      '工单编号',
      '诉求标题',
      '诉求内容',
      '来电时间',
      '来电人',
      '联系电话',
      '事发区域',
      '诉求类型',
      '承办单位',
    ];
    const order = [
      'GD001',
      '停水',
      '东关街停水三天',
      { date: 46346.5 },
      '王某',
      '13800000000',
      '东关街道',
      '投诉',
      '水务局',
    ];
    const { detected, posts } = await readFile(write(dir, 'orders.xlsx', workbook({ 工单: [header, order] })), {
      mappings,
    });
    expect(detected).toMatchObject({ format: 'mapping', because: expect.stringContaining('12345 工单导出') as string });
    expect(posts[0]).toMatchObject({ nativeId: 'GD001', platform: '12345', text: '东关街停水三天', topics: ['投诉'] });
    expect(JSON.stringify(posts)).not.toMatch(/王某|13800000000/);
  });

  test('the message board is recognised by its columns', async () => {
    const header = ['留言ID', '留言标题', '留言内容', '留言时间', '留言地区', '留言领域'];
    const { posts } = await readFile(
      write(dir, 'board.csv', csvOf(header, ['7', '路灯', '路灯坏了', '2026-11-20 08:00', '东关区', '城建'])),
      { mappings },
    );
    expect(posts[0]).toMatchObject({ platform: '领导留言板', nativeId: '7', title: '路灯', hints: { poi: '东关区' } });
  });

  test('a mapping of several text columns and no id makes an id of time and text, the same each time', async () => {
    const mapping = readMapping({
      ...{ name: '台账', platform: '台账' },
      columns: { text: ['事项', '经过'], time: '日期', author: '上报人' },
    });
    if ('because' in mapping) throw new Error(mapping.because);
    const path = write(
      dir,
      'ledger.csv',
      csvOf(['日期', '事项', '经过', '上报人'], ['2026-11-20', '停水', '东关', '甲'], ['2026-11-20', '积水', '', '甲']),
    );
    const options = { mappings: [mapping], format: 'mapping' as const };
    const [first, again] = [await readFile(path, options), await readFile(path, options)];
    expect(first.posts.map(({ text }) => text)).toEqual(['停水\n东关', '积水']);
    expect(first.posts.map(({ id }) => id)).toEqual(again.posts.map(({ id }) => id));
    expect(first.rows[0]?.repairs).toContain('id-made');
  });

  test.each([
    [[], 'JSON 对象'],
    [{ name: 'a', platform: 'b' }, 'columns'],
    [{ name: 'a', platform: 'b', columns: { text: 'x' } }, 'time'],
    [{ name: 'a', platform: 'b', columns: { text: 'x', time: 'y', phone: 'z' } }, 'phone'],
    [{ name: 'a', platform: 'b', columns: { text: 1, time: 'y' } }, 'columns.text'],
    [{ platform: 'b', columns: {} }, 'name'],
    [{ name: 'a', platform: 'b', kind: 'x', columns: {} }, 'kind'],
    [{ name: 'a', platform: 'b', colums: {} }, 'colums'],
  ])('%j is refused with the place', (value, place) => {
    const mapping = readMapping(value);
    expect('because' in mapping ? mapping.because : '').toContain(place);
  });

  test('the preview shows twenty rows as they would be read, with repairs and reasons, and nothing of the author', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => [
      String(at),
      at === 3 ? '' : `第${at}条`,
      '2026-11-20 21:03',
      'u-secret',
    ]);
    const path = write(dir, 'preview.csv', csvOf(['编号', '正文', '时间', '作者'], ...rows));
    const preview = await previewRows(path, { now: NOW, mappings });
    expect(preview.rows).toHaveLength(20);
    expect(preview.rows[0]).toMatchObject({
      row: 2,
      post: { text: '第0条' },
      repairs: [{ field: 'time', kind: 'zone-assumed' }],
    });
    expect(preview.rows[3]?.because).toContain('缺少 text');
    expect(JSON.stringify(preview.rows.slice(0, 3))).not.toContain('u-secret');
  });
});

describe('what a file is', () => {
  test.each([
    ['a.jsonl', '{"id":"1","text":"停水","time":"2026-11-20"}', 'canonical', 'lines'],
    ['a.json', '[{"id":"1","text":"停水","time":"2026-11-20"}]', 'canonical', 'document'],
    ['a.json', '{\n "id": "1",\n "text": "停水",\n "time": "2026-11-20"\n}', 'canonical', 'document'],
    ['a', 'id,text,time\n1,停水,2026-11-20', 'csv', 'csv'],
    ['a', '', 'canonical', 'lines'],
    ['a.txt', '{"a":1}\n{"a":2}', 'canonical', 'lines'],
    [
      'a.json',
      '{"weibo":[{"id":1,"bid":"N","text":"x","created_at":"","attitudes_count":1,"full_created_at":""}]}',
      'weibo-crawler',
      'document',
    ],
    ['a', '<?xml version="1.0"?><rss/>', 'rss', 'feed'],
    ['a', '{"version":"https://jsonfeed.org/version/1","items":[]}', 'rss', 'feed'],
  ])('%s %s', (name, text, format, container) => {
    expect(detectFormat(name, Buffer.from(text))).toMatchObject({ format, container });
  });

  test('what is not recognised says so by its confidence', () => {
    expect(detectFormat('a.csv', Buffer.from('一,二\n1,2\n')).confidence).toBe(0);
    expect(detectFormat('a.jsonl', Buffer.from('{"x":1}')).confidence).toBeLessThan(0.2);
  });
});
