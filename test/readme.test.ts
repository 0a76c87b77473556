import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../server/cli/main.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const READMES = ['README.md', 'README.en.md'] as const;

/** The command lines of a page: those of its `sh` blocks, and `npm …` in running text. */
function commandsOf(page: string): { blocks: string[]; inline: string[] } {
  return {
    blocks: [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n')),
    inline: [...page.matchAll(/`(npm [^`]+|npx [^`]+)`/g)].map(([, line = '']) => line),
  };
}

/** The simple commands of a line, without settings in front and redirections behind. */
const simple = (line: string): string[] =>
  line.split('&&').map((one) =>
    one
      .replace(/^\s*(?:[A-Z_]+=\S+\s+)*/, '')
      .replace(/\s*[<>].*$/, '')
      .trim(),
  );

const commands = READMES.flatMap((file) => Object.values(commandsOf(read(file))).flat()).flatMap(simple);
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

describe('the README', () => {
  test('says the same commands in both languages', () => {
    const [chinese, english] = READMES.map((file) => commandsOf(read(file)));
    expect(chinese?.blocks.length).toBeGreaterThan(8);
    expect(english?.blocks).toEqual(chinese?.blocks);
    expect(english?.inline).toEqual(chinese?.inline);
  });

  test('begins with the two commands of a newcomer', () => {
    const [chinese] = READMES.map((file) => commandsOf(read(file)).blocks);
    expect(chinese?.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
    expect(existsSync(join(root, 'package-lock.json'))).toBe(true);
  });

  test('names npm scripts that exist', () => {
    const asked = commands
      .flatMap((line) => /^npm (?:run )?(\S+)/.exec(line)?.[1] ?? [])
      .filter((name) => name !== 'ci');
    expect(asked).toContain('demo');
    expect(asked.filter((name) => !(name in scripts))).toEqual([]);
  });

  test.each([...new Set(commands.filter((line) => line.startsWith('npx wenbida')))])(
    '%s is understood',
    async (line) => {
      expect(await understood(line.split(/\s+/).slice(2))).toBe(true);
    },
  );

  test('would notice a command or a flag that is not there', async () => {
    expect(await understood(['serve', '--demoo'])).toBe(false);
    expect(await understood(['improt', 'posts.jsonl'])).toBe(false);
    expect(await understood(['import'])).toBe(false);
  });

  test('knows nothing else than npm, npx, docker and export', () => {
    expect(commands.filter((line) => !/^(npm|npx wenbida|docker compose|export) /.test(line))).toEqual([]);
  });

  test.each(READMES)('%s links to what is there', (file) => {
    const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const local = links.filter((link) => !/^https?:/.test(link));
    expect(local.length).toBeGreaterThan(5);
    expect(local.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });
});

/** Whether the command line takes these words, without doing what they say. */
async function understood(words: string[]): Promise<boolean> {
  const silent = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const program = buildProgram(silent, () => undefined);
  let taken = false;
  const disarm = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    if (command.commands.length === 0) command.action(() => void (taken = true));
    for (const inner of command.commands) disarm(inner);
  };
  disarm(program);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof Error) || !('exitCode' in error)) throw error;
  }
  return taken;
}
