import { WEEKDAYS } from '../lib/date-words.ts'
import type { FormOf } from './desk.ts'
import type { Form } from './form.ts'
import { parseDates, parseWindows } from './times-text.ts'

// What the forms about support hours send to the admin API, and where one goes afterwards.

const NEXT = '/admin/sla?said='

export function addingSupportHours(): FormOf<unknown> {
  return {
    name: 'hours',
    send: (form) => ({ method: 'post', path: '/sla/support-hours', body: hoursIn(form) }),
    next: () => `${NEXT}hours-saved#support`,
  }
}

export function changingSupportHours(id: string): FormOf<unknown> {
  return {
    name: 'hours',
    send: (form) => ({
      method: 'patch',
      path: `/sla/support-hours/${id}`,
      basedOn: form.text('version'),
      body: hoursIn(form),
    }),
    next: () => `${NEXT}hours-saved#support`,
  }
}

export function deletingSupportHours(id: string): FormOf<unknown> {
  return {
    name: 'deletion',
    send: (form) => ({ method: 'delete', path: `/sla/support-hours/${id}`, basedOn: form.text('version') }),
    next: () => `${NEXT}hours-deleted#support`,
  }
}

function hoursIn(form: Form) {
  return {
    channel: form.text('channel'),
    product: form.optional('product'),
    plan: form.optional('plan'),
    time_zone: form.text('time_zone'),
    hours: WEEKDAYS.flatMap((_, index) => {
      const weekday = index + 1
      const windows = parseWindows(form.text(`day-${weekday}`), `/day-${weekday}`)
      return windows.map(([opens, closes]) => ({ weekdays: [weekday], opens, closes }))
    }),
    excluded_dates: parseDates(form.text('excluded_dates')),
    contact: form.optional('contact'),
  }
}
