import { DAY_MS } from '../../src/lib/instant.ts'

/** The pages that every browser test looks at, found by following links as a reader would. */
export async function sitePages(origin: string): Promise<Record<string, string>> {
  const home = await (await fetch(`${origin}/`)).text()
  const history = await (await fetch(`${origin}/history`)).text()
  const incident = linkIn(home, /href="(\/incidents\/[0-9a-z]+)/)
  const sla = await (await fetch(`${origin}/sla`)).text()
  return {
    home: '/',
    incident,
    defect: linkIn(await (await fetch(origin + incident)).text(), /href="(\/defects\/[0-9a-z]+)/),
    'past incident': lastLinkIn(history, /href="(\/incidents\/[0-9a-z]+)/g),
    maintenance: linkIn(home, /href="(\/maintenance\/[0-9a-z]+)/),
    history: '/history',
    'older history': '/history?page=2',
    'a day of the history': `/history/${new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)}`,
    component: linkIn(home, /href="(\/components\/[0-9a-z]+)/),
    uptime: '/uptime',
    sla: '/sla',
    'sla month': linkIn(sla, /href="(\/sla\/\d{4}-\d{2})"/),
    subscribe: '/subscribe',
    card: '/embed',
    problem: '/problems/conflict',
    'not found': '/nothing-here',
  }
}

function linkIn(html: string, pattern: RegExp): string {
  const link = pattern.exec(html)?.[1]
  if (link === undefined) throw new Error(`No link like ${pattern} on the page.`)
  return link
}

function lastLinkIn(html: string, pattern: RegExp): string {
  const link = [...html.matchAll(pattern)].at(-1)?.[1]
  if (link === undefined) throw new Error(`No link like ${pattern} on the page.`)
  return link
}
