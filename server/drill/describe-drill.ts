import type { IncidentKind } from '../../pipelines/domain/incident.ts';
import type { Tier } from '../../pipelines/domain/tier.ts';
import { DISTRICTS } from './places.ts';

/** What was planted, so that what was detected can be compared with it. */
export interface PlantedIncident {
  /** Key of its script in incidents/. */
  readonly key: string;
  /** In the words a screen would use. */
  readonly what: string;
  /** Division code where it happens: nine digits where every post names one town. */
  readonly region: string;
  readonly kind: IncidentKind;
  /** The rung it must reach at least before the drill ends. */
  readonly expectedRung: Tier;
  /** Minutes after the begin at which its first post appears. */
  readonly beginsAt: number;
}

export const DRILL = {
  title: '演练',
  home: '410300',
  hours: 2,
  /** Hours of everyday talk before the two, so that “usual” is known. */
  before: 22,
  incidents: [
    { key: 'lost-elder', what: '老人走失求助', region: '410325103', kind: '求助', expectedRung: 'town', beginsAt: 0 },
    {
      key: 'reservoir-rumor',
      what: '水库泄洪传言',
      region: DISTRICTS.yiyang.code,
      kind: '谣言',
      expectedRung: 'city',
      beginsAt: 8,
    },
    { key: 'chemical-smell', what: '三区异味', region: '410300', kind: '举报', expectedRung: 'city', beginsAt: 14 },
    {
      key: 'water-cut',
      what: '望塬片区停水',
      region: DISTRICTS.mengjin.code,
      kind: '投诉',
      expectedRung: 'county',
      beginsAt: 4,
    },
    {
      key: 'crash',
      what: '快速路三车相撞',
      region: DISTRICTS.xigong.code,
      kind: '事故',
      expectedRung: 'town',
      beginsAt: 49,
    },
    {
      key: 'canteen',
      what: '学校食堂餐食',
      region: DISTRICTS.yichuan.code,
      kind: '投诉',
      expectedRung: 'town',
      beginsAt: 1,
    },
  ] satisfies readonly PlantedIncident[],
  /** Words of the copies that must not become an incident. */
  notAnIncident: { key: 'copy-burst', marker: '鑫凤祥' },
} as const;
