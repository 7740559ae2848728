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

test('nginx adds nothing to what Avow says of staff and private addresses, and logs none of them', () => {
  const settings = readFileSync('deploy/nginx.conf', 'utf8')
  const [, paths = '', block = ''] = /location ~ \^\/\(([\w/|]+)\)\(\/\|\$\) \{([^}]*)\}/.exec(settings) ?? []
  expect(paths.split('|')).toEqual(expect.arrayContaining(['api/admin', 'v1', 'admin', 'private']))
  expect(block).toContain('access_log off;')
  // Otherwise it would inherit every header of the server, `Cache-Control: public` among them.
  expect([...block.matchAll(/add_header (\S+)/g)].map(([, name]) => name)).toEqual(['X-Robots-Tag'])
})
