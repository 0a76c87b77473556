import type { Command } from 'commander';
import type { AccountsImportFlags } from './accounts.ts';
import type { Streams } from './lines.ts';

/** `wenbida accounts …` */
export function addAccountsCommands(program: Command, streams: Streams, done: (code: number) => void): void {
  const accounts = program.command('accounts').description('矩阵：导入、导出、检查账号');
  accounts
    .command('import')
    .description('导入账号（CSV、XLSX、JSON）；整份收下，或一行都不收')
    .argument('<file>')
    .option('--preview', '只看会怎么改，不导入')
    .option('--retire-absent', '文件里没有的账号一并停用')
    .option('--who <name>', '何人导入')
    .option('--why <words>', '因何导入')
    .action(async (file: string, flags: AccountsImportFlags) =>
      done(await (await import('./accounts.ts')).importAccounts(file, flags, streams)),
    );
  accounts
    .command('export')
    .description('导出现行的账号')
    .option('--format <format>', 'json 或 csv', 'json')
    .action(async (flags: { format: string }) =>
      done(await (await import('./accounts.ts')).exportAccounts(flags, streams)),
    );
  accounts
    .command('check')
    .description('检查矩阵：缺口、绕圈、层级倒挂、同名、夜间无人，各写明后果与改法；不写文件就查现行的')
    .argument('[file]')
    .action(async (file: string | undefined) => done((await import('./accounts.ts')).checkAccounts(file, streams)));
}
