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
  vite: { build: { assetsInlineLimit: 0 }, plugins: [consoleApart()] },
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

/** The console's script gets its own of what it has in common with the pages': a reader of those loads one small file. */
function consoleApart() {
  const mark = '?console'
  return {
    name: 'console-apart',
    enforce: 'pre',
    async resolveId(source, importer = '', options) {
      if (!importer.includes('/src/ui/console/client/') && !importer.endsWith(mark)) return null
      const found = await this.resolve(source, importer.replace(mark, ''), { ...options, skipSelf: true })
      const isShared = found?.id.includes('/src/') && !found.id.includes('/src/ui/console/')
      return isShared ? { ...found, id: found.id + mark } : found
    },
  }
}
