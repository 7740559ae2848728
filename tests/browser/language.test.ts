import BetterSqlite from 'better-sqlite3'
import { Parser } from 'htmlparser2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listComponents } from '../../src/domain/components/components.ts'
import { updatePage } from '../../src/domain/page.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'
import { signIn } from '../support/staff.ts'

// What staff write says in which language it is, wherever that is not the English of the page's own words.

/** Stands at the end of every text that staff have written here, so that each can be found on a page. */
const MARK = '※'

const WRITTEN: Record<string, string[]> = {
  page: ['name', 'commitments_note'],
  component: ['name', 'description'],
  component_group: ['name', 'description'],
  incident: ['name', 'postmortem_body'],
  status_update: ['body'],
  maintenance: ['name'],
  defect: ['title'],
  defect_event: ['note'],
}

let site: PublicSite
let cookie: string

beforeAll(async () => {
  site = await startPublicSite()
  cookie = (await signIn(site.write, 'administrator', { origin: site.origin })).cookie
  await site.write((tx) => updatePage(tx, { commitments_note: 'As written in the contract.' }))
  const db = new BetterSqlite(site.file)
  for (const [table, columns] of Object.entries(WRITTEN)) {
    const set = columns.map((column) => `${column} = ${column} || ' ${MARK}'`)
    db.exec(`update ${table} set ${set.join(', ')}`)
  }
  db.close()
})
afterAll(() => site.stop())

describe('what staff write', () => {
  test('has no mark while it is English, as the page is', async () => {
    for (const path of await paths()) {
      const html = await read(path)
      expect([path, [...html.matchAll(/\slang=/g)].length]).toEqual([path, 1])
    }
  })

  test('is marked on every page, and the page’s own words are not', async () => {
    await site.write((tx) => updatePage(tx, { language: 'ar' }))
    for (const path of await paths()) {
      const texts = textsOf(await read(path))
      const written = texts.filter(({ text }) => text.includes(MARK))
      expect([path, written.filter(({ language }) => language !== 'ar rtl')]).toEqual([path, []])
      expect([path, written.length > 0]).toEqual([path, true])
      const ours = texts.filter(({ text }) => /Follow|Updates|Menu|uptime|update of/.test(text))
      expect([path, ours.filter(({ language }) => language !== 'en')]).toEqual([path, []])
    }
  })

  test('is named in feeds, whose reader gets nothing else to go by', async () => {
    await site.write((tx) => updatePage(tx, { language: 'pt-BR' }))
    expect(await read('/history.rss')).toContain('<language><![CDATA[pt-BR]]></language>')
    expect(await read('/updates.atom')).toContain('xml:lang="pt-BR"')
    expect(JSON.parse(await read('/feed.json')).language).toBe('pt-BR')
  })
})

async function paths(): Promise<string[]> {
  const { incidents, maintenances, defects, groups } = site.world
  const [component] = await listComponents(site.ctx.read)
  const ofComponent = `component=${component?.id}`
  return [
    '/',
    '/embed',
    '/history',
    '/sla',
    `/incidents/${incidents.open}`,
    `/incidents/${incidents.resolved}`,
    `/maintenance/${maintenances[0]}`,
    `/components/${component?.id}`,
    ...['history', 'uptime', 'subscribe'].map((page) => `/${page}?${ofComponent}`),
    ...Object.values(defects).map((id) => `/defects/${id}`),
    '/admin',
    '/admin/incidents',
    `/admin/incidents/${incidents.open}`,
    '/admin/maintenance',
    `/admin/maintenance/${maintenances[0]}`,
    '/admin/components',
    `/admin/components/${component?.id}`,
    `/admin/components/groups/${groups[0]}`,
    '/admin/defects',
    `/admin/defects/${defects.open}`,
  ]
}

async function read(path: string): Promise<string> {
  const response = await fetch(
    site.origin + path,
    path.startsWith('/admin') ? { headers: { Cookie: cookie } } : {},
  )
  expect([path, response.status]).toEqual([path, 200])
  return response.text()
}

/** Each text of a page with the language, and the direction if one is named, of the nearest element that names one. */
function textsOf(html: string): { text: string; language: string }[] {
  const found: { text: string; language: string }[] = []
  const above: { name: string; language: string }[] = []
  const parser = new Parser({
    onopentag: (name, { lang, dir }) => {
      const language = lang ? [lang, dir].filter(Boolean).join(' ') : (above.at(-1)?.language ?? '')
      above.push({ name, language })
    },
    ontext: (text) => {
      // What stands in the head has no part that could be marked.
      if (above.some(({ name }) => name === 'head' || name === 'script')) return
      found.push({ text, language: above.at(-1)?.language ?? '' })
    },
    onclosetag: () => above.pop(),
  })
  parser.end(html)
  return found
}
