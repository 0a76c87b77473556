import { systemClock } from '../../server/adapters/system-clock.ts';
import { MINUTE, anIncident } from '../seeds/cases.ts';
import { timedCases } from '../seeds/timed-cases.ts';

/** Files whose clocks run out all at once, in a process that can be killed: says a line for each that fired. */
const [dir = '', count = '0', ahead = '0', minutes = '0'] = process.argv.slice(2);
const incidents = Array.from({ length: Number(count) }, (_, at) =>
  anIncident(`i-${at}`, { lifeAtRisk: true, urgent: true, kind: '求助' }),
);
// So many minutes later than it is: nobody waits a quarter of an hour for a test.
const clock = { now: () => systemClock.now() + Number(ahead) * MINUTE };
const { cases, timers } = timedCases(dir, clock, incidents);
for (const incident of incidents) {
  cases.follow(incident);
  if (minutes !== '0')
    cases.act(incident.id, 1, {
      ...{ act: 'assigned', account: 'city', mode: 'whistle', minutes: Number(minutes) },
      ...{ at: clock.now(), by: { kind: 'rule', rule: '测试' } },
    });
}
cases.listen((events) => process.stdout.write(`${events.map(({ act }) => act).join(' ')}\n`));
timers.start();
process.stdout.write('ready\n');
