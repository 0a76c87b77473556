import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { FONT_FILES } from './pdf-fonts.ts';

export interface Painted {
  readonly png: Uint8Array;
  /** In CSS pixels, as it is drawn. */
  readonly width: number;
  readonly height: number;
}

/** For paper: three dots a CSS pixel, 288 dpi. */
const SCALE = 3;

let ready: Promise<readonly Uint8Array[]> | undefined;

/** The painter, and the two text fonts it draws with; started once. */
async function start(): Promise<readonly Uint8Array[]> {
  await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return [FONT_FILES.normal, FONT_FILES.bold].map((path) => new Uint8Array(readFileSync(path)));
}

/** A drawing as a picture for formats that know no SVG. It reads no file and no address. */
export async function paintDrawing(svg: string): Promise<Painted> {
  const fontBuffers = [...(await (ready ??= start()))];
  const painter = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    background: '#ffffff',
    font: { fontBuffers, defaultFontFamily: 'Noto Sans SC' },
  });
  try {
    const image = painter.render();
    try {
      return { png: image.asPng(), width: image.width / SCALE, height: image.height / SCALE };
    } finally {
      image.free();
    }
  } finally {
    painter.free();
  }
}
