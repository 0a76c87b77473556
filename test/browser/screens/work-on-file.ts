import type { IncidentRow } from '../../../server/contract/http.ts';

interface Kept {
  readonly brief: { readonly seq: number };
}

/**
 * Takes, hands over, answers and shows one incident of the drill, so that the pictures show a file with a life of its own. The
 * words are invented like the drill's.
 *
 * @returns the incident that was worked on: a rumor where the drill has one, else the first that has a suggestion.
 */
export async function workOnFile(url: string): Promise<string> {
  const open = ((await ask(url, 'incidents')) as IncidentRow[]).filter(
    ({ state, suggestion }) => state === 'open' && suggestion !== null,
  );
  const incident = open.find(({ title }) => title.includes('水库')) ?? open[0];
  if (incident === undefined) throw new Error('the drill has no open incident with a suggestion yet');
  const account = incident.suggestion?.first ?? undefined;
  if (account === undefined) throw new Error(`the suggestion for ${incident.title} names no account`);
  let seq = ((await ask(url, `incidents/${incident.id}/acts`)) as Kept).brief.seq;
  const act = async (what: object, why: string): Promise<void> => {
    const file = await ask(url, `incidents/${incident.id}/acts`, { expected: seq, act: what, why });
    seq = (file as Kept).brief.seq;
  };
  await act({ act: 'acknowledged', comment: '已看到，正在与水库管理处核实水位' }, '值班接手');
  await act({ act: 'assigned', account, mode: 'assign' }, '按建议由属地先答');
  await act(
    { act: 'publicShown', title: '水库安全的询问', line: '水位低于汛限，巡查已加密，有变化会随时说明。' },
    '公开办理进度',
  );
  return incident.id;
}

async function ask(url: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1/${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
