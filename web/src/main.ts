import '@fontsource-variable/noto-sans-sc/index.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/marks.css';
import { mount } from 'svelte';
import App from './app.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app to draw in');
mount(App, { target });
