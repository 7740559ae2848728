import { parseRecord } from '../fields.ts'
import {
  type ImportedComponent,
  type ImportedGroup,
  type ImportedPage,
  type Reading,
  readEach,
} from '../imported-page.ts'
import type { KumaBackup } from './backup.ts'
import { groupOfMonitors, toComponent, toGroup } from './components.ts'
import { Incident, Maintenance, Monitor, PageGroup, PageMonitor, PageMonitors } from './documents.ts'
import { toIncident, toMaintenance } from './happenings.ts'
import { monitorGroupId, monitorId, pageGroupId } from './ids.ts'

/**
 * A backup of Uptime Kuma in our terms. Where it has status pages, what they show is what comes; otherwise every monitor
 * that is active does, and what is not for everybody has to be archived.
 * @param zone that of the server, for maintenances that refer to it
 */
export function readPage(backup: KumaBackup, zone: string): ImportedPage {
  const notes = [...backup.notes]
  const { groups, components } = backup.hasStatusPages
    ? fromPages(backup, notes)
    : fromMonitors(backup, notes)
  const names = new Map(
    backup.monitors.flatMap((raw) => {
      const monitor = Monitor.safeParse(raw).data
      return monitor === undefined ? [] : [[monitor.id, monitor.name]]
    }),
  )
  const beside = { names, zone, madeAt: backup.madeAt }
  const titles = [...new Set(backup.statusPages.flatMap((page) => page.title || []))]
  const [title] = titles
  if (titles.length > 1) notes.push(`One page is made of several: ${titles.join(', ')}.`)
  const others = Object.entries(backup.others).filter(([, count]) => count > 0)
  if (others.length > 0)
    notes.push(
      `Without a counterpart here: ${others.map(([what, count]) => `${what} (${count})`).join(', ')}.`,
    )
  return {
    system: 'Uptime Kuma',
    settings: title ? { name: title } : {},
    groups,
    components,
    incidents: readEach(backup.incidents, (raw) => toIncident(parseRecord(Incident, raw))),
    maintenances: readEach(backup.maintenances, (raw) =>
      toMaintenance(parseRecord(Maintenance, raw), beside),
    ),
    notes,
  }
}

type Parts = { groups: Reading<ImportedGroup>[]; components: Reading<ImportedComponent>[] }

/** What status pages show; a monitor that several groups show is in the first of them. */
function fromPages({ statusPages, monitors }: KumaBackup, notes: string[]): Parts {
  const raws = statusPages.flatMap(({ groups }) => groups)
  const shown = raws.flatMap((raw) => {
    const group = PageGroup.safeParse(raw).data
    return readEach(PageMonitors.parse(raw), (monitor) =>
      toComponent(parseRecord(PageMonitor, monitor), group === undefined ? null : pageGroupId(group.id)),
    )
  })
  const firsts = new Map(shown.toReversed().map((reading) => [reading.id, reading]))
  const components = shown.filter((reading) => 'refusal' in reading || firsts.get(reading.id) === reading)
  const ids = new Set(shown.map(({ id }) => id))
  const hidden = monitors.filter((raw) => {
    const monitor = Monitor.safeParse(raw).data
    return monitor === undefined || !ids.has(monitorId(monitor.id))
  })
  if (hidden.length > 0)
    notes.push(`On no status page there and left out: ${hidden.length} of ${monitors.length} monitors.`)
  return { groups: readEach(raws, (raw) => toGroup(parseRecord(PageGroup, raw))), components }
}

/** Every active monitor; those that are groups become groups. */
function fromMonitors({ monitors }: KumaBackup, notes: string[]): Parts {
  const known = monitors.map((raw) => ({ raw, monitor: Monitor.safeParse(raw).data }))
  const active = known.filter(({ monitor }) => monitor?.active !== false)
  const groups = active.filter(({ monitor }) => monitor?.type === 'group')
  const others = active.filter(({ monitor }) => monitor?.type !== 'group')
  note(
    notes,
    'Paused there and left out',
    known.filter((one) => !active.includes(one)),
  )
  note(
    notes,
    'In no other group any more',
    groups.filter(({ monitor }) => monitor?.parent),
  )
  if (others.length > 0)
    notes.push('The backup does not say which monitors are public: archive those that are not for everybody.')
  return {
    groups: readEach(
      groups.map(({ raw }) => raw),
      (raw) => groupOfMonitors(parseRecord(Monitor, raw)),
    ),
    components: readEach(
      others.map(({ raw }) => raw),
      (raw) => {
        const monitor = parseRecord(Monitor, raw)
        return toComponent(monitor, monitor.parent === null ? null : monitorGroupId(monitor.parent))
      },
    ),
  }
}

function note(notes: string[], what: string, about: { monitor?: Monitor | undefined }[]): void {
  if (about.length > 0) notes.push(`${what}: ${about.map(({ monitor }) => monitor?.name).join(', ')}.`)
}
