import '@fontsource-variable/noto-sans-sc/index.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/marks.css';
import './sources/desk-tokens.css';
import { mount } from 'svelte';
import App from './app.svelte';
import SourcesPage from './sources/sources-page.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app to draw in');
// The wall fills a screen of its own; what people sit at is the light desk.
if (location.pathname.endsWith('/sources')) {
  document.documentElement.dataset['theme'] = 'desk';
  mount(SourcesPage, { target });
} else mount(App, { target });
