import { defineConfig } from 'vitest/config'

// The same tests of domain, HTTP, jobs, import and commands run on both engines; the rest knows no database.
const onBothEngines = [
  'tests/domain/**/*.test.ts',
  'tests/api/**/*.test.ts',
  'tests/auth/**/*.test.ts',
  'tests/console/**/*.test.ts',
  'tests/jobs/**/*.test.ts',
  'tests/import/**/*.test.ts',
  'tests/export/**/*.test.ts',
  'tests/commands/**/*.test.ts',
  'tests/demo/**/*.test.ts',
  'tests/page-cache/**/*.test.ts',
  'tests/db/databases.test.ts',
  'tests/db/preview.test.ts',
  'tests/db/version-watch.test.ts',
]
const pure = [
  'tests/domain/sla/**/*.test.ts',
  'tests/import/reading/**/*.test.ts',
  'tests/demo/main.test.ts',
  'tests/commands/command-line.test.ts',
  'tests/commands/moving.test.ts',
  'tests/commands/sla-deadlines.test.ts',
]
// What has the bundle in the process of the test, with settings in its environment.
const withBundle = ['tests/browser/next-change.test.ts', 'tests/browser/page-cache.test.ts']
// What says how quick something is runs when nothing else does.
const alone = ['tests/browser/published-copy.test.ts']

// Faults that take a quarter of a minute and more even where little is tried: not in `npm test`.
const slowFaults = ['database-gone', 'hostile-client', 'interrupted-copy'].map(
  (name) => `tests/faults/${name}.test.ts`,
)
const isFull = process.env.FAULTS === 'full'
// What says how long readers and writers wait: in full it has the machine for itself, one file after the other.
const [HERD, SIZE] = ['tests/faults/herd.test.ts', 'tests/faults/size.test.ts']
const ofFaults = ['tests/support/postgres-server.ts', 'tests/support/build-site.ts']

// Most code runs so few times that to make it quick, or to keep its memory small, takes longer than it spares: a tenth
// of the processor's time.
const execArgv = [
  '--no-turbofan',
  '--min-semi-space-size=48',
  '--max-semi-space-size=48',
  '--no-parallel-scavenge',
  '--v8-pool-size=1',
]
// What tests write for the moment goes to memory.
const inMemory = 'tests/support/write-to-memory.ts'
const memoryFolder = 'tests/support/memory-folder.ts'

const faults = {
  execArgv,
  isolate: false,
  globalSetup: ['tests/faults/announce.ts', ...ofFaults],
  testTimeout: 120_000,
  hookTimeout: 60_000,
  // They wait for clocks and signals nearly half of their time, so one more at once, and among themselves.
  maxWorkers: 4,
  sequence: { groupOrder: 1 },
}

export default defineConfig({
  test: {
    // One more than two cores: tests wait for databases, browsers and clocks meanwhile.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'pure',
          execArgv,
          isolate: false,
          include: [
            'tests/*.test.ts',
            'tests/bench/**/*.test.ts',
            'tests/db/**/*.test.ts',
            'tests/lib/**/*.test.ts',
            'tests/render/**/*.test.ts',
            'tests/site-copy/**/*.test.ts',
            'tests/ui/**/*.test.ts',
            ...pure,
          ],
          globalSetup: [memoryFolder],
          setupFiles: [inMemory],
          exclude: onBothEngines.filter((pattern) => pattern.startsWith('tests/db/')),
          // Some start processes, which a busy machine does slowly.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'sqlite',
          execArgv,
          isolate: false,
          include: onBothEngines,
          exclude: pure,
          provide: { engine: 'sqlite' },
          globalSetup: [memoryFolder, 'tests/support/sqlite-template.ts'],
          setupFiles: [inMemory],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'postgres',
          execArgv,
          isolate: false,
          include: onBothEngines,
          exclude: pure,
          provide: { engine: 'postgres' },
          globalSetup: [memoryFolder, 'tests/support/postgres-server.ts'],
          setupFiles: [inMemory],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...faults,
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          exclude: [...slowFaults, HERD, SIZE],
        },
      },
      { test: { ...faults, name: 'slow-faults', include: slowFaults } },
      {
        test: {
          name: 'herd',
          execArgv,
          include: isFull ? [HERD, SIZE] : [HERD],
          globalSetup: ofFaults,
          hookTimeout: 60_000,
          sequence: { groupOrder: isFull ? 3 : 0 },
          ...(isFull && { maxWorkers: 1 }),
        },
      },
      {
        test: {
          name: 'browser',
          execArgv,
          isolate: false,
          include: ['tests/browser/**/*.test.ts'],
          exclude: [...alone, ...withBundle],
          globalSetup: [memoryFolder, 'tests/support/built-site.ts'],
          setupFiles: ['tests/support/unpack-browser.ts', inMemory],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'bundle',
          execArgv,
          include: withBundle,
          globalSetup: ['tests/support/build-site.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'alone',
          execArgv,
          include: alone,
          globalSetup: ['tests/support/build-site.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
