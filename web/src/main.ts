import './ui/tokens.css';
import './ui/base.css';
import './ui/marks.css';
import './ui/desk-tokens.css';
import './ui/desk.css';
import { mount } from 'svelte';
import { askEarly } from './desk/ask-early.ts';
import { keepDisplayToken } from './live/asker.ts';
import { pageAt } from './pages.ts';
import { isPhone, showFont } from './ui/show-font.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app to draw in');
keepDisplayToken();
askEarly();
const page = pageAt(location.pathname);
if (page.theme === 'desk') document.documentElement.dataset['theme'] = 'desk';
const isLink = location.pathname.endsWith('/desk') && location.hash.startsWith('#/incident/');
// The desk shows it itself, once the incident that somebody came for is there.
const font = isLink && isPhone() ? undefined : showFont();
const [{ default: Page }] = await Promise.all([page.load(), font]);
mount(Page, { target });
