import { expect, test } from 'vitest';
import type { RawRow } from '../../../pipelines/ports/source.ts';
import { CsvFault } from '../../../server/adapters/csv/columns.ts';
import { readCsv } from '../../../server/adapters/csv/read-csv.ts';

async function rowsOf(text: string, onIgnored?: (columns: readonly string[]) => void): Promise<RawRow[]> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  const rows: RawRow[] = [];
  for await (const row of readCsv(bytes, 'a.csv', onIgnored === undefined ? {} : { onIgnored })) rows.push(row);
  return rows;
}
const valuesOf = (rows: readonly RawRow[]): unknown[] => rows.map((row) => ('value' in row ? row.value : row.broken));

test('reads canonical columns into a canonical post', async () => {
  const rows = await rowsOf(
    'id,platform,kind,text,title,url,time,author_key,author_kind,like,comment,repost,view,province,poi,topics,source\r\n' +
      'a,weibo,post,"停水,了",题,https://x.example/,2026-11-20 21:03,u1,media,1,2,3,1.2万,河南,王城公园,#停水#;供水,采集\r\n',
  );
  expect(valuesOf(rows)).toEqual([
    {
      id: 'a',
      platform: 'weibo',
      kind: 'post',
      text: '停水,了',
      title: '题',
      url: 'https://x.example/',
      time: '2026-11-20 21:03',
      author: { key: 'u1', kind: 'media' },
      counts: { like: 1, comment: 2, repost: 3, view: '1.2万' },
      hints: { province: '河南', poi: '王城公园' },
      topics: ['停水', '供水'],
      source: '采集',
    },
  ]);
  expect(rows[0]?.row).toBe(2);
});

test('knows Chinese names, a mark, tabs, text over lines, and a header printed again; says which columns it passed over', async () => {
  const ignored: string[] = [];
  const rows = await rowsOf(
    '\uFEFF编号\t正文\t时间\t别的\n1\t"一\n二"\t2026-11-20\tx\n编号\t正文\t时间\t别的\n\n2\t三\t2026-11-20\n',
    (columns) => ignored.push(...columns),
  );
  expect(valuesOf(rows)).toEqual([
    { id: '1', text: '一\n二', time: '2026-11-20' },
    { id: '2', text: '三', time: '2026-11-20' },
  ]);
  expect(ignored).toEqual(['别的']);
});

test('a stray quote spoils its own row at most', async () => {
  const rows = await rowsOf('id,text,time\n1,"停"水,2026-11-20\n2,好,2026-11-20\n');
  expect(valuesOf(rows).at(-1)).toEqual({ id: '2', text: '好', time: '2026-11-20' });
});

test('a quote never closed is said, and what came before it is read', async () => {
  const rows = await rowsOf('id,text,time\n1,好,2026-11-20\n2,"停水,2026-11-20\n3,好,2026-11-20\n');
  expect(rows).toHaveLength(2);
  expect(valuesOf(rows)).toContainEqual({ id: '1', text: '好', time: '2026-11-20' });
  expect(rows.find((row) => 'broken' in row)?.row).toBeGreaterThan(2);
});

test('a file without the needed columns is one sentence that names them', async () => {
  await expect(rowsOf('id,words\n1,停水\n')).rejects.toThrow(CsvFault);
  await expect(rowsOf('id,words\n1,停水\n')).rejects.toThrow(/a\.csv.*缺少：text（也可写 正文.*time/);
});
