import { SEVERITIES } from '../domain/defects/defect.ts'
import { GOALS } from '../domain/sla/engine/goal-terms.ts'
import type { CalendarVersion } from '../domain/sla/terms/calendars.ts'
import { DomainError, type FieldError } from '../errors.ts'
import type { FormOf } from './desk.ts'
import type { Form } from './form.ts'
import { parseTerm, TERM_EXAMPLES } from './term-text.ts'
import { parseDates, parseWindows } from './times-text.ts'

// What the forms about policies, calendars and contracts send to the admin API, and where one goes afterwards.

const LIST = '/admin/sla'

export function makingPolicy(): FormOf<{ id: string }> {
  return {
    name: 'policy',
    send: (form) => ({ method: 'post', path: '/sla/policies', body: policyIn(form) }),
    next: ({ id }) => `${LIST}/policies/${id}?said=terms-made`,
  }
}

/** Makes a new version, from a day on. */
export function revisingPolicy(id: string): FormOf<unknown> {
  return {
    name: 'policy',
    send: (form) => ({
      method: 'patch',
      path: `/sla/policies/${id}`,
      basedOn: form.text('version'),
      body: { ...policyIn(form), ...validFromIn(form) },
    }),
    next: () => `${LIST}/policies/${id}?said=terms-revised`,
  }
}

function policyIn(form: Form) {
  return { name: form.text('name'), calendar_id: form.text('calendar_id'), goals: goalsIn(form) }
}

/** @throws DomainError `invalid` naming each field that says no promise */
function goalsIn(form: Form) {
  const wrong: FieldError[] = []
  const rows = SEVERITIES.map((severity) => {
    const terms = GOALS.map((goal) => {
      const term = parseTerm(form.text(`${severity}-${goal}`))
      if (term === undefined) wrong.push({ pointer: `/goals/${severity}/${goal}`, message: NO_TERM })
      return [goal, term] as const
    })
    return [severity, Object.fromEntries(terms)] as const
  })
  if (wrong.length > 0) throw new DomainError('invalid', NO_TERM, { fields: wrong })
  return Object.fromEntries(rows)
}

const NO_TERM = `A promise reads like one of these: ${TERM_EXAMPLES.join(', ')}.`

export function makingCalendar(): FormOf<{ id: string }> {
  return {
    name: 'calendar',
    send: (form) => ({ method: 'post', path: '/sla/calendars', body: calendarIn(form, []) }),
    next: ({ id }) => `${LIST}/calendars/${id}?said=terms-made`,
  }
}

/** Makes a new version, from a day on. `shown`: the excluded days that the form offers to take off. */
export function revisingCalendar({ id, excludedDates }: CalendarVersion, shown: string[]): FormOf<unknown> {
  return {
    name: 'calendar',
    send: (form) => ({
      method: 'patch',
      path: `/sla/calendars/${id}`,
      basedOn: form.text('version'),
      body: {
        ...calendarIn(
          form,
          excludedDates.filter((date) => !shown.includes(date)),
        ),
        ...validFromIn(form),
      },
    }),
    next: () => `${LIST}/calendars/${id}?said=terms-revised`,
  }
}

/** @param kept excluded days that are not on the form */
function calendarIn(form: Form, kept: string[]) {
  const windows = parseWindows(form.text('windows'), '/windows')
  const dates = [...kept, ...form.texts('excluded'), ...parseDates(form.text('excluded_dates'))]
  return {
    name: form.text('name'),
    time_zone: form.text('time_zone'),
    weekdays: form.texts('weekdays').map(Number),
    excluded_dates: [...new Set(dates)].sort(),
    windows: windows.length === 0 ? null : windows,
  }
}

export function makingContract(): FormOf<{ id: string }> {
  return {
    name: 'contract',
    send: (form) => ({
      method: 'post',
      path: '/sla/contracts',
      body: {
        ...contractIn(form),
        [form.text('kind') || 'customer']: form.text('whose'),
        ...validFromIn(form),
      },
    }),
    next: ({ id }) => `${LIST}/contracts/${id}?said=terms-made`,
  }
}

export function revisingContract(id: string): FormOf<unknown> {
  return {
    name: 'contract',
    send: (form) => ({
      method: 'patch',
      path: `/sla/contracts/${id}`,
      basedOn: form.text('version'),
      body: { ...contractIn(form), ...validFromIn(form) },
    }),
    next: () => `${LIST}/contracts/${id}?said=terms-revised`,
  }
}

function contractIn(form: Form) {
  return {
    name: form.text('name'),
    policy_id: form.text('policy_id'),
    clock_starts: form.text('clock_starts'),
    pausable_goals: form.texts('pausable_goals'),
    valid_to: form.optional('valid_to'),
  }
}

/** Left empty, the first day that is possible. */
function validFromIn(form: Form): { valid_from?: string } {
  const day = form.optional('valid_from')
  return day === null ? {} : { valid_from: day }
}

/** The address is in the answer, and nowhere else. */
export function makingLink(id: string): FormOf<unknown> {
  return {
    name: 'link',
    send: (form) => ({
      method: 'post',
      path: `/sla/contracts/${id}/links`,
      body: { name: form.text('name') },
    }),
  }
}

export function revokingLink(id: string): FormOf<unknown> {
  return {
    name: 'revoke',
    send: (form) => ({
      method: 'delete',
      path: `/sla/contracts/${id}/links/${encodeURIComponent(form.text('id'))}`,
    }),
    next: () => `${LIST}/contracts/${id}?said=link-revoked#links`,
  }
}
