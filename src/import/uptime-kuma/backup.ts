import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Instant } from '../../lib/instant.ts'
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
}

/** A page that was published, with the groups that it shows. */
export interface StatusPage {
  title: string | null
  groups: unknown[]
}

/** A list, or an object of records by their number; anything else is none. */
const Many = z
  .union([z.array(z.unknown()), z.record(z.string(), z.unknown()).transform((byId) => Object.values(byId))])
  .catch([])
  .default([])

const One = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch(null)
  .transform((one) => (one ? [one] : []))

/** A status page as its settings alone, or with all that it shows. */
const Page = z
  .looseObject({
    config: z.looseObject({}).optional().catch(undefined),
    publicGroupList: Many,
    incident: One,
    incidents: Many,
    maintenanceList: Many,
  })
  .transform(({ config, publicGroupList, incident, incidents, maintenanceList, ...settings }) => ({
    settings: z
      .object({ title: z.string().nullish().catch(null), published: z.unknown().optional() })
      .parse({ ...settings, ...config }),
    groups: publicGroupList,
    incidents: [...incident, ...incidents],
    maintenances: maintenanceList,
  }))

const Backup = z.looseObject({
  monitorList: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown()).transform(Object.values)]),
  statusPageList: Many,
  incidentList: Many,
  maintenanceList: Many,
  heartbeatList: Many,
  notificationList: Many,
  proxyList: Many,
})

/** @throws Error with one sentence about what the file is not */
export async function readBackup(file: string): Promise<KumaBackup> {
  const { text, madeAt } = await contentOf(file)
  const parsed = Backup.safeParse(parseJson({ text, at: file }))
  if (!parsed.success) throw new Error(`${file} is no backup of Uptime Kuma: it has no “monitorList”.`)
  const backup = parsed.data
  const pages = backup.statusPageList.flatMap((raw) => Page.safeParse(raw).data ?? [])
  const published = pages.filter(({ settings }) => settings.published !== false && settings.published !== 0)
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
    },
  }
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
