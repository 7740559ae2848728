import { derivedId } from '../derived-id.ts'

/** Ids of ours for what Cachet numbers; another import of the same page finds them again. */
export const groupId = (key: string) => derivedId(`cachet group ${key}`)
export const componentId = (key: string) => derivedId(`cachet component ${key}`)
export const incidentId = (key: string) => derivedId(`cachet incident ${key}`)
export const scheduleId = (key: string) => derivedId(`cachet schedule ${key}`)
/** Of an update that Cachet numbers, or, by a word, of one that its incident or schedule stands for. */
export const updateId = (of: 'incident' | 'schedule', key: string, update: string) =>
  derivedId(`cachet ${of} ${key} update ${update}`)
