import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

// The tree says what the product does; this keeps the arrows between its parts as ARCHITECTURE.md draws them.

const ROOTS = ['src', 'bench']

interface Source {
  /** Path from the project's folder, for instance `src/domain/tx.ts`. */
  file: string
  /** The part of the program it belongs to, for instance `domain/sla` or `config`. */
  part: string
  text: string
  /** Files of ours that it imports. */
  imports: string[]
  packages: string[]
}

const sources: Source[] = ROOTS.flatMap((root) => {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|astro)$/.test(name))
    .map((name) => sourceOf(path.resolve(root, name)))
})

/** What each part may import, besides itself. A part that is missing here is new: say where it stands. */
const MAY_IMPORT: Record<string, string[]> = {
  lib: [],
  errors: [],
  'db/schema': ['lib'],
  db: ['db/schema', 'errors', 'lib'],
  config: ['lib'],
  domain: ['db/schema', 'db/unique-violation', 'errors', 'lib'],
  context: ['config', 'db', 'domain', 'lib'],
  render: ['domain', 'lib'],
  ui: ['console/component-move', 'console/fields', 'console/local-time', 'domain', 'errors', 'lib', 'render'],
  // Who is signed in, and how somebody signs in.
  auth: ['context', 'domain', 'errors', 'lib'],
  // How pages of the console take forms.
  console: ['api/admin/consequences-json', 'api/problem', 'auth', 'context', 'domain', 'errors', 'lib'],
  pages: ['api/problem', 'auth', 'console', 'context', 'domain', 'errors', 'lib', 'render', 'ui'],
  api: ['auth', 'context', 'db/refusal', 'db/unique-violation', 'domain', 'errors', 'lib', 'render'],
  jobs: ['context', 'domain', 'errors', 'lib'],
  import: ['context', 'domain', 'errors', 'lib'],
  export: ['context', 'domain', 'render'],
  demo: ['auth', 'config', 'context', 'domain', 'jobs', 'lib', 'server'],
  commands: [
    'bundle',
    'config',
    'context',
    'db',
    'domain',
    'errors',
    'export',
    'import',
    'lib',
    'page-cache',
    'site-copy',
  ],
  web: ['api', 'console', 'context', 'errors', 'lib', 'security-headers'],
  'security-headers': [],
  server: ['config', 'readiness'],
  readiness: ['page-cache'],
  'set-up-link': ['context', 'domain'],
  // In front of what Astro serves.
  front: ['context', 'lib', 'metrics', 'page-cache', 'readiness'],
  metrics: ['context', 'db/database-waits', 'lib', 'page-cache'],
  'page-cache': ['context', 'db/version-watch', 'lib', 'render'],
  'site-copy': ['context', 'lib', 'page-cache'],
  bundle: [],
  patience: [],
  processes: ['context'],
  env: ['console', 'context', 'domain', 'ui'],
  // These wire everything; nothing imports them.
  'run-program': ['*'],
  serve: ['*'],
  worker: ['*'],
  'first-start': ['config'],
  'start-options': [],
  // The build makes of it, and of fetch.ts, what main.ts loads.
  entry: ['run-program'],
  main: ['bundle', 'start-options'],
  fetch: ['*'],
  cli: ['*'],
  // Measures the product from outside, as a process of its own, on a page that it has filled; nothing imports it.
  bench: ['bundle', 'config', 'context', 'demo/dice', 'domain', 'lib', 'page-cache'],
}

/** Inside the domain each module uses only those before it. */
const DOMAIN_ORDER = [
  'tx',
  'holds-text',
  'events',
  'page',
  'logos',
  'installation',
  'staff',
  'components',
  'updates',
  'incidents',
  'maintenance',
  'defects',
  'sla',
  'due-work',
  'status-page',
  'console',
]

