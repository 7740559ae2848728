import { isDeepStrictEqual } from 'node:util'
import { listComponents } from '../../../src/domain/components/components.ts'
import { readComponentStatuses } from '../../../src/domain/components/impacts.ts'
import { readFeed } from '../../../src/domain/status-page/read-feed.ts'
import { readHome } from '../../../src/domain/status-page/read-home.ts'
import { historyFeed } from '../../../src/render/history-feed.ts'
import type { Site } from '../../support/site.ts'
import type { Client, Json } from './client.ts'

interface Item {
  feed: 'history' | 'updates'
  title: string
  html: string
  at: string | number
}

/** What everybody, and a program with a token, is told at one moment: all of it, by the ways that readers have. */
export interface Said {
  headline: Json
  /** By id. */
  components: Map<string, string>
  /** By the key of a defect and a goal. */
  promises: Map<string, Json>
  /** By feed and address: title and body. */
  items: Map<string, Item>
  /** By path. */
  feeds: Map<string, string>
  calendars: Map<string, string>
}

export async function readWhatIsSaid(site: Site, api: Client): Promise<Said> {
  const { ctx } = site
  const viewpoint = { url: ctx.config.url, now: site.clock.now() }
  const { headline } = await readHome(ctx.read, viewpoint)
  const statuses = await readComponentStatuses(ctx.read, viewpoint.now)
  const all = await listComponents(ctx.read, { archived: true })
  const textOf = async (path: string) => (await site.web.request(path)).text()
  const itemsOf = async (componentId?: string) => {
    const view = await readFeed(ctx.read, { componentId }, viewpoint)
    return view === undefined ? [] : historyFeed(view).items
  }
  const history = await itemsOf()
  const updates = JSON.parse(await textOf('/feed.json')).items as Json[]
  const feeds = new Map<string, string>()
  const bodies = (items: { title: string; html: string; publishedAt: number }[]) =>
    JSON.stringify(items.map(({ title, html, publishedAt }) => [title, html, publishedAt]))
  feeds.set('/history.rss', bodies(history))
  feeds.set('/feed.json', JSON.stringify(updates))
  for (const { id } of all) feeds.set(`/components/${id}/history.rss`, bodies(await itemsOf(id)))
  const { body } = await api.get('/defects?limit=100')
  return {
    headline: {
      sentence: headline.sentence,
      status: headline.status,
      ...JSON.parse(await textOf('/api/v2/status.json')).status,
    },
    components: new Map(
      all
        .filter(({ archivedAt }) => archivedAt === null)
        .map(({ id }) => [id, statuses.get(id) ?? 'operational']),
    ),
    promises: new Map(
      body.items.flatMap(({ key, sla }: Json) =>
        sla.goals.map(({ goal, verdict, deadline_at, completed_at }: Json) => [
          `${key} ${goal}`,
          { verdict, deadline_at, completed_at },
        ]),
      ),
    ),
    items: new Map<string, Item>([
      ...history.map(
        ({ url, title, html, publishedAt }) =>
          [`history ${url}`, { feed: 'history', title, html, at: publishedAt }] as const,
      ),
      ...updates.map(
        ({ id, title, content_html: html, date_published: at }) =>
          [`updates ${id}`, { feed: 'updates', title, html, at }] as const,
      ),
    ]),
    feeds,
    calendars: new Map([
      ['/calendar.ics', await textOf('/calendar.ics')],
      ['/commitments.ics', await textOf('/commitments.ics')],
    ]),
  }
}

/** Keys of what one has otherwise than the other, or alone. */
export function differing<Value>(one: Map<string, Value>, other: Map<string, Value>): string[] {
  const keys = new Set([...one.keys(), ...other.keys()])
  return [...keys].filter((key) => !isDeepStrictEqual(one.get(key), other.get(key)))
}
