import fc from 'fast-check'
import { COMPONENT_STATUSES } from '../../../src/domain/components/component-status.ts'
import { SEVERITIES } from '../../../src/domain/defects/defect.ts'
import { INCIDENT_STATUSES } from '../../../src/domain/incidents/incident.ts'
import { HOUR_MS, toIso } from '../../../src/lib/instant.ts'
import type { Site } from '../../support/site.ts'

/** A request that changes something, or is refused. */
export interface Write {
  method: 'post' | 'patch' | 'put' | 'delete'
  path: string
  body?: object
}

/** What there is to write about; of each the latest first. */
interface Subjects {
  now: number
  components: string[]
  incidents: string[]
  updates: { id: string; incident_id: string | null }[]
  maintenances: string[]
  defects: string[]
  releases: string[]
}

export type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never

const DICE = {
  minutes: fc.nat(600),
  pick: fc.nat(5),
  status: fc.constantFrom(...INCIDENT_STATUSES),
  level: fc.constantFrom(...COMPONENT_STATUSES),
  severity: fc.constantFrom(...SEVERITIES),
  yes: fc.boolean(),
}

const KINDS: Record<string, (step: Step, all: Subjects) => Write | undefined> = {
  openIncident: ({ pick, status, level }, { components }) => ({
    method: 'post',
    path: '/incidents',
    body: {
      name: `Trouble ${pick}.`,
      body: 'We look.',
      status,
      components: { [at(components, pick)]: level },
    },
  }),
  postUpdate: ({ pick, status, level, yes }, { components, incidents }) => ({
    method: 'post',
    path: `/incidents/${at(incidents, pick)}/updates`,
    body: {
      status,
      body: 'We **know** more.',
      deliver_notifications: yes,
      ...(yes && { components: { [at(components, pick)]: level } }),
    },
  }),
  editUpdate: ({ pick, status }, { updates }) => {
    const { id, incident_id } = updates[pick % updates.length] ?? {}
    if (incident_id == null) return undefined
    return {
      method: 'patch',
      path: `/incidents/${incident_id}/updates/${id}`,
      body: { status, body: 'Said better.' },
    }
  },
  rename: ({ pick, minutes }, { incidents }) => ({
    method: 'patch',
    path: `/incidents/${at(incidents, pick)}`,
    body: { name: `Trouble, ${minutes}` },
  }),
  postmortem: ({ pick }, { incidents }) => ({
    method: 'put',
    path: `/incidents/${at(incidents, pick)}/postmortem`,
    body: { body: 'What we learned.' },
  }),
  fileDefect: ({ minutes, severity, yes, pick }, { now }) => ({
    method: 'post',
    path: '/defects',
    body: {
      key: `CHK-${now}`,
      title: 'Payments are lost',
      severity,
      ...(yes && { confirmed_at: toIso(now - minutes * 1_000) }),
      ...(pick === 0 && { customer: 'acme', public: false }),
    },
  }),
  confirm: ({ pick, yes }, { defects, now }) => ({
    method: 'patch',
    path: `/defects/${at(defects, pick)}`,
    body: { confirmed_at: toIso(now), public: yes },
  }),
  link: ({ pick, yes, minutes }, { incidents, defects }) => ({
    method: yes || minutes % 2 === 0 ? 'put' : 'delete',
    path: `/incidents/${at(incidents, pick)}/defects/${at(defects, minutes)}`,
  }),
  happen: ({ pick, minutes, severity }, { defects }) => ({
    method: 'post',
    path: `/defects/${at(defects, pick)}/events`,
    body: [
      { type: 'responded', note: 'By telephone.' },
      { type: 'workaround', note: 'Take the other way.' },
      { type: 'fixed', note: 'It is out.' },
      { type: 'withdrawn', note: 'It did not hold.' },
      { type: 'deferred', note: 'Later, as we told you.', until: '2027-01-04' },
      {
        type: 'severity_changed',
        severity,
        change: minutes % 2 ? 'misclassified' : 'lowered',
        note: 'We saw.',
      },
    ][minutes % 6] as object,
  }),
  schedule: ({ pick, minutes, level }, { components, now }) => ({
    method: 'post',
    path: '/maintenances',
    body: {
      name: 'New disks',
      body: 'We change disks.',
      scheduled_for: toIso(now + minutes * 60_000),
      scheduled_until: toIso(now + minutes * 60_000 + HOUR_MS),
      components: { [at(components, pick)]: level },
    },
  }),
  maintain: ({ pick, minutes }, { maintenances }) => ({
    method: 'post',
    path: `/maintenances/${at(maintenances, pick)}/updates`,
    body: { status: ['in_progress', 'verifying', 'completed'][minutes % 3], body: 'We go on.' },
  }),
  cancel: ({ pick }, { maintenances }) => ({
    method: 'put',
    path: `/maintenances/${at(maintenances, pick)}/cancellation`,
    body: {},
  }),
  release: ({ pick, yes, minutes }, { releases, now }) =>
    yes && releases.length > 0
      ? {
          method: 'patch',
          path: `/releases/${at(releases, pick)}`,
          body: { published_at: toIso(now), reason: 'Now.' },
        }
      : {
          method: 'post',
          path: '/releases',
          body: { name: `26.${now}`, planned_at: toIso(now + minutes * HOUR_MS) },
        },
  component: ({ pick, yes }, { components }) => ({
    method: 'patch',
    path: `/components/${at(components, pick)}`,
    body: { name: `Part ${pick}`, only_show_if_degraded: yes },
  }),
  archive: ({ pick }, { components }) => ({ method: 'delete', path: `/components/${at(components, pick)}` }),
  page: ({ minutes, yes }) => ({
    method: 'patch',
    path: '/page',
    body: yes ? { time_zone: 'Asia/Tokyo', name: 'Ours' } : { commitments: minutes % 2 ? 'public' : 'off' },
  }),
}

