import ArrowRight from '@lucide/svelte/icons/arrow-right';
import BellRing from '@lucide/svelte/icons/bell-ring';
import Check from '@lucide/svelte/icons/check';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CirclePlus from '@lucide/svelte/icons/circle-plus';
import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import FileText from '@lucide/svelte/icons/file-text';
import Gavel from '@lucide/svelte/icons/gavel';
import Hand from '@lucide/svelte/icons/hand';
import Megaphone from '@lucide/svelte/icons/megaphone';
import MessageSquare from '@lucide/svelte/icons/message-square';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import PhoneCall from '@lucide/svelte/icons/phone-call';
import Repeat from '@lucide/svelte/icons/repeat-2';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Siren from '@lucide/svelte/icons/siren';
import Undo from '@lucide/svelte/icons/undo-2';
import UserPen from '@lucide/svelte/icons/user-pen';
import type { Component } from 'svelte';

type Icon = Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;

const ICONS: Readonly<Record<string, Icon>> = {
  dispatched: Siren,
  acknowledged: Hand,
  assigned: ArrowRight,
  accepted: Check,
  refused: Undo,
  factsGiven: FileText,
  answered: Megaphone,
  relayed: Repeat,
  supplemented: CirclePlus,
  corrected: PencilLine,
  overridden: UserPen,
  reminded: BellRing,
  notified: PhoneCall,
  graded: Gavel,
  publicShown: Eye,
  publicHidden: EyeOff,
  closed: CircleCheck,
  reopened: RotateCcw,
};

/** The sign beside an act's word; the word is always there. */
export const actIcon = (act: string): Icon => ICONS[act] ?? MessageSquare;
