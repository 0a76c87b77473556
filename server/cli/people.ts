import { ROLES, type Display, type Grant, type Role } from '../../pipelines/domain/person.ts';
import { isRegionCode } from '../../pipelines/domain/region.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig, type Config } from '../config.ts';
import { openPeopleArea } from '../people-services.ts';
import type { PeopleArea } from '../people/area.ts';
import { COMMAND_LINE, type PeopleDesk, type Refused } from '../people/people-desk.ts';
import { EXIT, type Streams } from './lines.ts';

export interface PersonFlags {
  readonly roles: string;
  readonly region: readonly string[];
  readonly account?: string;
}

/** A wrong word on the command line, in one sentence. */
class Misused extends Error {
  override readonly name = 'Misused';
}

/** Beside a running server or without one: both read the same file. What is done here is marked as done alone. */
function withDesk(streams: Streams, work: (desk: PeopleDesk, config: Config, area: PeopleArea) => number): number {
  const config = readConfig(process.env);
  const people = openPeopleArea({
    ...{ config, clock: systemClock, shared: () => new Set() },
    log: { info: () => undefined },
  });
  try {
    return work(people.area.desk, config, people.area);
  } catch (error) {
    if (!(error instanceof Misused)) throw error;
    streams.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  } finally {
    people.close();
  }
}

export const addPerson = (name: string, flags: PersonFlags, streams: Streams): number =>
  withDesk(streams, (desk, config) => {
    const first = desk.isEmpty;
    const added = orMisused(desk.add(COMMAND_LINE, name, grantOf(flags)));
    sayLink(streams, config, name, added.invitation);
    if (first) streams.stderr.write('这是第一个人：从现在起打开页面要先登录\n');
    if (!desk.list().people.some(({ roles }) => roles.includes('securityAdmin')))
      streams.stderr.write('还没有安全管理员（securityAdmin），在页面上没有人能管人员\n');
    return EXIT.ok;
  });

export const listPeople = (streams: Streams): number =>
  withDesk(streams, (desk) => {
    const { people, asked, displays } = desk.list();
    for (const person of people) {
      const waits = asked.filter((one) => one.person === person.id).length;
      streams.stdout.write(`${JSON.stringify({ ...person, waits })}\n`);
    }
    for (const display of displays) streams.stdout.write(`${JSON.stringify({ display })}\n`);
    return EXIT.ok;
  });

export const changeRoles = (name: string, flags: PersonFlags, streams: Streams): number =>
  withDesk(streams, (desk) => {
    orMisused(desk.grant(COMMAND_LINE, idOf(desk, name), grantOf(flags)));
    streams.stderr.write(`“${name}”已改\n`);
    return EXIT.ok;
  });

export const disablePerson = (name: string, undo: boolean, streams: Streams): number =>
  withDesk(streams, (desk) => {
    orMisused(desk.enable(COMMAND_LINE, idOf(desk, name), undo));
    streams.stderr.write(`“${name}”已${undo ? '恢复' : '停用'}\n`);
    return EXIT.ok;
  });

export const invitePerson = (name: string, streams: Streams): number =>
  withDesk(streams, (desk, config) => {
    const { invitation } = orMisused(desk.invite(COMMAND_LINE, idOf(desk, name)));
    sayLink(streams, config, name, invitation);
    return EXIT.ok;
  });

export const addDisplay = (name: string, region: string, streams: Streams): number =>
  withDesk(streams, (desk, config) => {
    const { token } = orMisused(desk.addDisplay(COMMAND_LINE, name, regionsOf([region])[0] ?? 'all'));
    streams.stderr.write(`大屏“${name}”的地址（只显示这一次）：\n`);
    streams.stdout.write(`${addressOf(config, `/wall#display=${token}`)}\n`);
    return EXIT.ok;
  });

function sayLink(streams: Streams, config: Config, name: string, invitation: string): void {
  streams.stderr.write(`请“${name}”在72小时内打开，自己设密码（只能用一次）：\n`);
  streams.stdout.write(`${addressOf(config, `/sign-in#invitation=${invitation}`)}\n`);
}

const addressOf = ({ publicUrl, port }: Config, path: string): string =>
  new URL(path, publicUrl ?? `http://127.0.0.1:${port}`).href;

function grantOf({ roles, region, account }: PersonFlags): Grant {
  const names = roles.split(',').map((one) => one.trim());
  const wrong = names.find((one) => !(ROLES as readonly string[]).includes(one));
  if (wrong !== undefined) throw new Misused(`没有角色“${wrong}”，有：${ROLES.join('、')}`);
  const regions = regionsOf(region);
  return {
    roles: names as Role[],
    regions: regions.includes('all') ? 'all' : (regions as Exclude<Grant['regions'], 'all'>),
    account: account ?? null,
  };
}

function regionsOf(given: readonly string[]): Display['region'][] {
  return given
    .flatMap((one) => one.split(','))
    .map((one) => {
      const code = one.trim();
      if (code === 'all' || isRegionCode(code)) return code;
      throw new Misused(`“${code}”不是区划代码：6、9或12位数字，或 all`);
    });
}

function idOf(desk: PeopleDesk, name: string): string {
  const person = desk.list().people.find((one) => one.name === name.trim() || one.id === name);
  if (person === undefined) throw new Misused(`没有“${name}”，people list 列出所有人`);
  return person.id;
}

function orMisused<T extends object>(answer: Refused | T): T {
  if ('refused' in answer) throw new Misused(answer.refused);
  return answer;
}
