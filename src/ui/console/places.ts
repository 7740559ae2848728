import type { Scope } from '../../domain/staff/scopes.ts'

/** A place of the console, as its menu names it. */
export interface Place {
  path: string
  name: string
  /** Who has nothing to do there is not led there. */
  scope: Scope
}

/** The menu, in groups: what is done under stress, what the page is made of, what is promised, who may do it. */
export const PLACES: { name: string; places: Place[] }[] = [
  {
    name: 'Tell',
    places: [
      { path: '/admin', name: 'Now', scope: 'read' },
      { path: '/admin/incidents', name: 'Incidents', scope: 'read' },
      { path: '/admin/maintenance', name: 'Maintenance', scope: 'read' },
      { path: '/admin/templates', name: 'Templates', scope: 'incidents:write' },
    ],
  },
  {
    name: 'Promise',
    places: [
      { path: '/admin/defects', name: 'Defects', scope: 'read' },
      { path: '/admin/releases', name: 'Releases', scope: 'read' },
      { path: '/admin/sla', name: 'Terms', scope: 'read' },
    ],
  },
  {
    name: 'Run',
    places: [
      { path: '/admin/components', name: 'Components', scope: 'read' },
      { path: '/admin/page', name: 'Page', scope: 'components:write' },
      { path: '/admin/staff', name: 'Staff', scope: 'staff:write' },
      { path: '/admin/audit', name: 'Audit trail', scope: 'staff:write' },
    ],
  },
]

/** Whether a page stands at or below a place. */
export function isAt(place: Place, path: string): boolean {
  return place.path === '/admin'
    ? path === '/admin'
    : path === place.path || path.startsWith(`${place.path}/`)
}
