import type { DefectStep } from '../domain/console/defect-steps.ts'
import type { KnownSubjects } from '../domain/console/known-subjects.ts'
import { nearSubjects } from '../domain/console/near-subjects.ts'
import { DomainError } from '../errors.ts'
import type { FormOf } from './desk.ts'
import type { Form } from './form.ts'
import { isoOfLocalTime } from './local-time.ts'

// What the forms about defects send to the admin API, and where one goes afterwards.

/** Files a defect, and confirms it at once where that is chosen. */
export function filing(zone: string, contracts: KnownSubjects): FormOf<{ id: string }> {
  return {
    name: 'filing',
    send: (form) => ({
      method: 'post',
      path: '/defects',
      body: {
        key: form.text('key'),
        title: form.text('title'),
        severity: form.text('severity'),
        ...subjectsIn(form, contracts),
        // Left ticked, who may see it follows from whom it concerns.
        ...(!form.has('public') && { public: false }),
        follows: form.optional('follows'),
        incident_id: form.optional('incident'),
        reported_at: isoOfLocalTime(form.text('reported_at'), zone, '/reported_at'),
        ...(form.text('confirm') === 'now' && confirmationIn(form, zone)),
      },
    }),
    next: ({ id }) => `/admin/defects/${id}?said=defect-filed`,
  }
}

/** What a step needs to know beside its form. */
interface Stepping {
  id: string
  zone: string
  isConfirmed: boolean
  contracts: KnownSubjects
}

/** One step of a defect's course. */
export function stepping(step: DefectStep, of: Stepping): FormOf<unknown> {
  const { event, body, said } = STEPS[step]
  return {
    name: step,
    send: (form) => ({
      ...(event === undefined
        ? { method: 'patch', path: `/defects/${of.id}` }
        : { method: 'post', path: `/defects/${of.id}/events` }),
      basedOn: form.text('version'),
      body: { ...(event !== undefined && { type: event }), ...body(form, of) },
    }),
    next: () => `/admin/defects/${of.id}?said=${said}`,
  }
}

const STEPS: Record<DefectStep, { event?: string; body(form: Form, of: Stepping): object; said: string }> = {
  confirm: {
    body: (form, { zone, contracts }) => ({
      severity: form.text('severity'),
      ...subjectsIn(form, contracts),
      ...confirmationIn(form, zone),
    }),
    said: 'defect-confirmed',
  },
  respond: { event: 'responded', body: completionIn, said: 'recorded' },
  workaround: { event: 'workaround', body: completionIn, said: 'recorded' },
  fix: { event: 'fixed', body: completionIn, said: 'recorded' },
  severity: {
    event: 'severity_changed',
    body: (form, { zone }) => ({
      severity: form.text('severity'),
      change: form.optional('change') ?? undefined,
      at: isoOfLocalTime(form.text('at'), zone, '/at'),
      ...noteIn(form),
    }),
    said: 'recorded',
  },
  defer: {
    event: 'deferred',
    body: (form) => ({ until: form.optional('until') ?? undefined, ...noteIn(form) }),
    said: 'deferred',
  },
  pause: { event: 'paused', body: noteIn, said: 'paused' },
  resume: {
    event: 'resumed',
    body: (form, { zone }) => ({ at: isoOfLocalTime(form.text('at'), zone, '/at'), ...noteIn(form) }),
    said: 'resumed',
  },
  replan: { event: 'replanned', body: noteIn, said: 'recorded' },
  withdraw: {
    event: 'withdrawn',
    body: (form) => ({ event_id: form.optional('event_id') ?? undefined, ...noteIn(form) }),
    said: 'withdrawn',
  },
  correct: {
    body: (form, { isConfirmed, contracts }) => ({
      title: form.text('title'),
      ...(!isConfirmed && { severity: form.text('severity'), ...subjectsIn(form, contracts) }),
    }),
    said: 'defect-changed',
  },
  publish: { body: () => ({ public: true }), said: 'defect-public' },
  hide: { body: () => ({ public: false }), said: 'defect-hidden' },
}

/** Links a defect to an incident that is chosen from a list. */
export function linkingIncident(id: string): FormOf<unknown> {
  return {
    name: 'link',
    send: (form) => ({ method: 'put', path: linkPath(id, form) }),
    next: () => `/admin/defects/${id}?said=linked#incidents`,
  }
}

export function unlinkingIncident(id: string): FormOf<unknown> {
  return {
    name: 'unlink',
    send: (form) => ({ method: 'delete', path: linkPath(id, form) }),
    next: () => `/admin/defects/${id}?said=unlinked#incidents`,
  }
}

function linkPath(id: string, form: Form): string {
  return `/incidents/${encodeURIComponent(form.text('incident'))}/defects/${id}`
}

/** Without a time it is confirmed when the form arrives, however often it does. */
function confirmationIn(form: Form, zone: string): { confirmed_at: string } | { confirm: true } {
  const confirmedAt = isoOfLocalTime(form.text('confirmed_at'), zone, '/confirmed_at')
  return confirmedAt === undefined ? { confirm: true } : { confirmed_at: confirmedAt }
}

function completionIn(form: Form, { zone }: Stepping) {
  return {
    at: isoOfLocalTime(form.text('at'), zone, '/at'),
    incident_update_id: form.optional('incident_update_id') ?? undefined,
    release_id: form.optional('release_id') ?? undefined,
    ...noteIn(form),
  }
}

function noteIn(form: Form): { note?: string } {
  const note = form.optional('note')
  return note === null ? {} : { note }
}

/**
 * Whom a defect concerns.
 * @throws DomainError `invalid` for a name that is nearly that of a contract, unless it is said to be another's
 */
function subjectsIn(form: Form, contracts: KnownSubjects) {
  const named = {
    customer: form.optional('customer'),
    plan: form.optional('plan'),
    product: form.optional('product'),
  }
  // Ticked by whoever means another one than that of the contract.
  if (form.has('other_name')) return named
  const fields = nearSubjects(named, contracts).map(({ kind, name, contracts: [contract] }) => ({
    pointer: `/${kind}`,
    message: `There is a contract for “${contract}”, and none for “${name}”: names are compared letter by letter.`,
  }))
  if (fields.length > 0) {
    throw new DomainError(
      'invalid',
      'A name is nearly that of a contract. Choose it, or say that it is another.',
      {
        fields,
      },
    )
  }
  return named
}
