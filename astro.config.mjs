import node from '@astrojs/node'
import { defineConfig } from 'astro/config'

// `middleware` mode: src/main.ts owns the HTTP server, its limits and its shutdown.
export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware' }),
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