/** Incidents, defects and what happens to them come more often than settings. */
export const anyStep = fc.record({
  ...DICE,
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('openIncident', 'postUpdate', 'fileDefect', 'link', 'happen') },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(KINDS)) },
  ),
})

/** The write that a step comes to as things are; what is missing for it is made instead. */
export async function writeOf(site: Site, step: Step): Promise<Write> {
  const all = await subjectsOf(site)
  const write = KINDS[step.kind]?.(step, all)
  if (write !== undefined && !write.path.includes(NOTHING)) return write
  const missing =
    /defects/.test(write?.path ?? '') && all.defects.length === 0 ? 'fileDefect' : 'openIncident'
  const instead = KINDS[/maintenances/.test(write?.path ?? '') ? 'schedule' : missing]?.(step, all)
  if (instead === undefined) throw new Error(`There is nothing to do instead of ${step.kind}.`)
  return instead
}

const NOTHING = 'nothing00000'

function at(ids: string[], index: number): string {
  return ids[index % ids.length] ?? NOTHING
}

async function subjectsOf({ ctx, clock }: Site): Promise<Subjects> {
  const idsOf = async (table: 'incident' | 'maintenance' | 'defect' | 'release') =>
    (await ctx.read.selectFrom(table).select('id').orderBy('created_at', 'desc').orderBy('id').execute()).map(
      ({ id }) => id as string,
    )
  const components = await ctx.read
    .selectFrom('component')
    .select('id')
    .where('archived_at', 'is', null)
    .orderBy('position')
    .execute()
  return {
    now: clock.now(),
    components: components.map(({ id }) => id),
    incidents: await idsOf('incident'),
    updates: await ctx.read
      .selectFrom('status_update')
      .select(['id', 'incident_id'])
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute(),
    maintenances: await idsOf('maintenance'),
    defects: await idsOf('defect'),
    releases: await idsOf('release'),
  }
}
