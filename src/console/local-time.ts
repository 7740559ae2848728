import { invalidField } from '../errors.ts'
import { type Instant, toIso } from '../lib/instant.ts'
import type { Form } from './form.ts'

/** An instant as a date-and-time field of a browser shows it in a zone: `2026-11-26T01:20`. */
export function localTime(at: Instant, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}

/**
 * What stands in such a field, as the API takes it; undefined for an empty one. Of a time that a zone has twice the
 * earlier one is meant, and one that it jumps over is the same stretch later, as clocks are set.
 * @throws DomainError `invalid` naming the field
 */
export function isoOfLocalTime(text: string, zone: string, pointer: string): string | undefined {
  if (text === '') return undefined
  try {
    const local = Temporal.PlainDateTime.from(text)
    return toIso(local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds)
  } catch {
    // Temporal throws a RangeError for every text that is no date and time.
    throw invalidField(pointer, 'This is not a date and a time, for instance 2026-11-26T01:20.')
  }
}

/**
 * To when a form moves a time, as the API takes it: null for one that was taken out, undefined for one that stays. The
 * field knows no seconds: as long as nobody has touched it, the time stays to the millisecond.
 * @throws DomainError `invalid` naming the field
 */
export function movedTo(
  form: Form,
  name: string,
  was: Instant | null,
  zone: string,
): string | null | undefined {
  const text = form.text(name)
  if (text === (was === null ? '' : localTime(was, zone))) return undefined
  return isoOfLocalTime(text, zone, `/${name}`) ?? null
}
