import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

import { icons } from './src/icons.js';

/** Writes the icons that the pages name into one sprite, so that a page fetches them once. */
function sprite() {
  const symbol = (name) => {
    const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8');
    const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s+/g, ' ').trim()}</symbol>`;
  };
  return {
    name: 'sprite',
    generateBundle() {
      const licence = '<!-- Lucide, ISC licence, https://lucide.dev/license -->';
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${licence}${icons.map(symbol).join('')}</svg>`;
      this.emitFile({ type: 'asset', name: 'icons.svg', originalFileName: 'icons.svg', source });
    },
  };
}

export default defineConfig({
  base: '/static/dist/',
  publicDir: false,
  plugins: [sprite()],
  build: {
    outDir: '../static/dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { app: 'src/app/index.js', viewer: 'src/viewer/index.js', modeler: 'src/modeler/index.js', style: 'src/style.css' },
    },
  },
});
