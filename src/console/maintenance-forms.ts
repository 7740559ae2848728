import type { ComponentStatus } from '../domain/components/component-status.ts'
import type { Maintenance, MaintenanceStatus } from '../domain/maintenance/maintenance.ts'
import { chosenComponents } from './component-choices.ts'
import type { FormOf } from './desk.ts'
import { isoOfLocalTime, movedTo } from './local-time.ts'

// What the forms about maintenance send to the admin API, and where one goes afterwards.

const NONE: ReadonlyMap<string, ComponentStatus> = new Map()

export function planning(zone: string): FormOf<{ id: string }> {
  return {
    name: 'planning',
    send: (form) => ({
      method: 'post',
      path: '/maintenances',
      body: {
        name: form.text('name'),
        body: form.text('body'),
        scheduled_for: isoOfLocalTime(form.text('scheduled_for'), zone, '/scheduled_for'),
        scheduled_until: isoOfLocalTime(form.text('scheduled_until'), zone, '/scheduled_until'),
        components: chosenComponents(form, NONE),
        scheduled_auto_in_progress: form.has('auto_in_progress'),
        scheduled_auto_completed: form.has('auto_completed'),
        deliver_notifications: form.has('tell'),
      },
    }),
    next: ({ id }) => `/admin/maintenance/${id}?said=planned`,
  }
}

/** Changes the plan: all of it until the maintenance begins, and then its name and its end. */
export function replanning(maintenance: Maintenance, zone: string): FormOf<unknown> {
  const { id, status, scheduledFor, scheduledUntil } = maintenance
  return {
    name: 'plan',
    send: (form) => ({
      method: 'patch',
      path: `/maintenances/${id}`,
      basedOn: form.text('version'),
      body: {
        name: form.text('name'),
        scheduled_until: movedTo(form, 'scheduled_until', scheduledUntil, zone),
        scheduled_auto_completed: form.has('auto_completed'),
        ...(status === 'scheduled' && {
          scheduled_for: movedTo(form, 'scheduled_for', scheduledFor, zone),
          scheduled_auto_in_progress: form.has('auto_in_progress'),
          components: chosenComponents(form, NONE),
        }),
      },
    }),
    next: () => `/admin/maintenance/${id}?said=changed`,
  }
}

export function posting(id: string, zone: string): FormOf<unknown> {
  return {
    name: 'update',
    send: (form) => ({
      method: 'post',
      path: `/maintenances/${id}/updates`,
      basedOn: form.text('version'),
      body: {
        status: form.text('status'),
        body: form.text('body'),
        deliver_notifications: form.has('tell'),
        display_at: isoOfLocalTime(form.text('display_at'), zone, '/display_at'),
      },
    }),
    next: () => `/admin/maintenance/${id}?said=posted`,
  }
}

/** Takes it to another state, in one step. */
export function taking(
  id: string,
  step: { name: 'starting' | 'completing'; status: MaintenanceStatus; said: string },
): FormOf<unknown> {
  return {
    name: step.name,
    send: (form) => ({
      method: 'post',
      path: `/maintenances/${id}/updates`,
      basedOn: form.text('version'),
      body: { status: step.status, body: form.text('body'), deliver_notifications: form.has('tell') },
    }),
    next: () => `/admin/maintenance/${id}?said=${step.said}`,
  }
}

/** Moves the end, and says so. */
export function extending({ id, status }: Maintenance, zone: string): FormOf<unknown> {
  return {
    name: 'extending',
    send: (form) => ({
      method: 'post',
      path: `/maintenances/${id}/updates`,
      basedOn: form.text('version'),
      body: {
        status,
        body: form.text('body'),
        scheduled_until: isoOfLocalTime(form.text('scheduled_until'), zone, '/scheduled_until'),
        deliver_notifications: form.has('tell'),
      },
    }),
    next: () => `/admin/maintenance/${id}?said=extended`,
  }
}

export function cancelling(id: string): FormOf<unknown> {
  return {
    name: 'cancelling',
    send: (form) => ({
      method: 'put',
      path: `/maintenances/${id}/cancellation`,
      basedOn: form.text('version'),
      body: { body: form.text('body'), deliver_notifications: form.has('tell') },
    }),
    next: () => `/admin/maintenance/${id}?said=cancelled`,
  }
}
