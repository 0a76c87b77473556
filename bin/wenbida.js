#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// Small offices run this on one ordinary machine: the heap grows by 40 % at a time, not by several times itself.
// Measured on 40,000 posts: a fifth less memory for a tenth more CPU.
setFlagsFromString('--heap-growing-percent=40');

const built = new URL('../dist/server/cli/run.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  process.stderr.write('wenbida: not built yet; run: npm run build\n');
  process.exitCode = 1;
}
