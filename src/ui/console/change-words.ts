import { isInstantField } from '../../domain/events/instant-fields.ts'
import { instantWords } from '../../lib/date-words.ts'

/** A field's name as people say it: `scheduled_for` → "Scheduled for"; older events have names in another spelling. */
export function fieldWords(name: string): string {
  const words = name
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll('_', ' ')
    .replace(/ (at|id|on)$/, '')
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What stood or stands in a field, in words, as far as it has any. */
export function valueWords(name: string, value: unknown, zone: string): string {
  if (value === undefined || value === null || value === '') return 'nothing'
  if (isInstantField(name, value)) return instantWords(value, zone, { year: true })
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ')
  return JSON.stringify(value)
}
