import type { Command } from 'commander';
import type { LetterFlags } from './dead-letters.ts';
import type { Streams } from './lines.ts';
import type { SourceFlags } from './source.ts';

type Done = (code: number) => void;
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `wenbida source …` */
export function addSourceCommands(program: Command, streams: Streams, done: Done): void {
  const source = program.command('source').description('数据源：建立、列出、暂停、删除，令牌的更换与作废');
  source
    .command('add')
    .description('建立一个数据源，或改写它的说明；推送的来源同时给一个令牌，只显示一次')
    .argument('<name>')
    .option('--way <way>', 'http、weibo-crawler、folder 或 file；新建默认 http，已有的不写则不变')
    .option('--place <path>', '文件夹的路径')
    .option('--feed <url>', '订阅源的地址（RSS、Atom、JSON Feed、newsnow 热榜），服务按时去取')
    .option('--every <span>', '订阅源多久取一次，如 15m、1h，至少 1m；默认 15m')
    .option('--format <format>', '文件格式，默认自动辨认')
    .option('--cadence <span>', '应多久来一次，如 10m、1h；不写则按它自己的习惯')
    .option('--region <adcode>', '它覆盖的区划代码，如 410300')
    .option('--cap <words>', '它漏掉什么，如“每个关键词最多50页”，可写多次；不写则不变', collect)
    .action(async (name: string, flags: SourceFlags) =>
      done(await (await import('./source.ts')).addSource(name, flags, streams)),
    );
  source
    .command('list')
    .description('列出数据源，每个一行 JSON')
    .action(async () => done(await (await import('./source.ts')).listSources(streams)));
  for (const [word, paused, says] of [
    ['pause', true, '暂停：推送答 409，文件夹不再看'],
    ['resume', false, '恢复'],
  ] as const)
    source
      .command(word)
      .description(says)
      .argument('<name>')
      .action(async (name: string) => done(await (await import('./source.ts')).pauseSource(name, paused, streams)));
  source
    .command('remove')
    .description('删除，令牌一并作废；已收的帖文不动')
    .argument('<name>')
    .action(async (name: string) => done(await (await import('./source.ts')).removeSource(name, streams)));
  source
    .command('rotate')
    .description('换令牌：新的只显示一次，旧的立即作废')
    .argument('<name>')
    .action(async (name: string) => done(await (await import('./source.ts')).rotateToken(name, streams)));
  source
    .command('strike')
    .description('作废它的全部令牌')
    .argument('<name>')
    .action(async (name: string) => done((await import('./source.ts')).strikeTokens(name, streams)));
}

/** `wenbida dead-letters …` */
export function addLetterCommands(program: Command, streams: Streams, done: Done): void {
  const letters = program.command('dead-letters').description('死信：没收下的行，为什么、哪个来源、哪一行');
  letters
    .command('list')
    .description('列出死信，内容已遮蔽，每行一个 JSON')
    .option('--source <name>', '只看一个数据源')
    .option('--limit <n>', '最多几行', '50')
    .action(async (flags: LetterFlags) => done(await (await import('./dead-letters.ts')).listLetters(flags, streams)));
  letters
    .command('replay')
    .description('再试一次；可先改字段名（--rename）、补字段（--set）或整行改写（--row）')
    .option('--source <name>', '只试一个数据源')
    .option('--id <seq>', '只试这一行，可写多次', collect)
    .option('--rename <old=right>', '字段改名，可写多次', collect, [])
    .option('--set <field=value>', '补上或改掉字段，可写多次', collect, [])
    .option('--row <json>', '整行改写，只与一个 --id 同用')
    .action(async (flags: LetterFlags) =>
      done(await (await import('./dead-letters.ts')).replayLettersCommand(flags, streams)),
    );
}
