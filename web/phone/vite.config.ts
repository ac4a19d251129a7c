import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: '/phone/',
  build: {
    outDir: '../../src/Station/wwwroot/phone',
    emptyOutDir: true,
    target: 'es2020',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { environment: 'happy-dom', include: ['test/**/*.test.ts'] },
});
