import { evaluateClasses } from './evaluate-classes.ts';
import { evaluateForecast } from './evaluate-forecast.ts';
import { evaluateHelp } from './evaluate-help.ts';
import { evaluateMood } from './evaluate-mood.ts';
import { evaluateNeeds } from './evaluate-needs.ts';
import { evaluatePeers } from './evaluate-peers.ts';
import { evaluatePlace } from './evaluate-place.ts';
import { evaluateRumor } from './evaluate-rumor.ts';
import { evaluateSpeed } from './evaluate-speed.ts';
import { evaluateWatch } from './evaluate-watch.ts';
import type { Evaluation } from './figure.ts';

/** What `npm run evaluate NAME` measures; without a name all of them, in this order. */
export const EVALUATIONS: Readonly<Record<string, Evaluation>> = {
  mood: evaluateMood,
  rumor: evaluateRumor,
  help: evaluateHelp,
  needs: evaluateNeeds,
  classes: evaluateClasses,
  place: evaluatePlace,
  watch: evaluateWatch,
  forecast: evaluateForecast,
  speed: evaluateSpeed,
  peers: evaluatePeers,
};
