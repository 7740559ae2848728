import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../bench/free-port.ts'
import { prepareContext } from '../../src/context.ts'
import { ERROR_CODES } from '../../src/errors.ts'
import { linksOf } from '../../src/site-copy/links.ts'
import { createWeb } from '../../src/web.ts'
import { type AdminApi, create } from '../support/admin-client.ts'
import { makePage, type Page } from '../support/page.ts'
import { publicRoutes } from '../support/public-routes.ts'
import { launchProgram, type RunningProgram, startProgram } from '../support/running-program.ts'
import { testConfig } from '../support/test-config.ts'

// The real program keeps a copy of its page; then it is ended, and a web server has the copy alone.

let page: Page
let folder: string
let copy: string
let program: RunningProgram
let api: AdminApi
let told: string
let takenOff: string

beforeAll(async () => {
  page = await makePage('sqlite')
  folder = path.dirname(page.file)
  copy = path.join(folder, 'status')
  program = await startProgram(page.url, { AVOW_PUBLISH_DIR: copy })
  api = { origin: program.origin, secret: page.secret }
  await create(api, '/incidents', {
    ...{ name: 'An old story', body: 'It was mended at once. '.repeat(20), backfilled: true },
    display_at: new Date(Date.now() - 100 * 86_400_000).toISOString(),
  })
  takenOff = (await create(api, '/components', { name: 'Fax' })).id
  await fetch(`${program.origin}/api/admin/v1/components/${takenOff}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${page.secret}` },
  })
  told = (await create(api, '/defects', { key: 'CHK-0', title: 'A total is wrong', severity: 'low' })).id
})
afterAll(async () => {
  await program.stop()
  await page.remove()
})

/** Those that have a sample file in `deploy/`. */
const WEB_SERVERS = [
  { name: 'nginx', version: '-v', start: startNginx },
  { name: 'caddy', version: 'version', start: startCaddy },
]

/** A server that knows no more than folders has one policy for all pages, so those of the copy name their style sheets. */
const withoutStyles = (html: string) =>
  html.replaceAll(/<style>.*?<\/style>|<link rel="stylesheet"[^>]*>/gs, '')

const textOf = (name: string) =>
  existsSync(path.join(copy, name)) ? readFileSync(path.join(copy, name), 'utf8') : ''

/** How long it took until all of these files said something, in milliseconds. */
async function untilSaid(words: string, names: string[]): Promise<number> {
  const startedAt = performance.now()
  while (!names.every((name) => textOf(name).includes(words))) {
    if (performance.now() - startedAt > 30_000) throw new Error(`The copy does not say “${words}”.`)
    await delay(20)
  }
  return performance.now() - startedAt
}

