import { derivedId } from '../derived-id.ts'

/** Ids of ours for what Uptime Kuma numbers; another import of a later backup finds them again. */
export const monitorId = (key: string) => derivedId(`uptime-kuma monitor ${key}`)
/** A group that is a monitor of its own. */
export const monitorGroupId = (key: string) => derivedId(`uptime-kuma group-monitor ${key}`)
/** A group of a status page. */
export const pageGroupId = (key: string) => derivedId(`uptime-kuma page-group ${key}`)
export const incidentId = (key: string) => derivedId(`uptime-kuma incident ${key}`)
export const maintenanceId = (key: string) => derivedId(`uptime-kuma maintenance ${key}`)
/** Of an update that an incident or a maintenance stands for: the first one, that it has begun, that it is over. */
export const updateId = (of: 'incident' | 'maintenance', key: string, update: 'first' | 'begun' | 'over') =>
  derivedId(`uptime-kuma ${of} ${key} update ${update}`)
