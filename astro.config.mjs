import node from '@astrojs/node'
import { defineConfig } from 'astro/config'

// `middleware` mode: src/main.ts owns the HTTP server, its limits and its shutdown.
const adapter = withEntry(node({ mode: 'middleware' }), new URL('src/entry.ts', import.meta.url))

export default defineConfig({
  output: 'server',
  adapter,
  trailingSlash: 'ignore',
  // No reader has a session; staff's are kept in the database.
  session: false,
  // The console's gate looks at where a form comes from, and knows the public origin behind a proxy.
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
  telemetry: false,
  build: { inlineStylesheets: 'never' },
  vite: { build: { assetsInlineLimit: 0 } },
})

/** The same adapter, with an entry of ours in place of its own. */
function withEntry({ name, hooks }, serverEntrypoint) {
  return {
    name,
    hooks: {
      ...hooks,
      'astro:config:done': (given) =>
        hooks['astro:config:done']({
          ...given,
          setAdapter: (adapter) => given.setAdapter({ ...adapter, serverEntrypoint }),
        }),
    },
  }
}
