import { ROLES, type Role } from './person.ts';

/** 系统管理员, 安全管理员, 审计员: one person holds at most one of them, and then nothing else. */
const APART: ReadonlySet<Role> = new Set(['systemAdmin', 'securityAdmin', 'auditor']);

export const looksAfter = (roles: readonly Role[]): boolean => roles.some((role) => APART.has(role));

/** Why these roles can not be held together, in words for people; undefined where they can. */
export function faultOfRoles(roles: readonly Role[]): string | undefined {
  if (roles.length === 0) return '至少选一个角色';
  if (new Set(roles).size < roles.length || roles.some((role) => !ROLES.includes(role))) return '角色写错了';
  if (!looksAfter(roles) || roles.length === 1) return undefined;
  return '系统管理员、安全管理员、审计员三者分设，不能兼任，也不能兼任业务角色';
}
