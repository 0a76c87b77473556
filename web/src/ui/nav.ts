import type { Role } from '../../../pipelines/domain/person.ts';

/** The pages of the desk, in the order of the bar; those of one group share the second row. Addresses are those of pages.ts. */
export interface NavEntry {
  readonly path: string;
  readonly name: string;
  readonly group?: string;
  /** Who finds something there; everybody who works here where it is absent. */
  readonly roles?: readonly Role[];
}

export const WORKERS: readonly Role[] = ['viewer', 'responder', 'analyst', 'editor'];

export const NAV: readonly NavEntry[] = [
  { path: 'wall', name: '值守墙' },
  { path: 'desk', name: '值守台' },
  { path: 'handoffs', name: '台账' },
  { path: 'search', name: '检索' },
  { path: 'refutations', name: '辟谣' },
  { path: 'oncall', name: '值班' },
  { path: 'report', name: '周报' },
  { path: 'assessment', name: '考评', roles: ['responder', 'analyst', 'editor'] },
  { path: 'settings', name: '总览', group: '设置', roles: [...WORKERS, 'systemAdmin', 'securityAdmin', 'auditor'] },
  { path: 'matrix', name: '矩阵', group: '设置' },
  { path: 'watches', name: '关注', group: '设置' },
  { path: 'channels', name: '渠道', group: '设置', roles: ['editor', 'systemAdmin'] },
  { path: 'taxonomy', name: '分类词', group: '设置', roles: ['analyst', 'editor'] },
  { path: 'places', name: '地名', group: '设置', roles: ['analyst', 'editor'] },
  { path: 'models', name: '模型', group: '设置', roles: ['analyst', 'editor', 'systemAdmin'] },
  { path: 'sources', name: '数据源', group: '设置', roles: [...WORKERS, 'systemAdmin'] },
  { path: 'retention', name: '留存', group: '设置', roles: ['systemAdmin'] },
  { path: 'people', name: '人员', group: '设置', roles: ['securityAdmin'] },
  { path: 'audit', name: '审计', group: '设置', roles: ['auditor'] },
];
