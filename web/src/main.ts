import '@fontsource-variable/noto-sans-sc/index.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/marks.css';
import './ui/desk-tokens.css';
import './ui/desk.css';
import { mount } from 'svelte';
import { keepDisplayToken } from './live/asker.ts';
import { pageAt } from './pages.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app to draw in');
keepDisplayToken();
const page = pageAt(location.pathname);
if (page.theme === 'desk') document.documentElement.dataset['theme'] = 'desk';
mount((await page.load()).default, { target });
