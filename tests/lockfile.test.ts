import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface LockedPackage {
  version?: string
  optionalDependencies?: Record<string, string>
  resolved?: string
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
