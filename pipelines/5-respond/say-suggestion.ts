import type { Account } from '../domain/account.ts';
import { ACT_NAMES, type Suggestion } from '../domain/suggestion.ts';
import type { SayRegion } from './find-place.ts';
import { said } from './set-clock.ts';

/** A suggestion as lines a duty officer reads: who speaks, by when, why, and what the others do. */
export function saySuggestion(
  { first, outside, then, clock, because }: Suggestion,
  account: (id: string) => Account | undefined,
  say: SayRegion,
): readonly string[] {
  const name = (id: string): string => account(id)?.name ?? id;
  const who =
    first !== null
      ? `由${name(first)}先答`
      : outside !== null
        ? `不归我们，属${say(outside) || outside}`
        : '说不出由谁先答，需由人指定';
  return [
    `谁来答：${who}`,
    `时限：${said(clock.minutes)}（${clock.rule}）`,
    '依据：',
    ...because.map((line) => `  ${line}`),
    ...(then.length === 0 ? [] : ['随后：']),
    ...then.map(({ account: id, act, because: line }) => `  ${ACT_NAMES[act]} ${name(id)}。${line}`),
  ];
}
