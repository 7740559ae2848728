import { setImmediate } from 'node:timers/promises'
import type { Config } from '../src/config.ts'
import { prepareContext } from '../src/context.ts'
import { type Dice, seededDice } from '../src/demo/dice.ts'
import { createComponentGroup } from '../src/domain/components/component-groups.ts'
import type { ImpactLevel } from '../src/domain/components/component-status.ts'
import { createComponent } from '../src/domain/components/components.ts'
import type { IncidentId } from '../src/domain/incidents/incident.ts'
import { openIncident } from '../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../src/domain/incidents/post-update.ts'
import type { Actor, Tx } from '../src/domain/tx.ts'
import { localDateOf } from '../src/lib/dates.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../src/lib/instant.ts'
import { groupNames, incidentName, updateWords } from './scenario-words.ts'

/** How much a page has to show. */
export interface ScenarioSize {
  /** Up to 2,000, in groups of ten. */
  components: number
  /** How long the page has been there. */
  days: number
  /** Spread evenly over those days. All are over, but for the newest: with it readers come. */
  incidents: number
}

/** In one transaction: each by itself would wait for the disk, 400,000 times for the largest page. */
const MOMENTS_AT_ONCE = 500

const RESPONDER: Actor = { kind: 'staff', id: 'responder', name: 'Responder' }

/**
 * Fills an empty database with a page of this size, through the functions that real input goes through, each
 * update at its own moment up to `now`. The same size and `now` give the same page, apart from ids.
 * The largest, 2,000 components and 100,000 incidents over ten years, takes nine minutes of one core and 340 MB.
 */
export async function buildScenario(
  config: Config,
  { now, ...size }: ScenarioSize & { now: Instant },
): Promise<void> {
  const beginsAt = now - size.days * DAY_MS
  const ctx = await prepareContext(config, { now: () => beginsAt })
  try {
    const components = await ctx.write(RESPONDER, (tx) =>
      createComponents(tx, size.components, localDateOf(beginsAt, config.initial.timeZone)),
    )
    const moments = incidentMoments(components, { beginsAt, now, incidents: size.incidents })
    for (let start = 0; start < moments.length; start += MOMENTS_AT_ONCE) {
      await ctx.write(RESPONDER, async (tx) => {
        const some = moments.slice(start, start + MOMENTS_AT_ONCE)
        for (const { at, play } of some) await play({ ...tx, now: at })
      })
      // SQLite answers without waiting, so nothing else here lets Node free the statements that are done.
      await setImmediate()
    }
  } finally {
    await ctx.close()
  }
}

interface NamedComponent {
  id: string
  name: string
}

async function createComponents(tx: Tx, count: number, start_date: string): Promise<NamedComponent[]> {
  const made: NamedComponent[] = []
  for (let index = 0; made.length < count; index += 1) {
    const { group, components } = groupNames(index)
    const group_id = await createComponentGroup(tx, { name: group })
    for (const name of components.slice(0, count - made.length)) {
      made.push({ id: await createComponent(tx, { name, group_id, start_date }), name })
    }
  }
  return made
}

interface Moment {
  at: Instant
  play(tx: Tx): Promise<unknown>
}

/** None lasts as long. */
const LONGEST_MS = 12 * HOUR_MS

/** Everything that is posted, in the order in which it is. */
function incidentMoments(
  components: NamedComponent[],
  { beginsAt, now, incidents }: { beginsAt: Instant; now: Instant; incidents: number },
): Moment[] {
  const dice = seededDice(incidents)
  const spacing = (now - LONGEST_MS - beginsAt) / incidents
  const moments: Moment[] = []
  for (let index = 0; index < incidents - 1; index += 1) {
    moments.push(
      ...momentsOf(dice, components, beginsAt + Math.floor((index + dice.between(0, 1)) * spacing)),
    )
  }
  // The newest is known and not over.
  if (incidents > 0) moments.push(...momentsOf(dice, components, now - 3 * HOUR_MS).slice(0, 2))
  return moments.sort((a, b) => a.at - b.at)
}

/** The updates of one incident: opened, identified, watched, over. */
function momentsOf(dice: Dice, components: NamedComponent[], startsAt: Instant): Moment[] {
  const levels: Exclude<ImpactLevel, 'under_maintenance'>[] = [
    'degraded_performance',
    'degraded_performance',
    'partial_outage',
    'partial_outage',
    'major_outage',
  ]
  const level = dice.pick(levels)
  const affected = Array.from({ length: dice.whole(1, 3) }, () => dice.pick(components))
  const opening = {
    name: incidentName(dice, affected[0]?.name ?? '', level),
    body: updateWords(dice, 'investigating'),
    components: Object.fromEntries(affected.map(({ id }) => [id, level])),
  }
  let id: IncidentId
  let at = startsAt
  const open: Moment = {
    at,
    play: async (tx) => {
      id = await openIncident(tx, opening)
    },
  }
  const later = (['identified', 'monitoring', 'resolved'] as const).map((status): Moment => {
    at += Math.floor(dice.between(5, 200) * MINUTE_MS)
    const body = updateWords(dice, status)
    return { at, play: (tx) => postIncidentUpdate(tx, id, { status, body }) }
  })
  return [open, ...later]
}
