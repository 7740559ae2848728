import type { ComponentStatus } from '../../domain/components/component-status.ts'
import type { ImportedComponent, ImportedGroup } from '../imported-page.ts'
import { leaveOut } from '../left-out.ts'
import type { ComponentRecord, GroupRecord } from './documents.ts'
import { componentId, groupId } from './ids.ts'

/** Cachet's numbers for the states of a component; 0 and 5 mean that nobody knows. */
const COMPONENT_STATUS: Record<number, ComponentStatus> = {
  0: 'operational',
  1: 'operational',
  2: 'degraded_performance',
  3: 'partial_outage',
  4: 'major_outage',
  5: 'operational',
}

/** The state that a number stands for; one that is missing or unknown says nothing bad. */
export function componentStatus(code: number | null | undefined, key: string): ComponentStatus {
  const status = COMPONENT_STATUS[code ?? 1]
  if (status === undefined) leaveOut(key)
  return status ?? 'operational'
}

/** The components that everybody sees, by Cachet's number, as they are called and stand now. */
export type ComponentsNow = ReadonlyMap<string, { name: string; statusNow: ComponentStatus }>

export function toGroup(record: GroupRecord): ImportedGroup {
  return { ...placeAndTimes(record), id: groupId(record.id), name: record.name, description: null }
}

export function toComponent(record: ComponentRecord): ImportedComponent {
  const group = groupKeyOf(record)
  // What it is now follows from incidents; a number that is none is told all the same.
  componentStatus(record.status, 'status')
  return {
    ...placeAndTimes(record),
    id: componentId(record.id),
    name: record.name,
    description: record.description,
    groupId: group === null ? null : groupId(group),
    startOn: null,
    showcase: true,
    onlyShowIfDegraded: false,
  }
}

/** Cachet's number of the group that a component is in. */
export function groupKeyOf(record: ComponentRecord): string | null {
  return record.group_id ?? record.group?.[0]?.id ?? null
}

/** Cachet counts places from 0, and leaves many at 0. */
function placeAndTimes({ order, created_at, updated_at }: GroupRecord | ComponentRecord) {
  const position =
    order === null || order === undefined || order < 0 || order > 99_999 ? {} : { position: order + 1 }
  return { ...position, createdAt: created_at, updatedAt: updated_at }
}
