import { describe, expect, test } from 'vitest'
import { forWhomWords } from '../../../../src/domain/sla/support/support-hours.ts'
import { NewSupportHours } from '../../../../src/domain/sla/support/support-hours-input.ts'

const OFFICE = [{ weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }]
const CHAT = { channel: 'chat', time_zone: 'Asia/Kolkata', hours: OFFICE }

describe('wrong support hours', () => {
  const hours = (...entries: object[]) => ({ hours: entries })
  const day = { weekdays: [1], opens: '09:00', closes: '18:00' }
  const NUMBERS = 'Weekdays are numbers from 1 (Monday) to 7 (Sunday), each once.'
  const NEVER = 'These hours never open; say at least one weekday with its times.'
  const A_NIGHT = /^Hours close later than they open/
  test.for<[what: string, differences: object, pointer: string, message: string | RegExp]>([
    ['a zone that is none', { time_zone: 'Asia/Nowhere' }, 'time_zone', /^This is not an IANA time zone/],
    ['an offset as a zone', { time_zone: '+05:30' }, 'time_zone', /^This is not an IANA time zone/],
    ['no entry', hours(), 'hours', NEVER],
    ['no weekday', hours({ ...day, weekdays: [] }), 'hours/0/weekdays', NEVER],
    ['weekday 0', hours({ ...day, weekdays: [0] }), 'hours/0/weekdays/0', NUMBERS],
    ['weekday 8', hours(day, { ...day, weekdays: [2, 8] }), 'hours/1/weekdays/1', NUMBERS],
    ['half a weekday', hours({ ...day, weekdays: [1.5] }), 'hours/0/weekdays/0', NUMBERS],
    ['a weekday twice', hours({ ...day, weekdays: [1, 1] }), 'hours/0/weekdays', NUMBERS],
    ['a time without its zero', hours({ ...day, opens: '9:00' }), 'hours/0/opens', /^A time is hours and/],
    ['a time after the day', hours({ ...day, closes: '24:30' }), 'hours/0/closes', /^A time is hours and/],
    ['closing before opening', hours({ ...day, opens: '22:00', closes: '06:00' }), 'hours/0', A_NIGHT],
    ['closing as it opens', hours({ ...day, closes: '09:00' }), 'hours/0', A_NIGHT],
    [
      'an overlap',
      hours(day, { ...day, weekdays: [3] }, { weekdays: [2, 3, 1], opens: '17:59', closes: '20:00' }),
      'hours/2',
      'These hours overlap with earlier ones on Wednesday.',
    ],
    ['30 February', { excluded_dates: ['2026-02-30'] }, 'excluded_dates/0', /^This is not a date/],
    ['a date without end', { excluded_dates: ['9999-12-31'] }, 'excluded_dates/0', /outside the years/],
    ['an address that runs', { contact: 'javascript:alert(1)' }, 'contact', /^This is no address/],
    ['an address without protection', { contact: 'http://a.example' }, 'contact', /^This is no address/],
    ['an address of this page', { contact: 'https:chat' }, 'contact', /^This is no address/],
    ['a telephone without a number', { contact: 'tel:' }, 'contact', /^This is no address/],
    ['mail to nobody', { contact: 'mailto:help' }, 'contact', /^This is no address/],
    ['a channel that is none', { channel: 'fax' }, 'channel', /./],
    ['a plan without a name', { plan: ' ' }, 'plan', /./],
    ['a field that is none', { opens: '09:00' }, '', /opens/],
  ])('with %s are refused in a sentence', ([, differences, pointer, message]) => {
    const { error } = NewSupportHours.safeParse({ ...CHAT, ...differences })
    expect(error?.issues.map((issue) => issue.path.join('/'))).toEqual([pointer])
    expect(error?.issues[0]?.message).toMatch(message)
  })

  test.for([
    ['hours that touch', hours(day, { weekdays: [1], opens: '18:00', closes: '24:00' })],
    ['the same hours on other days', hours(day, { ...day, weekdays: [2] })],
    ['a chat', { contact: 'https://www.ledgerlane.example/chat?from=status' }],
    ['mail with a subject', { contact: 'mailto:help@ledgerlane.example?subject=Status' }],
    ['a telephone', { contact: 'tel:+1-202-555-0143' }],
  ] as [string, object][])('with %s are none', ([, differences]) => {
    expect(NewSupportHours.safeParse({ ...CHAT, ...differences }).error).toBeUndefined()
  })
})

test.for<[words: string, product: string | null, plan: string | null]>([
  ['everyone', null, null],
  ['Payments', 'Payments', null],
  ['Business plan', null, 'Business'],
  ['Business plan', null, 'Business plan'],
  ['Payments, Business plan', 'Payments', 'Business'],
])('they are for “%s”', ([words, product, plan]) => {
  expect(forWhomWords({ product, plan })).toBe(words)
})
