#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/server/cli/run.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  process.stderr.write('wenbida: not built yet; run: npm run build\n');
  process.exitCode = 1;
}
