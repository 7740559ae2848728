import type { ComponentStatus } from '../domain/components/component-status.ts'
import { fillIn, variablesIn } from '../domain/incidents/template-variables.ts'
import { DomainError } from '../errors.ts'
import { chosenComponents } from './component-choices.ts'
import type { FormOf } from './desk.ts'
import type { Form } from './form.ts'
import { isoOfLocalTime } from './local-time.ts'

// What the forms about incidents send to the admin API, and where one goes afterwards.

const NONE: ReadonlyMap<string, ComponentStatus> = new Map()

/** Opens an incident; with `ended_at`, one that is over already. */
export function opening(zone: string): FormOf<{ id: string }> {
  return {
    name: 'opening',
    send: (form) => {
      const endedAt = isoOfLocalTime(form.text('ended_at'), zone, '/resolution/display_at')
      return {
        method: 'post',
        path: '/incidents',
        body: {
          ...filledIn(form),
          status: form.text('status'),
          components: chosenComponents(form, NONE),
          deliver_notifications: form.has('tell'),
          display_at: isoOfLocalTime(form.text('display_at'), zone, '/display_at'),
          backfilled: form.has('backfilled'),
          ...(endedAt !== undefined && { resolution: { body: form.text('ending'), display_at: endedAt } }),
        },
      }
    },
    next: ({ id }) => `/admin/incidents/${id}?said=opened`,
  }
}

/** Name and text with what stands for the variables that the form asks for. */
function filledIn(form: Form): { name: string; body: string } {
  const [name, body] = [form.text('name'), form.text('body')]
  const values = new Map([...form.beginning('variable-')].map(([word, value]) => [word, value.trim()]))
  const open = variablesIn(name, body).filter((word) => values.get(word) === '')
  if (open.length > 0) {
    const fields = open.map((word) => ({ pointer: `/variable-${word}`, message: `Say what ${word} is.` }))
    throw new DomainError('invalid', 'Something in braces is still to be said.', { fields })
  }
  return { name: fillIn(name, values), body: fillIn(body, values) }
}

/** @param affected how the incident affects components at present: what is chosen again is no news */
export function posting(
  id: string,
  zone: string,
  affected: ReadonlyMap<string, ComponentStatus>,
): FormOf<unknown> {
  return {
    name: 'update',
    send: (form) => ({
      method: 'post',
      path: `/incidents/${id}/updates`,
      basedOn: form.text('version'),
      body: {
        status: form.text('status'),
        body: form.text('body'),
        components: chosenComponents(form, affected),
        deliver_notifications: form.has('tell'),
        display_at: isoOfLocalTime(form.text('display_at'), zone, '/display_at'),
      },
    }),
    next: () => `/admin/incidents/${id}?said=posted`,
  }
}

/** An update from the list of what is open: components stay as they are, and one stays where one is. */
export function postingFromNow(id: string): FormOf<unknown> {
  return {
    name: `update-${id}`,
    send: (form) => ({
      method: 'post',
      path: `/incidents/${id}/updates`,
      basedOn: form.text('version'),
      body: { status: form.text('status'), body: form.text('body') },
    }),
    next: () => '/admin?said=posted',
  }
}

/** The last update, in one step. */
export function resolving(id: string): FormOf<unknown> {
  return {
    name: 'resolving',
    send: (form) => ({
      method: 'post',
      path: `/incidents/${id}/updates`,
      basedOn: form.text('version'),
      body: { status: 'resolved', body: form.text('body'), deliver_notifications: form.has('tell') },
    }),
    next: () => `/admin/incidents/${id}?said=resolved`,
  }
}

export function changing(id: string): FormOf<unknown> {
  return {
    name: 'facts',
    send: (form) => ({
      method: 'patch',
      path: `/incidents/${id}`,
      basedOn: form.text('version'),
      body: { name: form.text('name'), impact_override: form.optional('impact_override') },
    }),
    next: () => `/admin/incidents/${id}?said=changed`,
  }
}

export function linking(id: string): FormOf<unknown> {
  return {
    name: 'link',
    send: (form) => ({ method: 'put', path: linkPath(id, form) }),
    next: () => `/admin/incidents/${id}?said=linked#defects`,
  }
}

export function unlinking(id: string): FormOf<unknown> {
  return {
    name: 'unlink',
    send: (form) => ({ method: 'delete', path: linkPath(id, form) }),
    next: () => `/admin/incidents/${id}?said=unlinked#defects`,
  }
}

function linkPath(id: string, form: Form): string {
  return `/incidents/${id}/defects/${encodeURIComponent(form.text('defect'))}`
}

export function publishingPostmortem(id: string): FormOf<unknown> {
  return {
    name: 'postmortem',
    send: (form) => ({
      method: 'put',
      path: `/incidents/${id}/postmortem`,
      basedOn: form.text('version'),
      body: { body: form.text('body') },
    }),
    next: () => `/admin/incidents/${id}?said=postmortem-published#postmortem`,
  }
}
