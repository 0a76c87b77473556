import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A file of the office's own rules, as people also edit it by hand. */
export interface RuleFile {
  readonly path: string;
  /** Without its folder, for people. */
  readonly name: string;
  /** null: there is none. */
  read(): string | null;
  /** Written beside and renamed, so that a reader never sees half of it; null takes it away. */
  write(text: string | null): void;
}

export const ruleFile = (path: string): RuleFile => ({
  path,
  name: basename(path),
  read: () => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  write(text) {
    if (text === null) {
      rmSync(path, { force: true });
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    const beside = `${path}.new`;
    writeFileSync(beside, text);
    renameSync(beside, path);
  },
});
