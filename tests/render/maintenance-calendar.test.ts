import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { maintenanceCalendar } from '../../src/render/maintenance-calendar.ts'
import { feed, maintenance, page } from './sample-views.ts'

function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)) }
}

const calendarOf = (...maintenances: ReturnType<typeof maintenance>[]) =>
  maintenanceCalendar(feed({ maintenances }))

describe('the maintenance calendar', () => {
  test('holds each window in UTC with the stamps of its record', () => {
    const text = calendarOf(maintenance())
    const { calendar, events } = parse(text)
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Nimbus maintenance')
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      uid: 'maintenance-maintenance1@status.nimbus.example',
      summary: 'Database upgrade',
      description: 'Affects Checkout.\nhttps://status.nimbus.example/maintenance/maintenance1',
      sequence: 2,
    })
    for (const line of [
      'DTSTART:20261121T203000Z',
      'DTEND:20261121T223000Z',
      'DTSTAMP:20261113T153000Z',
      'LAST-MODIFIED:20261113T153000Z',
      'STATUS:CONFIRMED',
    ]) {
      expect(text).toContain(`\r\n${line}\r\n`)
    }
  })

  test('keeps a cancelled window, so that calendars take it out', () => {
    expect(calendarOf(maintenance({ status: 'cancelled', sequence: 3 }))).toContain('STATUS:CANCELLED')
  })

  test('folds lines at 75 octets, ends them with CRLF and loses nothing', () => {
    const name = `${'Überprüfung, Wartung; und \\ mehr – 数据库升级 '.repeat(4)}\u0007\u{1F680}`.trim()
    const text = calendarOf(maintenance({ name }))
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(parse(text).events[0]?.summary).toBe(name.replace('\u0007', ''))
  })

  test('cannot be broken out of by a name', () => {
    const name = 'x\r\nEND:VCALENDAR\nBEGIN:VEVENT, a; b'
    const text = maintenanceCalendar({
      ...feed(),
      page: { ...page, name },
      maintenances: [maintenance({ name })],
    })
    expect(parse(text).events.map(({ summary }) => summary)).toEqual(['x\nEND:VCALENDAR\nBEGIN:VEVENT, a; b'])
    expect(text.replaceAll('\r\n ', '')).toContain(
      '\r\nNAME:x\\nEND:VCALENDAR\\nBEGIN:VEVENT\\, a\\; b maintenance\r\n',
    )
  })

  test('without any window is a valid calendar', () => {
    expect(parse(calendarOf()).events).toEqual([])
  })

  test('gives the same bytes for the same record', () => {
    expect(calendarOf(maintenance())).toBe(calendarOf(maintenance()))
  })
})
