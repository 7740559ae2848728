import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadConfig } from '../src/config.ts'
import { openLog, systemClock } from '../src/context.ts'
import { readBuiltFiles } from '../src/page-cache/built-files.ts'
import { PageCache } from '../src/page-cache/page-cache.ts'

// A static site out of the same server as ours, so that two pages are compared and not two servers:
// `folder-server.ts FOLDER` writes the port on which it listens.
const [folder = ''] = process.argv.slice(2)
const files = await readBuiltFiles(folder, systemClock())
const own = await mkdtemp(path.join(tmpdir(), 'avow-folder-'))
const cache = await PageCache.open({
  folder: own,
  builtFiles: files.map((file) => ({ ...file, key: file.key.replace(/(?<=\/)index\.html$/, '') })),
  log: openLog(loadConfig({ AVOW_LOG_LEVEL: 'warn' })),
  now: systemClock,
})
const server = createServer(async (request, response) => {
  if ((await cache.answer(request, response)) === undefined) response.writeHead(404).end()
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.once('SIGTERM', async () => {
  server.close()
  server.closeAllConnections()
  await cache.close()
  await rm(own, { recursive: true, force: true })
  process.exit(0)
})
