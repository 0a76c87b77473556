import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What a desk without a connection is drawn from, by the modules that draw it. */
const ENTRIES = [
  'src/main.ts',
  'src/desk/desk-page.svelte',
  'src/incident/signs/incident-signs.svelte',
  'src/live/open-socket.ts',
  'src/ui/letterforms.ts',
];
/** What a link to an incident is drawn from: named in the desk's own page, so that all of it is fetched at once. */
const DESK = 'src/desk/desk-page.svelte';
const WORKER = join(import.meta.dirname, 'shell-worker.js');
const IS_TEXT = /\.(?:js|css|svg)$/u;
/** Below, a compressed copy saves no packet. */
const LEAST_BYTES = 1_400;

interface Parts {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The chunks that hold a module, and all that they import at once. */
function partsOf(chunks: readonly Rolldown.OutputChunk[], holds: (moduleId: string) => boolean): Parts {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const need = (name: string): void => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (chunk === undefined || scripts.has(name)) return;
    scripts.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
    for (const other of chunk.imports) need(other);
  };
  for (const { moduleIds, fileName } of chunks) if (moduleIds.some(holds)) need(fileName);
  return { scripts: [...scripts], styles: [...styles] };
}

/** The desk's worker with the list of what it keeps, under a version that is the hash of that list. */
export function deskShell(): Plugin {
  return {
    name: 'desk-shell',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const { scripts, styles } = partsOf(chunks, (id) => ENTRIES.some((entry) => id.endsWith(`/web/${entry}`)));
      const list = [...scripts, ...styles].sort();
      const version = createHash('sha256').update(list.join('\n')).digest('hex').slice(0, 12);
      const source = readFileSync(WORKER, 'utf8')
        .replace("'VERSION'", JSON.stringify(version))
        .replace("['FILES']", JSON.stringify(list));
      this.emitFile({ type: 'asset', fileName: 'shell-worker.js', source });
    },
    /** desk.html: index.html with the parts of the desk named in its head. */
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return;
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const { scripts, styles } = partsOf(chunks, (id) => id.endsWith(`/web/${DESK}`));
      const index = await readFile(join(dir, 'index.html'), 'utf8');
      const links = [
        ...scripts.map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`),
        // Fetched, not waited for: a style in the head would hold the first script back, and that asks for the incident.
        ...styles.map((file) => `<link rel="preload" as="style" crossorigin href="./${file}">`),
      ].filter((link) => !index.includes(/href="([^"]+)"/u.exec(link)![1]!));
      await writeFile(join(dir, 'desk.html'), index.replace('</head>', `${links.join('')}</head>`));
    },
  };
}

/** Beside every text a compressed copy, which the server hands to whoever takes it: on a slow line that is most of the wait. */
export function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return;
      for (const each of Object.values(bundle)) {
        const bytes = Buffer.from(each.type === 'chunk' ? each.code : each.source);
        if (!IS_TEXT.test(each.fileName) || bytes.length < LEAST_BYTES) continue;
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        await writeFile(join(dir, `${each.fileName}.br`), brotliCompressSync(bytes, quality));
        await writeFile(join(dir, `${each.fileName}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
