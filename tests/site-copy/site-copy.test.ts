import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Site, SiteCopy } from '../../src/site-copy/copy-site.ts'
import { fileOf, pathOf, withPaths } from '../../src/site-copy/file-name.ts'
import { SiteFolder } from '../../src/site-copy/folder.ts'
import { linksOf } from '../../src/site-copy/links.ts'

const ORIGIN = 'https://status.ledgerlane.example'

test.for([
  ['/', 'index.html', '/'],
  ['/sla', 'sla/index.html', '/sla'],
  ['/sla/', 'sla/index.html', '/sla'],
  ['/sla/2026-11', 'sla/2026-11/index.html', '/sla/2026-11'],
  ['/sla/record.csv', 'sla/record.csv', '/sla/record.csv'],
  ['/404', '404.html', '/404'],
  ['/history.json?page=2', 'history/page/2.json', '/history/page/2.json'],
  ['/history?page=2', 'history/page/2/index.html', '/history/page/2'],
  [
    '/history?component=api&page=2',
    'history/component/api/page/2/index.html',
    '/history/component/api/page/2',
  ],
] as const)('the file of %s is %s', ([address, file, written]) => {
  expect([fileOf(address), pathOf(address)]).toEqual([file, written])
})

test('a page leads to what it links, loads, shows when it is shared, and offers to choose', () => {
  const html = `<link rel="stylesheet" href="/theme/a.css"><meta property="og:image" content="${ORIGIN}/social.png">
    <a href="/sla#terms">Terms</a><a href="https://elsewhere.example/x">Away</a><a href="//elsewhere.example">Away</a>
    <a href="#here">Here</a><a href="mailto:a@b.example">Mail</a><script src="/_astro/a.js"></script><img src="/b.png">
    <form action="/history"><select name="component"><option value="">All</option><option value="api">API</option>
    </select></form><a href="/history?component=api&amp;page=2">Older</a>`
  expect(linksOf(html, ORIGIN)).toEqual([
    '/theme/a.css',
    '/social.png',
    '/sla',
    '/_astro/a.js',
    '/b.png',
    '/history?component=api',
    '/history?component=api&page=2',
  ])
  expect(withPaths(html, linksOf(html, ORIGIN))).toContain(
    '<a href="/history/component/api/page/2">Older</a>',
  )
})

