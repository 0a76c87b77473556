import { SourceFault } from '../pipelines/0-source/bytes.ts';
import { fileRows } from '../pipelines/0-source/file.ts';
import { FORMAT_NAMES } from '../pipelines/0-source/format.ts';
import { readMapping, type Mapping } from '../pipelines/0-source/mapping.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import { showRow } from '../pipelines/1-intake/show-row.ts';
import type { Intake } from '../pipelines/1-intake/take-in.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import { InboxFull } from '../pipelines/ports/inbox.ts';
import type { RawRow } from '../pipelines/ports/source.ts';
import type { FilePreview, FileState } from './contract/files.ts';
import { fileTools } from './file-tools.ts';
import type { MappingBook } from './mapping-book.ts';
import { previewRows, type PreviewRow } from './preview-rows.ts';
import type { FileDesk } from './services/door.ts';
import { tableColumns } from './table-columns.ts';
import { UploadRefused, type Upload, type Uploads } from './uploads.ts';

export interface FileDeskParts {
  readonly uploads: Uploads;
  readonly mappings: MappingBook;
  readonly accept: Intake['accept'];
  readonly clock: Clock;
  /** Rows were taken in. */
  readonly wake: () => void;
  readonly log: { warn(message: string): void };
}

const BATCH = 500;
const STATES_KEPT = 50;
const MOST_SHOWN = 2_000;
/** Columns whose cells say who somebody is: they are named, not shown. */
const SAYS_WHO =
  /user|author|uid|creator|nick|name|phone|tel|mobile|作者|昵称|用户|姓名|来电人|联系人|电话|手机|证件|身份证/i;

export function fileDesk(parts: FileDeskParts): FileDesk {
  const { uploads, mappings, clock } = parts;
  const states = new Map<string, FileState>();
  const keep = (state: FileState): FileState => {
    states.delete(state.id);
    states.set(state.id, state);
    for (const oldest of states.keys()) {
      if (states.size <= STATES_KEPT) break;
      states.delete(oldest);
    }
    return state;
  };
  const readingBy = (mapping: Mapping | undefined) =>
    mapping === undefined ? { mappings: mappings.list() } : { mappings: [mapping], format: 'mapping' as const };

  return {
    async bring(name, stream) {
      const upload = await uploads.take(name, stream).catch((error: unknown) => {
        if (error instanceof UploadRefused) return error.message;
        throw error;
      });
      if (typeof upload === 'string') return upload;
      const { id } = upload;
      keep({ id, name: upload.name, state: 'waiting', accepted: 0, duplicate: 0, rejected: 0, because: null });
      return looked(upload, undefined);
    },
    async preview({ id, mapping: given }) {
      const upload = uploads.get(id);
      if (upload === undefined) return undefined;
      const mapping = given === undefined ? undefined : readMapping(given);
      return mapping !== undefined && 'because' in mapping ? mapping.because : looked(upload, mapping);
    },
    async import({ id, source, mapping: given, save }) {
      const upload = uploads.get(id);
      const was = states.get(id);
      if (upload === undefined || was === undefined) return undefined;
      if (was.state === 'importing') return was;
      const mapping = given === undefined ? undefined : readMapping(given);
      if (mapping !== undefined && 'because' in mapping) return mapping.because;
      if (mapping !== undefined && save === true) await mappings.save(mapping);
      const begun = keep({ ...was, state: 'importing' });
      void takeIn(upload, source, mapping);
      return begun;
    },
    state: (id) => states.get(id),
    async drop(id) {
      if (states.get(id)?.state === 'importing') return false;
      states.delete(id);
      return uploads.drop(id);
    },
  };

  async function looked(upload: Upload, mapping: Mapping | undefined): Promise<FilePreview> {
    const { id, name, bytes, path } = upload;
    const about = { id, name, bytes, because: null };
    try {
      const columns = await tableColumns(path);
      const shown = columns.map(({ name: column, cells }) => ({
        name: column,
        cells: SAYS_WHO.test(column) ? [] : cells.map(showRow),
      }));
      const read = await previewRows(path, { ...readingBy(mapping), now: clock.now() }).catch((error: unknown) => {
        // A table whose columns mean nothing yet is what a mapping is drawn for.
        if (error instanceof SourceFault && columns.length > 0) return { because: withoutPath(error, upload) };
        throw error;
      });
      if ('because' in read)
        return { ...about, detected: null, because: read.because, columns: shown, ignored: [], rows: [] };
      const { detected } = read;
      return {
        ...about,
        detected:
          detected === undefined
            ? null
            : {
                format: detected.format,
                called: FORMAT_NAMES[detected.format],
                confidence: detected.confidence,
                because: detected.because,
              },
        columns: shown,
        ignored: [...read.ignored],
        rows: read.rows.map(shownRow),
      };
    } catch (error) {
      const because = error instanceof Error ? withoutPath(error, upload) : String(error);
      return { ...about, detected: null, because, columns: [], ignored: [], rows: [] };
    }
  }

  async function takeIn(upload: Upload, source: string, mapping: Mapping | undefined): Promise<void> {
    const { id, path } = upload;
    const count = (batch: readonly { readonly outcome: 'accepted' | 'duplicate' | 'rejected' }[]): void => {
      const state = states.get(id);
      if (state === undefined) return;
      const next = { ...state };
      for (const { outcome } of batch) next[outcome]++;
      keep(next);
    };
    let rows: RawRow[] = [];
    const flush = async (): Promise<void> => {
      const batch = rows;
      rows = [];
      if (batch.length === 0) return;
      count(await parts.accept(batch, source, undefined, 'file'));
      parts.wake();
    };
    let because: string | null = null;
    // Nobody waits for this, so whatever happens is kept where it is asked for.
    const fault = (error: unknown): void => {
      const isKnown = error instanceof SourceFault || error instanceof InboxFull;
      because = isKnown ? withoutPath(error, upload) : '程序出错，没有读完；请看服务的日志';
      if (!isKnown)
        parts.log.warn(`导入 ${upload.name} 时出错：${error instanceof Error ? error.message : String(error)}`);
    };
    try {
      for await (const row of fileRows(path, { ...fileTools, ...readingBy(mapping), now: clock.now() }))
        if (rows.push(row) === BATCH) await flush();
    } catch (error) {
      fault(error);
    }
    // What was read before a fault is good.
    await flush().catch(fault);
    await uploads.drop(id).catch(fault);
    const state = states.get(id);
    if (state !== undefined) keep({ ...state, state: because === null ? 'done' : 'failed', because });
  }
}

/** The name a person gave, instead of where the file lies here. */
const withoutPath = ({ message }: Error, { path, name }: Upload): string => message.replaceAll(path, name);

function shownRow({ row, post, repaired = [], because, raw }: PreviewRow): FilePreview['rows'][number] {
  if (post?.text === undefined || post.time === undefined)
    return {
      row,
      post: null,
      repaired: [],
      because: mask(because ?? ''),
      shown: showRow(raw ?? '').slice(0, MOST_SHOWN),
    };
  const { platform = '', kind = 'post', title, text, time } = post;
  return {
    row,
    post: {
      platform,
      kind,
      title: title === undefined ? null : mask(title),
      text: mask(text).slice(0, MOST_SHOWN),
      time: new Date(time).toISOString(),
    },
    repaired: repaired.map(mask),
    because: null,
    shown: null,
  };
}
