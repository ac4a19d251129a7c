import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** One file that can be saved and passed on: script and style within the page, and a policy that lets nothing else run and nothing out. */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('no index.html');
      let [script, style] = ['', ''];
      for (const [name, part] of Object.entries(bundle)) {
        if (part === page) continue;
        // What would end the element early cannot stand in it.
        if (part.type === 'chunk') script += part.code.replace(/<(?=\/script|!--)/gi, '\\x3c');
        else style += String(part.source);
        delete bundle[name];
      }
      const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src blob:; media-src blob:; `
        + "connect-src 'none'; base-uri 'none'; form-action 'none'";
      page.source = String(page.source)
        .replace(/\s*<(script|link)\b[^>]*(src|href)="[^"]*"[^>]*>(<\/script>)?/g, '')
        .replace('<meta charset="utf-8" />', (meta) => `${meta}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`)
        .replace('</head>', () => `<style>${style}</style>\n  </head>`)
        .replace('</body>', () => `<script type="module">${script}</script>\n  </body>`);
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [oneFile()],
  build: {
    outDir: '../../src/Station/wwwroot/verify',
    emptyOutDir: true,
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
  },
  test: { environment: 'node', include: ['test/**/*.test.ts'] },
});
