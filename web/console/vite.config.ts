import { defineConfig } from 'vitest/config';

// esbuild's automatic JSX is enough: no refresh plugin, the page is always built and served by the station.
export default defineConfig({
  base: '/console/',
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: '../../src/Station/wwwroot/console',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      // Libraries in a file of their own: it stays in the browser's cache when the console changes.
      output: { manualChunks: (id) => (id.includes('node_modules') ? 'vendor' : undefined) },
      onwarn: (warning, warn) => {
        // Ant Design marks files for a framework that renders on servers; it means nothing here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  test: { environment: 'happy-dom', include: ['test/unit/**/*.test.ts'] },
});