describe('the parts of the program', () => {
  test('import only what they may', () => {
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter((target) => !mayImport(source, target))
        .map((target) => `${source.file} → ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('are all placed in the picture', () => {
    expect(sources.filter(({ part }) => !(part in MAY_IMPORT)).map(({ file }) => file)).toEqual([])
  })

  test('of the domain use only earlier modules', () => {
    const wrong = sources
      .filter(({ part }) => part === 'domain')
      .flatMap((source) =>
        source.imports
          .filter((target) => target.startsWith('src/domain/'))
          .filter((target) => rankOf(target) > rankOf(source.file))
          .map((target) => `${source.file} → ${target}`),
      )
    expect(wrong).toEqual([])
  })

  test('of the SLA engine are arithmetic: they know no rows, no terms and nobody who asks', () => {
    const engine = sources.filter(({ file }) => file.startsWith('src/domain/sla/engine/'))
    const wrong = engine.flatMap((source) =>
      source.imports
        // The names of severities and of why one changes are the defects'.
        .filter((target) => !/^src\/(lib\/|errors|domain\/(sla\/engine|defects)\/)/.test(target))
        .map((target) => `${source.file} → ${target}`),
    )
    expect(engine.length).toBeGreaterThan(10)
    expect([...wrong, ...engine.filter(({ packages }) => packages.length > 0)]).toEqual([])
  })

  test('leave SQL to the domain and the database folder', () => {
    const knowing = sources.filter(({ packages }) =>
      packages.some((name) => ['kysely', 'pg', 'better-sqlite3'].includes(name)),
    )
    const outside = knowing.filter(({ file }) => !/^src\/(domain|db)\//.test(file))
    expect(outside.map(({ file }) => file)).toEqual([])
  })

  test('read the environment in config.ts alone', () => {
    expect(filesWith(/process\.env\b|loadEnvFile/)).toEqual(['src/config.ts'])
  })

  test('ask the clock in context.ts alone', () => {
    // A page in a browser has a clock of its own, and a bench is nothing but one.
    const asking = filesWith(/Date\.now|new Date\(\)|Temporal\.Now|performance\.now/)
    const ours = asking.filter((file) => !/^(src\/ui\/(console\/)?client|bench)\//.test(file))
    // A stopwatch knows no time of day.
    expect(ours.toSorted()).toEqual(['src/context.ts', 'src/lib/stopwatch.ts'])
  })
})

describe('a file of ours', () => {
  test('has at most 300 lines, or says why it has more', () => {
    const long = sources
      .filter(({ text }) => text.split('\n').length > 300 && !text.includes('Longer than 300 lines because'))
      .map(({ file }) => file)
    expect(long).toEqual([])
  })
})

function mayImport(source: Source, target: string): boolean {
  const targetPart = partOf(target)
  if (targetPart === source.part) return true
  if (targetPart === 'bench') return false
  const allowed = MAY_IMPORT[source.part] ?? []
  const name = target.replace(/^src\//, '').replace(/\.(ts|astro)$/, '')
  return allowed.includes('*') || allowed.includes(targetPart) || allowed.includes(name)
}

function rankOf(file: string): number {
  const module = file.split('/')[2]?.replace(/\.ts$/, '') ?? ''
  const rank = DOMAIN_ORDER.indexOf(module)
  if (rank < 0) throw new Error(`${file} has no place in the order of the domain.`)
  return rank
}

/** `src/db/schema.ts` stands apart from the rest of `db`: the domain may know the tables, not the connections. */
function partOf(file: string): string {
  if (file === 'src/db/schema.ts') return 'db/schema'
  const [root = '', first = ''] = file.split('/')
  if (root !== 'src') return root
  return first.replace(/(\.d)?\.(ts|astro)$/, '')
}

function sourceOf(file: string): Source {
  const text = readFileSync(file, 'utf8')
  const specifiers = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
  const inProject = (absolute: string) => path.relative(process.cwd(), absolute).replaceAll(path.sep, '/')
  const relative = specifiers.filter((specifier) => specifier.startsWith('.'))
  return {
    file: inProject(file),
    part: partOf(inProject(file)),
    text,
    imports: relative
      .map((specifier) => inProject(path.resolve(path.dirname(file), specifier)))
      .filter((target) => /^(src|bench)\/.*\.(ts|astro)$/.test(target)),
    packages: specifiers
      .filter((specifier) => !specifier.startsWith('.'))
      .map((name) => name.split('/')[0] ?? name),
  }
}

function filesWith(pattern: RegExp): string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)
}