describe('a copy in a folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'avow-copy-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** A site of a few pages; `pages` may change between two copies. */
  function siteOf(pages: Record<string, string>, unlinked: string[] = []): Site & { asked: string[] } {
    const asked: string[] = []
    return {
      origin: ORIGIN,
      asked,
      unlinked: async () => unlinked,
      builtFiles: [
        { key: '/robots.txt', body: Buffer.from('Allow: /'), headers: [['content-type', 'text/plain']] },
      ],
      render: async (address) => {
        asked.push(address)
        const body = pages[address]
        const contentType = address.endsWith('.json') ? 'application/json' : 'text/html; charset=utf-8'
        if (body === 'broken') return { status: 500, headers: [], body: Buffer.from('') }
        const status = body === undefined || address === '/404' ? 404 : 200
        return {
          status,
          headers: [['content-type', contentType]],
          body: Buffer.from(body ?? 'Nothing here.'),
        }
      },
    }
  }
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((it) => it.isFile())
      .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
      .sort()
  const long = (word: string) => `<p>${word}</p>`.repeat(100)
  const copyIn = async (site: Site) => new SiteCopy(site, await SiteFolder.open(folder))
  const only = async (kept: SiteCopy, ...addresses: string[]) => {
    for (const address of addresses) await kept.only(address)
    await kept.record()
  }
  const copy = async (site: Site) => (await copyIn(site)).all()

  test('has every page that another one leads to, with its compressed forms and a manifest', async () => {
    const pages = {
      '/': `<a href="/incidents/abc">x</a>${long('Home')}`,
      '/incidents/abc': long('Incident'),
      '/404': 'Not there.',
    }
    const copied = await copy(
      siteOf({ ...pages, '/incidents/abc.json': '{}', '/api/v2/incidents/abc.json': '{}' }),
    )
    expect(copied).toEqual({ files: 6, changed: 6, broken: [] })
    expect(await files()).toEqual([
      '404.html',
      'api/v2/incidents/abc.json',
      'incidents/abc.json',
      'incidents/abc/index.html',
      'incidents/abc/index.html.br',
      'incidents/abc/index.html.gz',
      'index.html',
      'index.html.br',
      'index.html.gz',
      'manifest.json',
      'robots.txt',
    ])
    const read = (name: string) => readFile(path.join(folder, name))
    expect(brotliDecompressSync(await read('index.html.br')).toString()).toBe(pages['/'])
    expect(gunzipSync(await read('index.html.gz')).toString()).toBe(pages['/'])
    const manifest = JSON.parse((await read('manifest.json')).toString())
    expect(manifest.files['incidents/abc/index.html']).toMatchObject({
      bytes: pages['/incidents/abc'].length,
      content_type: 'text/html; charset=utf-8',
    })
  })

  test('has the documents of every component and of every group', async () => {
    const list = JSON.stringify({
      components: [
        { id: 'shop', group: true },
        { id: 'api', group: false },
      ],
    })
    const documents = [
      '/api/v2/components/shop.json',
      '/api/v2/components/api.json',
      '/api/v2/components/api/uptime.json',
      '/uptime/api.json',
      '/components/api/badge.svg',
      '/components/shop/badge.svg',
    ]
    const { broken } = await copy(
      siteOf(
        {
          '/': '<a href="/components/api">API</a>',
          '/components/api': 'API',
          '/404': '-',
          '/api/v2/components.json': list,
          ...Object.fromEntries(documents.map((address) => [address, '{}'])),
        },
        ['/api/v2/components.json'],
      ),
    )
    expect(await files()).toEqual(expect.arrayContaining(documents.map((address) => address.slice(1))))
    expect(broken).toEqual([])
  })

  test('has every page of the documents that have several', async () => {
    const documents = {
      '/history.json': '{"next_page":2}',
      '/history.json?page=2': '{"next_page":null}',
      '/uptime/api.json': '{}',
      '/uptime/api.json?page=2': '{}',
    }
    const { broken } = await copy(
      siteOf({ '/': '-', '/404': '-', ...documents }, ['/history.json', '/uptime/api.json']),
    )
    expect(await files()).toEqual([
      ...['404.html', 'history.json', 'history/page/2.json', 'index.html', 'manifest.json', 'robots.txt'],
      ...['uptime/api.json', 'uptime/api/page/2.json'],
    ])
    expect(broken).toEqual([])
  })

  test('is written anew only where something has changed, and what is gone is taken away', async () => {
    await copy(
      siteOf({ '/': `<a href="/a">a</a><a href="/b">b</a>`, '/a': long('a'), '/b': 'b', '/404': '-' }),
    )
    const again = await copy(
      siteOf({ '/': `<a href="/a">a</a><a href="/b">b</a>`, '/a': long('a'), '/b': 'b', '/404': '-' }),
    )
    expect(again.changed).toBe(0)
    const less = await copy(siteOf({ '/': `<a href="/b">b</a>`, '/b': 'b, anew', '/404': '-' }))
    expect(less.changed).toBe(2)
    expect(await files()).toEqual(['404.html', 'b/index.html', 'index.html', 'manifest.json', 'robots.txt'])
  })

  test('gives whoever has begun to read a file the whole of it, as it was', async () => {
    await copy(siteOf({ '/': long('Before'), '/404': '-' }))
    const names = ['index.html', 'index.html.br', 'index.html.gz', 'manifest.json']
    const before = await Promise.all(names.map((name) => readFile(path.join(folder, name))))
    const handles = await Promise.all(names.map((name) => open(path.join(folder, name))))
    await copy(siteOf({ '/': long('Afterwards'), '/404': '-' }))
    const after = await Promise.all(names.map((name) => readFile(path.join(folder, name))))
    expect(after.filter((bytes, index) => before[index]?.equals(bytes))).toEqual([])
    for (const [index, handle] of handles.entries()) {
      expect(await handle.readFile()).toEqual(before[index])
      await handle.close()
    }
  })

  test('names what leads nowhere, and says nothing of documents that are not there', async () => {
    const site = siteOf({ '/': '<a href="/gone">x</a>', '/404': '-' }, ['/not-there.json'])
    const copied = await copy(site)
    expect(copied.broken).toEqual([{ address: '/gone', from: '/' }])
  })

  test('loses nothing when a page cannot be made at present', async () => {
    const pages = { '/': '<a href="/a">a</a>', '/a': 'a', '/404': '-' }
    await copy(siteOf(pages))
    const before = await files()
    await expect(copy(siteOf({ ...pages, '/a': 'broken' }))).rejects.toThrow('/a cannot be rendered')
    expect(await files()).toEqual(before)
  })

  describe('of some documents', () => {
    const page = (words: string) => `<a href="/a">a</a>${words}`
    const manifest = async () =>
      JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as {
        files: Record<string, object>
      }

    test('has what they lead to that is new, not what is gone, and all of it in the manifest', async () => {
      const pages: Record<string, string> = { '/': page('One'), '/a': 'a', '/b.json': '{}', '/404': '-' }
      const site = siteOf(pages)
      const kept = await copyIn(site)
      await kept.all()
      await only(kept, '/', '/b.json')
      Object.assign(pages, {
        '/': page('Two<a href="/c">c</a>'),
        '/c': '<a href="/">Home</a>',
        '/a': 'a, anew',
      })
      delete pages['/b.json']
      site.asked.length = 0
      await only(kept, '/', '/b.json')
      expect(site.asked).toEqual(['/', '/c', '/b.json'])
      expect(await files()).toEqual([
        ...['404.html', 'a/index.html', 'c/index.html', 'index.html', 'manifest.json', 'robots.txt'],
      ])
      expect(Object.keys((await manifest()).files)).toEqual([
        ...['404.html', 'a/index.html', 'c/index.html', 'index.html', 'robots.txt'],
      ])
      expect(await readFile(path.join(folder, 'a', 'index.html'), 'utf8')).toBe('a')
    })

    test('in the middle of all leaves none of them older, and makes no manifest of a part', async () => {
      const pages: Record<string, string> = { '/': page('One'), '/a': 'a', '/404': '-' }
      const site = siteOf(pages)
      const kept = await copyIn(site)
      let isChanged = false
      await kept.all({
        between: async () => {
          if (isChanged || !site.asked.includes('/')) return
          isChanged = true
          Object.assign(pages, { '/': page('Two<a href="/new">new</a>'), '/new': 'new' })
          await only(kept, '/')
          expect(await files()).toEqual(expect.arrayContaining(['index.html', 'new/index.html']))
          expect(await files()).not.toContain('manifest.json')
        },
      })
      expect(await readFile(path.join(folder, 'index.html'), 'utf8')).toContain('Two')
      expect(Object.keys((await manifest()).files)).toContain('new/index.html')
    })
  })

  test('leads to nothing that is not there yet, while it is written', async () => {
    const page = '<a href="/a">a</a>'
    await copy(siteOf({ '/': page, '/a': 'a', '/404': '-' }))
    const site = siteOf({
      '/': `${page}<a href="/b">b</a>`,
      '/a': 'a',
      '/b': '<a href="/c">c</a>',
      '/c': 'c',
      '/404': '-',
    })
    const before: Record<string, string[]> = {}
    const watched: Site = {
      ...site,
      render: async (address) => {
        const home = await readFile(path.join(folder, 'index.html'), 'utf8')
        before[address] = linksOf(home, ORIGIN)
        return site.render(address)
      },
    }
    await copy(watched)
    expect([before['/b'], before['/c'], await files()]).toEqual([
      ['/a'],
      ['/a', '/b'],
      expect.arrayContaining(['b/index.html', 'c/index.html']),
    ])
  })

  test('is completed after it was killed, whatever had been written by then', async () => {
    const pages = { '/': '<a href="/a">a</a>', '/a': 'a', '/404': '-' }
    const slip = siteOf({ ...pages, '/a': 'A slip of the pen.', '/404': 'broken' })
    const killed = async () => {
      const kept = await copyIn(slip)
      await only(kept, '/a')
      await kept.all()
    }
    await expect(killed()).rejects.toThrow('/404 cannot be rendered')
    await copy(siteOf(pages))
    await expect(killed()).rejects.toThrow('/404 cannot be rendered')
    await writeFile(path.join(folder, 'a', 'index.html.unfinished'), 'half of it')
    expect(await readFile(path.join(folder, 'a', 'index.html'), 'utf8')).toBe('A slip of the pen.')
    await copy(siteOf(pages))
    expect(await readFile(path.join(folder, 'a', 'index.html'), 'utf8')).toBe('a')
    expect(await files()).toEqual(['404.html', 'a/index.html', 'index.html', 'manifest.json', 'robots.txt'])
  })

  test('goes into no folder that has other things in it, or cannot be made', async () => {
    await writeFile(path.join(folder, 'precious.txt'), 'mine')
    await expect(SiteFolder.open(folder)).rejects.toThrow('has other things in it')
    await writeFile(path.join(folder, 'manifest.json'), '{"name": "another program’s"}')
    await expect(SiteFolder.open(folder)).rejects.toThrow('is not one of Avow’s')
    const below = path.join(folder, 'precious.txt', 'copy')
    await expect(SiteFolder.open(below)).rejects.toThrow(`${below} cannot be made (ENOTDIR); name a folder`)
    expect(await files()).toEqual(['manifest.json', 'precious.txt'])
  })
})
