import Type, { type Static } from 'typebox';
import { MAPPED_FIELDS } from '../../pipelines/domain/mapped-field.ts';
import { POST_KINDS } from '../../pipelines/domain/post.ts';
import { oneOf, orNull, strict } from './shapes.ts';

/** Files brought on the page 数据源: looked at, drawn onto fields where they are tables, then taken in. */

/** The most a file brought on the page may have; larger ones come by `wenbida import`. */
export const LARGEST_FILE = 100 * 1024 * 1024;

const Columns = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 20 });
/** Columns drawn onto fields, as sources/mapping.schema.json; checked in full by the reader of mappings. */
export const MappingBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    platform: Type.String({ minLength: 1, maxLength: 50 }),
    kind: oneOf(POST_KINDS),
    match: Type.Optional(Columns),
    columns: Type.Object(Object.fromEntries(MAPPED_FIELDS.map((field) => [field, Type.Optional(Columns)])), strict),
  },
  strict,
);
export type MappingBody = Static<typeof MappingBody>;

const FileId = Type.String({ pattern: '^[0-9a-f]{24}$' });

export const PreviewedRow = Type.Object(
  {
    row: Type.Integer(),
    /** The post as it would be taken, with all masked that leads to a person; null where it would be refused. */
    post: orNull(
      Type.Object(
        {
          platform: Type.String(),
          kind: oneOf(POST_KINDS),
          title: orNull(Type.String()),
          text: Type.String(),
          time: Type.String({ format: 'date-time' }),
        },
        strict,
      ),
    ),
    /** What would be put right, as sentences. */
    repaired: Type.Array(Type.String()),
    /** Why it would be refused, and the row, masked. */
    because: orNull(Type.String()),
    shown: orNull(Type.String()),
  },
  strict,
);

/** POST files, POST files/preview */
export const FilePreview = Type.Object(
  {
    id: FileId,
    name: Type.String(),
    bytes: Type.Integer(),
    /** What it is taken for; null where it can't be read at all, then `because` says why. */
    detected: orNull(
      Type.Object(
        { format: Type.String(), called: Type.String(), confidence: Type.Number(), because: Type.String() },
        strict,
      ),
    ),
    because: orNull(Type.String()),
    /** Of a table: its columns in order, each with a few of its cells, masked. Empty where it is none. */
    columns: Type.Array(Type.Object({ name: Type.String(), cells: Type.Array(Type.String()) }, strict)),
    /** Columns or tables that would be passed over. */
    ignored: Type.Array(Type.String()),
    /** The first 20 rows. */
    rows: Type.Array(PreviewedRow),
  },
  strict,
);
export type FilePreview = Static<typeof FilePreview>;

export const FileAsk = Type.Object({ id: FileId, mapping: Type.Optional(MappingBody) }, strict);
export type FileAsk = Static<typeof FileAsk>;

/** POST files/import: `save` keeps the mapping for every such table to come. */
export const ImportAsk = Type.Object(
  {
    id: FileId,
    source: Type.String({ minLength: 1, maxLength: 64 }),
    mapping: Type.Optional(MappingBody),
    save: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type ImportAsk = Static<typeof ImportAsk>;

/** GET files/:id */
export const FileState = Type.Object(
  {
    id: FileId,
    name: Type.String(),
    state: oneOf(['waiting', 'importing', 'done', 'failed'] as const),
    accepted: Type.Integer(),
    duplicate: Type.Integer(),
    rejected: Type.Integer(),
    /** Why it ended before its end. */
    because: orNull(Type.String()),
  },
  strict,
);
export type FileState = Static<typeof FileState>;
export const FileOf = Type.Object({ id: FileId }, strict);
