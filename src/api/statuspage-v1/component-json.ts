import type { Component } from '../../domain/components/component.ts'
import type { ComponentStatus } from '../../domain/components/component-status.ts'
import { toIso } from '../../lib/instant.ts'
import type { View } from './v1-routes.ts'
import { withoutNulls } from './without-nulls.ts'

/** A component as it is now, which incidents and maintenances decide. */
export function componentJson(
  component: Component,
  statuses: ReadonlyMap<string, ComponentStatus>,
  { page }: View,
): object {
  return withoutNulls({
    id: component.id,
    page_id: page.id,
    group_id: component.groupId,
    created_at: toIso(component.createdAt),
    updated_at: toIso(component.updatedAt),
    group: false,
    name: component.name,
    description: component.description,
    position: component.position,
    status: statuses.get(component.id) ?? 'operational',
    showcase: component.showcase,
    only_show_if_degraded: component.onlyShowIfDegraded,
    start_date: component.startOn,
  })
}
