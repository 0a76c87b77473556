import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readMapping } from '../pipelines/0-source/mapping.ts';
import type { Mapping } from '../pipelines/0-source/mapping.ts';
import { packageRoot } from './package-root.ts';

const SCHEMA = 'mapping.schema.json';

/** One mapping file. @throws Error naming the file, the place in it and the remedy */
export async function loadMapping(path: string): Promise<Mapping> {
  let value: unknown;
  try {
    value = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`映射文件 ${path} 读不出：${why}`, { cause });
  }
  const mapping = readMapping(value);
  if ('because' in mapping) throw new Error(`映射文件 ${path}：${mapping.because}`);
  return mapping;
}

/**
 * The mappings that tables are recognised by: the examples in `sources/`, and those this deployment saved in `<data>/sources/`,
 * which come first. @throws Error as loadMapping
 */
export async function loadMappings(varDir: string): Promise<readonly Mapping[]> {
  const folders = [join(varDir, 'sources'), join(packageRoot(), 'sources')];
  const paths = (await Promise.all(folders.map(mappingFiles))).flat();
  return Promise.all(paths.map(loadMapping));
}

async function mappingFiles(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.json') && name !== SCHEMA)
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
