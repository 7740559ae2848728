import type { Actor, Tx } from '../domain/tx.ts'
import type { Job } from '../jobs/job.ts'
import { JOB_ACTOR } from '../jobs/job.ts'
import type { Instant } from '../lib/instant.ts'

/** One thing that somebody did at one moment of the demo's year, through the same functions as real input. */
export interface Act {
  at: Instant
  by: Actor
  play(tx: Tx, cast: Cast): Promise<unknown>
}

/** A moment at which a background job had something to do. */
export interface Duty {
  at: Instant
  job: Job
}

/** Ids, and one secret, by the names that the script gives to things, for instance `component/checkout`. */
export type Cast = Map<string, string>

/** @throws Error when the script speaks of something before it is there */
export function idOf(cast: Cast, name: string): string {
  const id = cast.get(name)
  if (id === undefined) throw new Error(`The demo has no ${name} yet.`)
  return id
}

/** The same record with the script's names replaced by ids. */
export function withIds<Value>(
  cast: Cast,
  kind: string,
  named: Record<string, Value>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(named).map(([name, value]) => [idOf(cast, `${kind}/${name}`), value]),
  )
}

/** The people of the demo, by what they do. */
export const PEOPLE = {
  administrator: { kind: 'staff', id: 'demoadministrator', name: 'Page administrator' },
  duty: { kind: 'staff', id: 'demodutyengineer', name: 'Duty engineer' },
  lead: { kind: 'staff', id: 'demoincidentlead', name: 'Incident lead' },
  support: { kind: 'staff', id: 'demosupportdesk', name: 'Support desk' },
  releases: { kind: 'staff', id: 'demoreleasemanager', name: 'Release manager' },
  avow: JOB_ACTOR,
} satisfies Record<string, Actor>
