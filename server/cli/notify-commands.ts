import type { Command } from 'commander';
import type { Streams } from './lines.ts';

/** `wenbida notify …` */
export function addNotifyCommands(program: Command, streams: Streams, done: (code: number) => void): void {
  const notify = program.command('notify').description('通知渠道：列出，试发');
  notify
    .command('list')
    .description('列出渠道与投递情况，每个一行 JSON；密钥只有尾号')
    .action(async () => done((await import('./notify.ts')).listChannels(streams)));
  notify
    .command('test')
    .description('向一个渠道试发一条，原样打印对方的答复；没有收下时退出码为 1')
    .argument('<channel>', '渠道的名称或编号')
    .action(async (channel: string) => done(await (await import('./notify.ts')).testChannel(channel, streams)));
}