describe('the published copy', () => {
  test('says what was written within a second, wherever people look for it', async () => {
    const component = await create(api, '/components', { name: 'Checkout' })
    const components = { [component.id]: 'major_outage' }
    const { id } = await create(api, '/incidents', {
      name: 'Payments fail',
      body: 'We are looking into it.',
      components,
    })
    await untilSaid('Payments fail', ['index.html'])
    const defect = await create(api, '/defects', {
      key: 'CHK-1',
      title: 'Payments are lost',
      severity: 'critical',
      confirmed_at: new Date(Date.now() - 60_000).toISOString(),
    })
    await fetch(`${program.origin}/api/admin/v1/incidents/${id}/defects/${defect.id}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${page.secret}` },
    })
    // The first copy of all has the fonts of images to load first, for which a change has to wait as well.
    await untilSaid('social.png', ['manifest.json'])
    const took: number[] = []
    for (let round = 1; round <= 8; round += 1) {
      const words = `Card payments fail for every ${round}th customer.`
      await create(api, `/incidents/${id}/updates`, { status: 'identified', body: words })
      took.push(
        await untilSaid(words, [
          'index.html',
          `incidents/${id}/index.html`,
          'updates.rss',
          'api/v2/incidents/unresolved.json',
        ]),
      )
    }
    console.info(`An update was in the copy after ${took.map(Math.round).join(', ')} ms.`)
    await untilSaid('CHK-1', [`defects/${defect.id}/index.html`])
    expect(Math.max(...took)).toBeLessThan(1_000)
  })

  test('has every document that the program has, and no link that leads nowhere', async () => {
    await untilSaid('sla/commitments.json', ['manifest.json'])
    const { files } = JSON.parse(textOf('manifest.json')) as { files: Record<string, object> }
    const names = new Set(Object.keys(files))
    const web = createWeb(await prepareContext(testConfig(`file:${path.join(folder, 'none.db')}`)))
    const documents = publicRoutes(web).filter(
      (route) => !/[:*]|^\/(api\/admin|v1|healthz|readyz|metrics)/.test(route),
    )
    expect(documents.length).toBeGreaterThan(10)
    expect(documents.filter((route) => !names.has(route.slice(1)))).toEqual([])
    // People are sent to these: by an answer of the API, by whoever has told them of a defect that is not confirmed, and
    // by links from when the component was there.
    const sentTo = [
      ...ERROR_CODES.map((code) => `problems/${code}`),
      `defects/${told}`,
      `components/${takenOff}`,
    ]
    expect(sentTo.filter((name) => !names.has(`${name}/index.html`))).toEqual([])
    const pages = [...names].filter((name) => name.endsWith('.html'))
    const broken = pages.flatMap((name) =>
      linksOf(textOf(name), program.origin)
        .filter((link) => !/^\/(api\/admin|private)/.test(link) && !link.includes('?'))
        .filter((link) => !names.has(link.slice(1)) && !names.has(path.join(link.slice(1), 'index.html')))
        .map((link) => `${name}: ${link}`),
    )
    expect(broken).toEqual([])
  })

  describe('is served as the program served it, when the program is off,', () => {
    let before: Response
    let text: string
    beforeAll(async () => {
      before = await fetch(`${program.origin}/sla`)
      text = await before.text()
      await untilSaid(text.slice(text.indexOf('<body')), ['sla/index.html'])
      await program.stop()
    })

    test.each(WEB_SERVERS)('by $name', async ({ name, version, start }) => {
      if (!isInstalled(name, version)) {
        // Nothing else stands in for the real one; the operator's folder has it where it matters.
        console.info(`${name} is not installed here, so its sample file was not tried.`)
        expect(textOf('index.html')).toContain('<h1')
        return
      }
      const server = await start()
      try {
        const after = await fetch(`${server.origin}/sla`)
        const html = await after.text()
        expect([after.status, withoutStyles(html)]).toEqual([200, withoutStyles(text)])
        for (const header of ['content-type', 'content-security-policy', 'cache-control', 'referrer-policy'])
          expect([header, after.headers.get(header)?.toLowerCase()]).toEqual([
            header,
            before.headers
              .get(header)
              ?.replaceAll(/ 'sha256-[^']+'/g, '')
              .toLowerCase(),
          ])
        expect(after.headers.get('content-encoding')).toMatch(/^(gzip|br)$/)
        const types = await Promise.all(
          [
            ...['/history.rss', '/history.atom', '/feed.json', '/api/v2/incidents.json', '/calendar.ics'],
            ...['/social.png', '/sla/record.csv'],
          ].map(async (address) => (await fetch(server.origin + address)).headers.get('content-type')),
        )
        expect(types).toEqual([
          'application/rss+xml',
          'application/atom+xml',
          'application/json',
          'application/json',
          'text/calendar; charset=utf-8',
          'image/png',
          'text/csv; charset=utf-8',
        ])
        const [, styles = ''] = /<link rel="stylesheet" href="(\/[^"]+)"/.exec(html) ?? []
        const style = await fetch(server.origin + styles)
        expect([style.status, style.headers.get('cache-control')]).toEqual([
          200,
          'public, max-age=31536000, immutable',
        ])
        const summary = await fetch(`${server.origin}/api/v2/summary.json`)
        expect(summary.headers.get('access-control-allow-origin')).toBe('*')
        for (const [address, policy, frames] of [
          ['/badge.svg', "style-src 'unsafe-inline'", 'DENY'],
          ['/embed', "frame-ancestors 'none'", null],
        ] as const) {
          const { status, headers } = await fetch(server.origin + address)
          expect([address, status, headers.get('x-frame-options')]).toEqual([address, 200, frames])
          expect(headers.get('content-security-policy')).toContain(policy)
        }
        const uptime = (await readdir(path.join(copy, 'uptime'))).find((name) => name.endsWith('.json'))
        const uptimes = [uptime, `${uptime}?page=2`].map(
          async (name) => (await fetch(`${server.origin}/uptime/${name}`)).status,
        )
        expect(await Promise.all(uptimes)).toEqual([200, 404])
        const past = await Promise.all(
          ['', '?page=2', '?page=3'].map(async (query) => fetch(`${server.origin}/history.json${query}`)),
        )
        expect(past.map(({ status }) => status)).toEqual([200, 200, 404])
        expect(await past[1]?.text()).toContain('An old story')
        expect(past[1]?.headers.get('content-encoding')).toMatch(/^(gzip|br)$/)
        const missing = await fetch(`${server.origin}/nothing`)
        expect([missing.status, (await missing.text()).includes('<h1')]).toEqual([404, true])
        const history = await (await fetch(`${server.origin}/history`)).text()
        const component = /<option value="(\w+)">Checkout</.exec(history)?.[1]
        const chosen = await fetch(`${server.origin}/history?component=${component}`)
        expect(await chosen.text()).toContain('History of Checkout')
        const older = [2, 3].map(async (page) => {
          const answer = await fetch(`${server.origin}/history?component=${component}&page=${page}`)
          return answer.status
        })
        expect(await Promise.all(older)).toEqual([200, 404])
        expect((await fetch(`${server.origin}/manifest.json`)).status).toBe(404)
        // What only Avow can answer is asked of Avow, which is off.
        expect((await fetch(`${server.origin}/readyz`)).status).toBe(502)
      } finally {
        await server.stop()
      }
    })
  })
})

