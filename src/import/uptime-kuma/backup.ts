import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Instant } from '../../lib/instant.ts'
import { lenient, noteLeftOut } from '../left-out.ts'
import { parseJson } from '../source.ts'

/**
 * A backup of Uptime Kuma, its records not looked at yet. Versions differ in what is in one: monitors in each, status pages
 * with their groups, incidents and maintenances in some.
 */
export interface KumaBackup {
  /** When its file was written: what is in it was known by then. */
  madeAt: Instant
  monitors: unknown[]
  statusPages: StatusPage[]
  incidents: unknown[]
  maintenances: unknown[]
  /** Whether the backup tells which monitors are public. */
  hasStatusPages: boolean
  /** How many of what has no counterpart here, by the name that a reader knows. */
  others: Record<string, number>
  /** What was left out before any record was looked at, as sentences. */
  notes: string[]
}

/** A page that was published, with the groups that it shows. */
export interface StatusPage {
  title: string | null
  groups: unknown[]
}

const List = z.union([
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()).transform((byId) => Object.values(byId)),
])

/** A list, or an object of records by their number; anything else is left out. */
const many = (key: string) =>
  lenient(
    key,
    List.nullish().transform((list) => list ?? []),
    [],
  )
const one = (key: string) =>
  lenient(
    key,
    z
      .record(z.string(), z.unknown())
      .nullish()
      .transform((record) => (record ? [record] : [])),
    [],
  )

const Settings = z.object({
  title: lenient('title', z.string().nullish(), null),
  published: z.unknown().optional(),
})

/** A status page as its settings alone, or with all that it shows. */
const Page = z
  .looseObject({
    config: lenient('config', z.looseObject({}).optional(), undefined),
    publicGroupList: many('publicGroupList'),
    incident: one('incident'),
    incidents: many('incidents'),
    maintenanceList: many('maintenanceList'),
  })
  .transform(({ config, publicGroupList, incident, incidents, maintenanceList, ...settings }) => ({
    settings: Settings.parse({ ...settings, ...config }),
    groups: publicGroupList,
    incidents: [...incident, ...incidents],
    maintenances: maintenanceList,
  }))

const Backup = z.looseObject({
  version: z.unknown().optional(),
  monitorList: List,
  statusPageList: many('statusPageList'),
  incidentList: many('incidentList'),
  maintenanceList: many('maintenanceList'),
  heartbeatList: many('heartbeatList'),
  notificationList: many('notificationList'),
  proxyList: many('proxyList'),
})

/** @throws Error with one sentence about what the file is not */
export async function readBackup(file: string): Promise<KumaBackup> {
  const { text, madeAt } = await contentOf(file)
  return parseBackup(parseJson({ text, at: file }), { at: file, madeAt })
}

/** @throws Error with one sentence about what the content of the file at `at` is not */
export function parseBackup(content: unknown, { at, madeAt }: { at: string; madeAt: Instant }): KumaBackup {
  const { result: parsed, leftOut } = noteLeftOut(() => Backup.safeParse(content))
  if (!parsed.success) throw new Error(`${at} is no backup of Uptime Kuma: it has no “monitorList”.`)
  const backup = parsed.data
  const notes = leftOut.map((key) => `Not understood and left out: “${key}” of the backup.`)
  const pages = backup.statusPageList.flatMap((raw) => readStatusPage(raw, notes))
  const published = pages.filter(({ settings }) => settings.published !== false && settings.published !== 0)
  const drafts = pages.filter((page) => !published.includes(page)).map(({ settings }) => settings.title)
  if (drafts.length > 0)
    notes.push(`Not published there and left out: ${drafts.map((title) => title ?? 'a page').join(', ')}.`)
  const beats = backup.heartbeatList.reduce<number>(
    (sum, one) => sum + (Array.isArray(one) ? one.length : 1),
    0,
  )
  return {
    madeAt,
    monitors: backup.monitorList,
    statusPages: published.map(({ settings, groups }) => ({ title: settings.title ?? null, groups })),
    incidents: unique([...backup.incidentList, ...published.flatMap(({ incidents }) => incidents)]),
    maintenances: unique([
      ...backup.maintenanceList,
      ...published.flatMap(({ maintenances }) => maintenances),
    ]),
    hasStatusPages: pages.some(({ groups }) => groups.length > 0),
    others: {
      heartbeats: beats,
      notifications: backup.notificationList.length,
      proxies: backup.proxyList.length,
      ...unknownParts(backup),
    },
    notes,
  }
}

function readStatusPage(raw: unknown, notes: string[]): z.output<typeof Page>[] {
  const { result: page, leftOut } = noteLeftOut(() => Page.safeParse(raw).data)
  const name = page?.settings.title ?? 'a status page'
  if (page === undefined) notes.push('Not understood and left out: a status page.')
  else notes.push(...leftOut.map((key) => `Not understood and left out: “${key}” of ${name}.`))
  return page === undefined ? [] : [page]
}

/** Parts that no version had when this was written, with how much is in each. */
function unknownParts(backup: Record<string, unknown>): Record<string, number> {
  const parts = Object.entries(backup).filter(([key, part]) => !(key in Backup.shape) && part !== null)
  return Object.fromEntries(
    parts.map(([key, part]) => [`“${key}”`, typeof part === 'object' ? Object.keys(part ?? {}).length : 1]),
  )
}

async function contentOf(file: string): Promise<{ text: string; madeAt: Instant }> {
  try {
    return { text: await readFile(file, 'utf8'), madeAt: Math.floor((await stat(file)).mtimeMs) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new Error(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`)
  }
}

/** Several pages show the same maintenance. */
function unique(raws: unknown[]): unknown[] {
  return [...new Map(raws.map((raw) => [JSON.stringify(raw), raw])).values()]
}
