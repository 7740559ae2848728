import node from '@astrojs/node'
import { defineConfig } from 'astro/config'

// `middleware` mode: src/main.ts owns the HTTP server, its limits and its shutdown.
export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware' }),
  trailingSlash: 'ignore',
  // No reader has a session; staff's are kept in the database.
  session: false,
  devToolbar: { enabled: false },
  telemetry: false,
  build: { inlineStylesheets: 'never' },
  vite: { build: { assetsInlineLimit: 0 } },
})
