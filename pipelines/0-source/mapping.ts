import { MAPPED_FIELDS, type MappedField } from '../domain/mapped-field.ts';
import { POST_KINDS } from '../domain/post.ts';
import type { PostKind } from '../domain/post.ts';
import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { Fields, FormatReader, RowReader } from './format.ts';
import { candidate, given, present, stamp, topicsOf, words } from './values.ts';

/** What a person drew once for one kind of table; kept as JSON, see sources/mapping.schema.json. */
export interface Mapping {
  /** For people: 12345 工单导出. */
  readonly name: string;
  readonly platform: string;
  readonly kind: PostKind;
  /** Columns that must all be there for a table to be taken for this one. */
  readonly match: readonly string[];
  /** The columns of each field in order; of text, all that say something, one a line; of the others, the first that does. */
  readonly columns: Readonly<Partial<Record<MappedField, readonly string[]>>>;
}

const MEMBERS = ['$schema', 'name', 'platform', 'kind', 'match', 'columns'];

/** A mapping file's value, checked. `because` names the place and the remedy. */
export function readMapping(value: unknown): Mapping | { readonly because: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { because: '映射应为一个 JSON 对象' };
  const from = value as Fields;
  const strange = Object.keys(from).find((key) => !MEMBERS.includes(key));
  if (strange !== undefined)
    return { because: `映射里有不认识的 ${strange.slice(0, 40)}，可用：${MEMBERS.slice(1).join('、')}` };
  const [name, platform] = [words(from['name']), words(from['platform'])];
  if (name === undefined || name.length > 100) return { because: '映射缺少 name：给人看的名称，不超过 100 字' };
  if (platform === undefined || platform.length > 50) return { because: '映射缺少 platform：平台名，不超过 50 字' };
  const kind = POST_KINDS.find((known) => known === (from['kind'] ?? 'post'));
  if (kind === undefined) return { because: `映射的 kind 只能是 ${POST_KINDS.join('、')} 之一` };
  const drawn = from['columns'];
  if (typeof drawn !== 'object' || drawn === null || Array.isArray(drawn)) {
    return { because: '映射缺少 columns：字段到列名，例如 {"text": "诉求内容", "time": "来电时间"}' };
  }
  const columns: Partial<Record<MappedField, readonly string[]>> = {};
  for (const [field, names] of Object.entries(drawn as Fields)) {
    const known = MAPPED_FIELDS.find((one) => one === field);
    if (known === undefined)
      return { because: `columns 里有不认识的字段 ${field.slice(0, 40)}，可用：${MAPPED_FIELDS.join('、')}` };
    const list = listOf(names);
    if (list === undefined) return { because: `columns.${field} 应为列名，或列名的数组` };
    columns[known] = list;
  }
  const missing = (['text', 'time'] as const).find((field) => columns[field] === undefined);
  if (missing !== undefined) return { because: `columns 缺少 ${missing}：正文与时间必须有` };
  const match = listOf(from['match'] ?? [...(columns.text ?? []), ...(columns.time ?? [])]);
  if (match === undefined) return { because: 'match 应为列名的数组：有这些列的表格才按这份映射读' };
  return { name, platform, kind, match, columns };
}

function listOf(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  const names = list.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));
  return names.length === list.length && names.length > 0 ? names : undefined;
}

/** Reads tables by a mapping. `given` true: a person said so, and it is not asked whether the columns match. */
export function mappedReader(mappings: readonly Mapping[], stated = false): FormatReader {
  const mappingOf = (columns: readonly string[]): Mapping | undefined => {
    const names = new Set(columns.map((column) => column.trim()));
    const fits = ({ match, columns: drawn }: Mapping): boolean =>
      stated
        ? [...(drawn.text ?? []), ...(drawn.time ?? [])].every((name) => names.has(name))
        : match.every((name) => names.has(name));
    return mappings
      .filter(fits)
      .reduce<Mapping | undefined>(
        (best, one) => (best === undefined || one.match.length > best.match.length ? one : best),
        undefined,
      );
  };
  return {
    format: 'mapping',
    recognise({ tables }) {
      const found = tables.map(({ columns }) => mappingOf(columns)).find((mapping) => mapping !== undefined);
      if (found === undefined) return undefined;
      return { confidence: stated ? 1 : 0.9, because: `列名与映射“${found.name}”相符（${found.match.join('、')}）` };
    },
    readerOf({ table }): RowReader | undefined {
      const mapping = mappingOf(table.columns);
      if (mapping === undefined) return undefined;
      // Exports pad their headers; a mapping names them without.
      const real = new Map(table.columns.map((column) => [column.trim(), column]));
      return (fields) => [postOf(fields, mapping, real)];
    },
  };
}

function postOf(fields: Fields, { platform, kind, columns }: Mapping, real: ReadonlyMap<string, string>) {
  const repairs: Repair[] = [];
  const all = (field: MappedField): readonly unknown[] =>
    (columns[field] ?? []).flatMap((name) => {
      const cell = given(fields[real.get(name) ?? name]);
      return cell === undefined ? [] : [typeof cell === 'string' ? cell.trim() : cell];
    });
  const first = (field: MappedField): unknown => all(field)[0];
  const text = all('text').map(words).join('\n') || undefined;
  const time = first('time');
  let id = first('id');
  if (id === undefined && text !== undefined && time !== undefined) {
    id = stamp(`${words(time) ?? ''}|${text}`);
    repairs.push(repairOf('id', 'id-made', '', id));
  }
  const author = words(first('author'));
  return candidate(
    {
      id,
      platform,
      kind,
      text,
      title: words(first('title')),
      time,
      seenAt: first('seenAt'),
      url: words(first('url')),
      parent: first('parent'),
      root: first('root'),
      author: author === undefined ? undefined : { key: author },
      counts: present({
        like: first('like'),
        comment: first('comment'),
        repost: first('repost'),
        view: first('view'),
      }),
      hints: present({ province: words(first('province')), poi: words(first('poi')) }),
      topics: topicsOf(first('topics')),
    },
    repairs,
  );
}
