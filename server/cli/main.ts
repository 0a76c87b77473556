import { Command, CommanderError } from 'commander';
import type { Flags } from '../config.ts';
import type { ImportFlags } from './import.ts';
import { version } from '../version.ts';
import type { EraseFlags } from './erase.ts';
import type { WhoAnswersFlags } from './who-answers.ts';
import type { ReportFlags } from './report.ts';
import { addAccountsCommands } from './accounts-commands.ts';
import { addLetterCommands, addSourceCommands } from './door-commands.ts';
import { addAuditCommands, addPeopleCommands } from './people-commands.ts';
import { EXIT, type Streams } from './lines.ts';
import { addNotifyCommands } from './notify-commands.ts';
import { withOfficeFlags, type OfficeFlags } from './office-flags.ts';
import { sentenceOf } from './sentence.ts';

/** Every command of `wenbida`, each loaded only when it runs. `done` is given the exit code. */
export function buildProgram(streams: Streams, done: (code: number) => void): Command {
  const program = new Command('wenbida')
    .description('问必答：从公开帖文到该由哪一级账号回应、依据什么、何时之前')
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void streams.stdout.write(text),
      writeErr: (text) => void streams.stderr.write(text),
    });

  withOfficeFlags(program.command('serve'))
    .description('开始运行（npm start）；--demo 播放自带演练')
    .option('--port <port>', '端口，默认 8080')
    .option('--host <host>', '地址，默认 127.0.0.1；听别的地址要先开登录（WENBIDA_SIGN_IN=on）')
    .option('--accounts <file>', '矩阵账号文件')
    .option('--map <file>', '值守墙的官方地图（GeoJSON），须同时写明审图号')
    .option('--map-number <number>', '该地图的审图号，如“GS(2024)0650号”，显示在图上')
    .option('--demo', '播放自带演练（两小时，60 倍速）')
    .option('--drill <file>', '播放一个 JSON Lines 文件')
    .option('--speed <times>', '演练倍速，默认 60')
    .action(async (flags: Flags) => done(await (await import('./serve.ts')).serve(flags, streams)));

  program
    .command('drill')
    .description('把本单位一件已平息或已办结的旧事当演练重放：另用端口与文件夹，屏上处处标明，不进真的预警、渠道与台账')
    .argument('<incident>', '事件编号，见事件页的地址')
    .option('--port <port>', '端口，默认由系统选一个空的')
    .option('--speed <times>', '倍速，默认 60')
    .action(async (incident: string, flags: { port?: string; speed?: string }) =>
      done(await (await import('./drill.ts')).drillCommand(incident, flags, streams)),
    );

  program
    .command('import')
    .description(
      '导入文件：采集器与工单的导出（JSON、JSON Lines、CSV、XLSX、SQLite、订阅源，可 gzip），格式见 docs/sources.md',
    )
    .argument('<files...>')
    .option(
      '--format <format>',
      'auto、canonical、mediacrawler、weibo-crawler、weibo-search、mindspider、trendradar、hotlist、rss、csv 或 mapping',
      'auto',
    )
    .option('--source <name>', '数据源名称，默认取文件名')
    .option('--mapping <file>', '映射文件：列名到字段，样例见 sources/')
    .option('--seen <time>', '采集时间：文件里有“3分钟前”或没有时间时用')
    .option('--preview', '只看前 20 行会怎么读，不导入')
    .action(async (files: string[], flags: ImportFlags) =>
      done(await (await import('./import.ts')).importCommand(files, flags, streams)),
    );

  program
    .command('replay')
    .description('按帖文时间重放一个文件到收件箱')
    .argument('<file>')
    .option('--speed <times>', '倍速，或 max', '60')
    .option('--source <name>', '数据源名称，默认取文件名')
    .action(async (file: string, flags: { speed: string; source?: string }) =>
      done(await (await import('./replay.ts')).replayCommand(file, flags, streams)),
    );

  withOfficeFlags(program.command('understand'))
    .description('逐帖：分词、属地、情绪、传言、诉求、主管，各附理由（标准输入输出均为 JSON Lines）')
    .option('--replies', '一并读入 replies，按时间再判传言')
    .action(async (flags: OfficeFlags & { replies?: boolean }) =>
      done(await (await import('./understand.ts')).understand(flags, streams)),
    );

  withOfficeFlags(program.command('detect'))
    .description('从按时间排好的帖文中找出事件（标准输入输出均为 JSON Lines）')
    .action(async (flags: OfficeFlags) => done(await (await import('./detect.ts')).detect(flags, streams)));

  program
    .command('who-answers')
    .description('该谁回应：只解释，不执行（标准输入输出均为 JSON Lines）')
    .requiredOption('--accounts <file>', '矩阵账号文件')
    .option('--home <adcode>', '本地区划代码')
    .option('--explain', '写成值班的人读的文字，不写 JSON')
    .action(async (flags: WhoAnswersFlags) =>
      done(await (await import('./who-answers.ts')).whoAnswers(flags, streams.stdin, streams.stdout, streams.stderr)),
    );

  program
    .command('precedents')
    .description('相似的往事：当时谁答、多久答、其后走势（标准输入输出均为 JSON Lines，一行一件事件）')
    .option('--accounts <file>', '矩阵账号文件')
    .action(async (flags: Flags) => done(await (await import('./precedents.ts')).precedents(flags, streams)));

  program
    .command('routing-cases')
    .description('逐例核对“谁来答”的用例；默认是数据目录里的 routing-cases.json')
    .argument('[file]')
    .option('--render <file>', '写成值班的人读的一页 Markdown')
    .action(async (file: string | undefined, flags: { render?: string }) =>
      done((await import('./routing-cases.ts')).routingCasesCommand(file, flags, streams)),
    );

  program
    .command('bench')
    .description('测量：每个数字一行 JSON')
    .argument('[name]', 'pipeline、elasticsearch、alerts、start、detect、watches、answer 或 sources；默认全部')
    .option('--posts <n>', '帖数', '200000')
    .action(async (name: string | undefined, flags: { posts: string }) =>
      done(await (await import('./bench.ts')).bench(name, flags, streams)),
    );

  withOfficeFlags(program.command('check'))
    .description('检查配置、账号、地名表、存储、模型、磁盘')
    .option('--accounts <file>', '矩阵账号文件')
    .action(async (flags: Flags) => done(await (await import('./check.ts')).check(flags, streams)));

  withOfficeFlags(program.command('calibrate'))
    .description('用本单位的已核案例重新校准传言分与阈值')
    .option('--precision <share>', '要求的精确率', '0.8')
    .option('--dry-run', '只打印，不写入')
    .action(async (flags: OfficeFlags & { precision: string; dryRun?: boolean }) =>
      done((await import('./calibrate.ts')).calibrateCommand(flags, streams)),
    );

  program
    .command('reviews')
    .description('已核案例')
    .command('export')
    .description('导出全部已核案例，每行一条 JSON（含帖文正文）')
    .action(async () => done(await (await import('./reviews.ts')).exportReviews(streams)));

  program
    .command('refutations')
    .description('已发布的辟谣')
    .command('import')
    .description('导入辟谣（JSON Lines、CSV：id、claim、verdict、source、url、publishedAt）')
    .argument('<file>')
    .action(async (file: string) => done(await (await import('./refutations.ts')).importRefutations(file, streams)));

  program
    .command('watch')
    .description('收下文件夹里已有的和新增的数据，直到停止；可随时中断再来')
    .argument('<dir>')
    .option('--source <name>', '数据源名称，默认取文件夹名')
    .option('--format <format>', '文件格式，默认自动辨认')
    .option('--once', '看一遍就结束')
    .action(async (dir: string, flags: { source?: string; format?: string; once?: boolean }) =>
      done(await (await import('./watch.ts')).watchCommand(dir, flags, streams)),
    );

  withOfficeFlags(program.command('erase'))
    .description('按网址抹除一条帖文，或按平台编号抹除一位作者的帖文；以后再来也不收')
    .option('--url <url>', '帖文的网址')
    .option('--author <id>', '平台给作者的编号，只在内存里换算，不落盘')
    .option('--platform <name>', '作者所在平台')
    .option('--who <name>', '何人抹除')
    .option('--why <words>', '因何抹除')
    .action(async (flags: EraseFlags) => done(await (await import('./erase.ts')).eraseCommand(flags, streams)));

  addAccountsCommands(program, streams, done);
  withOfficeFlags(program.command('reindex'))
    .description('换了分词或地名表之后，把检索库里的帖文重新分词、重新判读；先停服务，可随时中断再来')
    .action(async (flags: OfficeFlags) => done(await (await import('./reindex.ts')).reindexCommand(flags, streams)));

  addNotifyCommands(program, streams, done);
  program
    .command('report')
    .description('一周的扩散周报：写成 html、docx、pdf、csv，数字与页面相同')
    .option('--week <week>', '周，如 2026-W47，默认上一周')
    .requiredOption('--out <folder>', '写到哪个文件夹')
    .option('--format <formats>', '用逗号分开', 'html,docx,pdf,csv')
    .option('--region <code>', '只做这一属地的周报（行政区划代码），不写则为整个部署')
    .action(async (flags: ReportFlags) => done(await (await import('./report.ts')).reportCommand(flags, streams)));

  addSourceCommands(program, streams, done);
  addLetterCommands(program, streams, done);
  addPeopleCommands(program, streams, done);
  addAuditCommands(program, streams, done);

  const token = program.command('token').description('数据源的接入令牌');
  token
    .command('add')
    .description('为一个数据源新建令牌，只显示一次')
    .argument('<name>')
    .action(async (name: string) => done((await import('./token.ts')).addTokenCommand(name, streams)));

  return program;
}

/** @returns the exit code. A fault is one clear sentence on stderr, never a stack. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let code: number = EXIT.ok;
  const program = buildProgram(streams, (answer) => (code = answer));
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  for (const command of all(program)) command.exitOverride();
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    streams.stderr.write(`wenbida: ${sentenceOf(error)}\n`);
    if (process.env.WENBIDA_LOG === 'debug' && error instanceof Error) streams.stderr.write(`${error.stack ?? ''}\n`);
    return error instanceof Error && error.name === 'ConfigError' ? EXIT.usage : EXIT.fault;
  }
  return code;
}
