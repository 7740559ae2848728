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
  vite: { build: { assetsInlineLimit: 0 }, plugins: [ownCopies('/src/ui/console/client/'), withPackages()] },
})

/**
 * Gives scripts of one folder their own copies of what they share with others. What two scripts share becomes a file of
 * its own, and a reader who sees the public page for the first time would wait for one more.
 */
function ownCopies(folder) {
  const COPY = '?copy'
  return {
    name: 'own-copies',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined || !(importer.includes(folder) || importer.endsWith(COPY))) return null
      const resolved = await this.resolve(source, importer.replace(COPY, ''), { ...options, skipSelf: true })
      if (resolved === null || !resolved.id.endsWith('.ts') || resolved.id.includes(folder)) return resolved
      return { ...resolved, id: resolved.id + COPY }
    },
  }
}

/**
 * Takes packages into the build, so that a start reads a hundred files in place of a thousand: all but those with machine
 * code, and those that the first image loads. Only in a build, because Vite's server runs packages as they are.
 */
function withPackages() {
  const external = ['better-sqlite3', '@resvg/resvg-js', 'opentype.js', 'satori']
  return { name: 'with-packages', apply: 'build', config: () => ({ ssr: { noExternal: true, external } }) }
}

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