test('a folder that has other things in it ends the start with a sentence, and stays as it is', async () => {
  const other = path.join(folder, 'other')
  await mkdir(other)
  await writeFile(path.join(other, 'precious.txt'), 'mine')
  const launched = await launchProgram(`file:${path.join(folder, 'unused.db')}`, { AVOW_PUBLISH_DIR: other })
  expect([await launched.serves, await launched.ended(), launched.said()]).toEqual([
    false,
    1,
    `${other} has other things in it; name an empty folder, or one that Avow has filled.\n`,
  ])
  expect(await readdir(other)).toEqual(['precious.txt'])
})

function isInstalled(name: string, version: string): boolean {
  try {
    execFileSync(name, [version], { stdio: 'ignore' })
    return true
  } catch {
    // Not installed.
    return false
  }
}

interface WebServer {
  origin: string
  stop(): Promise<void>
}

/** The sample file with this test's port and folder in it, in a server of its own. */
async function startNginx(): Promise<WebServer> {
  const { home, port } = await placeFor('nginx')
  const sample = (await readFile('deploy/nginx.conf', 'utf8'))
    .replace('listen 80', `listen 127.0.0.1:${port}`)
    .replace('/var/www/status', copy)
    .replace('127.0.0.1:4321', new URL(program.origin).host)
  const main = `daemon off; ${process.getuid?.() === 0 ? 'user root;' : ''} pid ${home}/pid; error_log stderr crit;
    events {} http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((it) => `${it}_temp_path ${home}/${it};`).join(' ')}
    ${sample} }`
  await writeFile(path.join(home, 'nginx.conf'), main)
  return running(
    spawn('nginx', ['-c', path.join(home, 'nginx.conf'), '-p', home], { stdio: 'inherit' }),
    port,
  )
}

/** The same with Caddy, over http and without its own port for orders. */
async function startCaddy(): Promise<WebServer> {
  const { home, port } = await placeFor('caddy')
  const sample = (await readFile('deploy/Caddyfile', 'utf8'))
    .replace('status.example.com {', `http://127.0.0.1:${port} {`)
    .replace('/var/www/status', copy)
    .replace('127.0.0.1:4321', new URL(program.origin).host)
  await writeFile(path.join(home, 'Caddyfile'), `{\n\tadmin off\n}\n${sample}`)
  const options = ['run', '--config', path.join(home, 'Caddyfile'), '--adapter', 'caddyfile']
  const env = { ...process.env, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home }
  return running(spawn('caddy', options, { stdio: 'ignore', env }), port)
}

async function placeFor(name: string): Promise<{ home: string; port: number }> {
  const home = path.join(folder, name)
  await mkdir(home)
  return { home, port: await freePort() }
}

async function running(server: ChildProcess, port: number): Promise<WebServer> {
  const ended = once(server, 'exit')
  const origin = `http://127.0.0.1:${port}`
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(origin)
      break
    } catch (error) {
      if (tries > 100 || server.exitCode !== null) throw error
      await delay(50)
    }
  }
  return {
    origin,
    stop: async () => {
      server.kill('SIGTERM')
      await ended
    },
  }
}
