import type { ComponentStatus } from '../../components/component-status.ts'
import type { Defect } from '../../defects/defect.ts'
import { newChangeSentences, type PromiseConsequence, promiseConsequences } from './promise-consequences.ts'
import type { Outlook, OutlookDefect } from './read-outlook.ts'

/** What a write would change of what the page says below its headline, apart from feeds and calendars, which are bytes. */
export interface Consequences {
  /** Those whose state changes, in the order of the page. */
  components: ComponentConsequence[]
  /** All of the defects that the write tells of; of others, those that it moves. */
  promises: (PromiseConsequence & { defect: Defect; isPublic: boolean })[]
  /** What else is on record from then on, as sentences. */
  changes: string[]
  /** Whether the update that is posted is for subscribers; null when none is posted. */
  deliverNotifications: boolean | null
}

export interface ComponentConsequence {
  id: string
  name: string
  /** Null where the page does not have it. */
  before: ComponentStatus | null
  after: ComponentStatus | null
}

/** Compares how things are with how they would be. */
export function consequencesOf(before: Outlook, after: Outlook): Consequences {
  const posted = newUpdates(before, after)
  const newUpdateIds = new Set(posted.map(({ id }) => id))
  const earlier = new Map(before.defects.map((one) => [one.promises.defect.id, one]))
  const defects = after.defects.map((is) => ({ was: earlier.get(is.promises.defect.id), is }))
  return {
    components: componentConsequences(before.components, after.components),
    promises: defects.flatMap(({ was, is: { promises, isPublic, isTold } }) =>
      promiseConsequences(was?.promises, promises, newUpdateIds)
        .filter(({ effect }) => isTold || (effect !== 'unchanged' && effect !== 'stays_open'))
        .map((one) => ({ ...one, defect: promises.defect, isPublic })),
    ),
    changes: defects.flatMap(({ was, is }) => changeSentences(was, is)),
    deliverNotifications: posted.length === 0 ? null : posted.some((update) => update.deliverNotifications),
  }
}

function newUpdates(before: Outlook, after: Outlook) {
  const updatesOf = ({ incidents, maintenances }: Outlook) =>
    [...incidents, ...maintenances].flatMap(({ updates }) => updates)
  const known = new Set(updatesOf(before).map(({ id }) => id))
  return updatesOf(after).filter(({ id }) => !known.has(id))
}

function componentConsequences(
  before: Outlook['components'],
  after: Outlook['components'],
): ComponentConsequence[] {
  const [was, is] = [before, after].map((all) => new Map(all.map((one) => [one.id, one.status])))
  const gone = before.filter(({ id }) => !is?.has(id))
  return [...after, ...gone]
    .map(({ id, name }) => ({ id, name, before: was?.get(id) ?? null, after: is?.get(id) ?? null }))
    .filter((one) => one.before !== one.after)
}

function changeSentences(was: OutlookDefect | undefined, is: OutlookDefect): string[] {
  const { key } = is.promises.defect
  const moved = newChangeSentences(was?.promises, is.promises).map((sentence) => `${key}: ${sentence}`)
  if ((was?.isPublic ?? false) === is.isPublic) return moved
  return [is.isPublic ? `${key} becomes public.` : `${key} is not public any more.`, ...moved]
}
