import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { NODE_OPTIONS } from './support/node-options.ts'

test('every command of the package and every sample starts Node as `npm start` does', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  for (const name of ['build', 'worker', 'demo', 'avow'])
    expect(scripts[name]).toContain(`node ${NODE_OPTIONS.join(' ')} src/`)
  for (const name of ['Dockerfile', 'compose.yaml', 'avow.service'])
    expect([name, readFileSync(`deploy/${name}`, 'utf8').replace(/[",\s]+/g, ' ')]).toEqual([
      name,
      expect.stringContaining(`bin/node ${NODE_OPTIONS.join(' ')} src/main.ts`),
    ])
})
