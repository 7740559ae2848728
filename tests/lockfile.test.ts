import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface LockedPackage {
  version?: string
  optionalDependencies?: Record<string, string>
  resolved?: string
  gypfile?: boolean
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>
}

test('the lockfile names the builds for every platform, so that `npm ci` accepts it anywhere', () => {
  const names = Object.keys(packages)
  const wanted = Object.values(packages).flatMap((it) => Object.keys(it.optionalDependencies ?? {}))
  const missing = wanted.filter((name) => !names.some((path) => path.endsWith(`node_modules/${name}`)))
  expect([...new Set(missing)]).toEqual([])
})

test('every dependency of ours is pinned exactly', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  )
  expect(loose).toEqual([])
})

/**
 * `npm ci` asks the lockfile alone whether a package with a `binding.gyp` is to be built, and where that says nothing it
 * runs node-gyp, which needs Python and a compiler. npm does not write the answer into it: after each change of the
 * lockfile by npm it has to be put back by hand.
 */
test('the lockfile says of packages that come built that they are, so that `npm ci` needs no compiler', () => {
  const built = Object.keys(packages).filter((folder) => {
    if (!existsSync(`${folder}/binding.gyp`)) return false
    return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).gypfile === false
  })
  expect(built).toContain('node_modules/better-sqlite3')
  expect(built.filter((folder) => packages[folder]?.gypfile !== false)).toEqual([])
})
