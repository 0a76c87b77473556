import type { Command } from 'commander';
import type { Streams } from './lines.ts';
import type { PersonFlags } from './people.ts';

type Done = (code: number) => void;
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `wenbida people …` */
export function addPeopleCommands(program: Command, streams: Streams, done: Done): void {
  const people = program.command('people').description('人员：谁可以登录、什么角色、哪个属地；有了第一个人就要登录');
  const granted = (command: Command): Command =>
    command
      .requiredOption(
        '--roles <names>',
        '角色，逗号分开：viewer、responder、analyst、editor；或 systemAdmin、securityAdmin、auditor 之一',
      )
      .option('--region <adcode>', '属地范围的区划代码，可写多次；all 为全部', collect, [])
      .option('--account <id>', '代表的矩阵账号');
  granted(people.command('add').description('加一个人，给出一次性链接，由本人设密码').argument('<name>')).action(
    async (name: string, flags: PersonFlags) => done((await import('./people.ts')).addPerson(name, flags, streams)),
  );
  people
    .command('list')
    .description('列出人员与大屏，每个一行 JSON')
    .action(async () => done((await import('./people.ts')).listPeople(streams)));
  granted(people.command('roles').description('改角色、属地与账号').argument('<name>')).action(
    async (name: string, flags: PersonFlags) => done((await import('./people.ts')).changeRoles(name, flags, streams)),
  );
  people
    .command('disable')
    .description('停用：会话与连着的屏5秒内断开')
    .argument('<name>')
    .option('--undo', '恢复')
    .action(async (name: string, flags: { undo?: boolean }) =>
      done((await import('./people.ts')).disablePerson(name, flags.undo === true, streams)),
    );
  people
    .command('invite')
    .description('忘了密码或换了手机：再给一个一次性链接')
    .argument('<name>')
    .action(async (name: string) => done((await import('./people.ts')).invitePerson(name, streams)));
  people
    .command('display-token')
    .description('一块大屏的令牌：只读，只看一个属地，只显示一次')
    .argument('<name>')
    .requiredOption('--region <adcode>', '区划代码；all 为全部')
    .action(async (name: string, flags: { region: string }) =>
      done((await import('./people.ts')).addDisplay(name, flags.region, streams)),
    );
}

/** `wenbida audit …` */
export function addAuditCommands(program: Command, streams: Streams, done: Done): void {
  const audit = program.command('audit').description('审计：谁何时做了什么');
  audit
    .command('verify')
    .description('逐条核对；有改动则指出第一处，退出码 1')
    .option('--head <hash>', '另处记下的链头，可写多次；用来发现末尾被截去', collect, [])
    .action(async (flags: { head: readonly string[] }) =>
      done((await import('./audit.ts')).verifyAudit(flags.head, streams)),
    );
  audit
    .command('head')
    .description('打印链头，请记到别处')
    .action(async () => done((await import('./audit.ts')).auditHead(streams)));
}
