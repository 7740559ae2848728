import { z } from 'zod'
import { WEEKDAYS } from '../../../lib/date-words.ts'
import { isTimeZone } from '../../../lib/time-zones.ts'
import { parseDate, parseTimeOfDay } from '../engine/civil-time.ts'
import type { DayHours } from './opening.ts'

export const SUPPORT_CHANNELS = ['chat', 'phone'] as const

const NUMBERS = 'Weekdays are numbers from 1 (Monday) to 7 (Sunday), each once.'
const NEVER = 'These hours never open; say at least one weekday with its times.'
const A_NIGHT =
  'Hours close later than they open, on the same day; a night is one entry to 24:00 and one from 00:00.'

const TimeOfDay = z
  .string()
  .refine(
    (text) => parseTimeOfDay(text) !== undefined,
    'A time is hours and minutes such as 09:00; 24:00 ends the day.',
  )

const DayHoursIn = z
  .strictObject({
    weekdays: z
      .array(z.int(NUMBERS).min(1, NUMBERS).max(7, NUMBERS))
      .min(1, NEVER)
      .refine((weekdays) => new Set(weekdays).size === weekdays.length, NUMBERS),
    opens: TimeOfDay,
    closes: TimeOfDay,
  })
  .refine(({ opens, closes }) => isAnyWrong(opens, closes) || opens < closes, A_NIGHT)

const HoursIn = z
  .array(DayHoursIn)
  .min(1, NEVER)
  .max(50)
  .superRefine((hours, context) => {
    for (const [index, entry] of hours.entries()) {
      const weekday = overlappingWeekday(entry, hours.slice(0, index))
      if (weekday === undefined) continue
      const message = `These hours overlap with earlier ones on ${WEEKDAYS[weekday - 1]}.`
      context.addIssue({ code: 'custom', path: [index], message })
    }
  })

const ExcludedDate = z
  .string()
  .refine((text) => parseDate(text) !== undefined, 'This is not a date; write it as 2026-12-25.')
  .refine((text) => text >= '1970' && text < '3000', 'This date lies outside the years 1970 to 2999.')

const Contact = z
  .string()
  .trim()
  .max(300)
  .refine(
    (text) => /^tel:\+?\d[\d.()-]*$/.test(text) || /^mailto:[^\s@]+@[^\s@]+$/.test(text) || isHttps(text),
    'This is no address to reach people at; write it as tel:+12025550143, mailto:help@example.com or https://example.com/chat.',
  )

const name = z.string().trim().min(1).max(100)

const fields = {
  channel: z.enum(SUPPORT_CHANNELS),
  product: name.nullable().describe('For one product, or null for every one.'),
  plan: name.nullable().describe('For one plan, or null for every one.'),
  time_zone: z.string().refine(isTimeZone, 'This is not an IANA time zone, for instance Asia/Kolkata.'),
  hours: HoursIn.describe('Weekdays (1 is Monday) with local times, half-open; 24:00 closes the day.'),
  // So few that a calendar of one weekday opens within the 400 days that the engine looks ahead.
  excluded_dates: z.array(ExcludedDate).max(50).describe('Local dates that are closed all day.'),
  contact: Contact.nullable().describe('Where to reach it: a tel, https or mailto address.'),
}

export const NewSupportHours = z.strictObject({
  ...fields,
  product: fields.product.default(null),
  plan: fields.plan.default(null),
  excluded_dates: fields.excluded_dates.default([]),
  contact: fields.contact.default(null),
})
export type NewSupportHours = z.input<typeof NewSupportHours>

export const SupportHoursChanges = z.strictObject(fields).partial()
export type SupportHoursChanges = z.input<typeof SupportHoursChanges>

/** The first weekday on which an entry is open at the same time as one of the others. */
function overlappingWeekday(entry: DayHours, others: readonly DayHours[]): number | undefined {
  const overlapping = others.filter(({ opens, closes }) => entry.opens < closes && opens < entry.closes)
  return entry.weekdays.find((weekday) => overlapping.some(({ weekdays }) => weekdays.includes(weekday)))
}

/** Said already, of the time itself. */
function isAnyWrong(...times: string[]): boolean {
  return times.some((time) => parseTimeOfDay(time) === undefined)
}

function isHttps(text: string): boolean {
  return /^https:\/\/\S+$/.test(text) && URL.canParse(text)
}
