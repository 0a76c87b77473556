import type { FilePreview, FileState, MappingBody } from '../../../server/contract/files.ts';
import type { MappedField } from '../../../pipelines/domain/mapped-field.ts';
import type { PostKind } from '../../../pipelines/domain/post.ts';
import { api } from '../live/api.ts';

const ASK_EVERY = 500;
/** A source named after its file, as `wenbida import` does. */
const named = (file: string): string =>
  file.replace(/\.[a-z0-9]{1,8}(?:\.gz)?$/iu, '').replace(/[^\p{L}\p{N}._-]+/gu, '-');

type Field = MappedField;

/** One file on its way in: chosen, looked at, drawn onto fields where it is a table that nobody knows, taken in or given up. */
export class BroughtFile {
  preview = $state.raw<FilePreview | null>(null);
  state = $state.raw<FileState | null>(null);
  busy = $state(false);
  failed = $state('');
  source = $state('');
  /** What each column is, by its place; empty: not read. */
  drawn = $state<(Field | '')[]>([]);
  drawing = $state(false);
  name = $state('');
  platform = $state('');
  kind = $state<PostKind>('post');
  save = $state(true);

  /** The mapping as it is drawn just now; undefined while text or time is missing, or where nothing is drawn. */
  readonly mapping = $derived.by((): MappingBody | undefined => {
    if (!this.drawing || this.preview === null) return undefined;
    const columns: Record<string, string[]> = {};
    this.preview.columns.forEach(({ name }, at) => {
      const field = this.drawn[at] ?? '';
      if (field !== '') (columns[field] ??= []).push(name);
    });
    if (columns['text'] === undefined || columns['time'] === undefined) return undefined;
    if (this.name.trim() === '' || this.platform.trim() === '') return undefined;
    const match = Object.values(columns).flat();
    return { name: this.name.trim(), platform: this.platform.trim(), kind: this.kind, match, columns };
  });
  readonly rowsRead = $derived(
    this.state === null ? 0 : this.state.accepted + this.state.duplicate + this.state.rejected,
  );
  readonly readable = $derived(
    this.preview !== null &&
      this.preview.rows.some(({ post }) => post !== null) &&
      (!this.drawing || this.mapping !== undefined),
  );

  async choose(file: File): Promise<void> {
    await this.giveUp();
    await this.#try(async () => {
      this.preview = await api.bringFile(file);
      this.source = named(this.preview.name);
      this.name = this.source;
      this.drawn = this.preview.columns.map(() => '');
      this.drawing = this.preview.detected === null && this.preview.columns.length > 0;
    });
  }

  async tryOut(): Promise<void> {
    const { preview, mapping } = this;
    if (preview === null || mapping === undefined) return;
    await this.#try(async () => {
      this.preview = { ...(await api.previewFile({ id: preview.id, mapping })), columns: preview.columns };
    });
  }

  async take(): Promise<void> {
    const { preview, mapping, source, save } = this;
    if (preview === null) return;
    await this.#try(async () => {
      const drawn = mapping === undefined ? {} : { mapping, save };
      this.state = await api.importFile({ id: preview.id, source: source.trim(), ...drawn });
      this.preview = null;
      while (this.state.state === 'importing') {
        await new Promise((again) => setTimeout(again, ASK_EVERY));
        this.state = await api.fileState(preview.id);
      }
    });
  }

  async giveUp(): Promise<void> {
    const { preview } = this;
    this.preview = null;
    this.state = null;
    this.failed = '';
    if (preview !== null) await this.#try(async () => void (await api.dropFile(preview.id)));
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.failed = '';
    try {
      await act();
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.busy = false;
    }
  }
}
