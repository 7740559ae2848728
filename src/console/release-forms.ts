import type { ProductRelease } from '../domain/defects/releases.ts'
import { type Instant, toIso } from '../lib/instant.ts'
import type { FormOf } from './desk.ts'
import { isoOfLocalTime, movedTo } from './local-time.ts'

// What the forms about releases send to the admin API, and where one goes afterwards.

export function planningRelease(zone: string): FormOf<{ id: string }> {
  return {
    name: 'planning',
    send: (form) => ({
      method: 'post',
      path: '/releases',
      body: {
        name: form.text('name'),
        kind: form.text('kind'),
        planned_at: isoOfLocalTime(form.text('planned_at'), zone, '/planned_at') ?? null,
        cut_off_at: isoOfLocalTime(form.text('cut_off_at'), zone, '/cut_off_at') ?? null,
      },
    }),
    next: ({ id }) => `/admin/releases/${id}?said=release-planned`,
  }
}

/** Plans it anew; of one that is published only the name changes. */
export function replanningRelease(release: ProductRelease, zone: string): FormOf<unknown> {
  const { id, plannedAt, cutOffAt, publishedAt } = release
  return {
    name: 'plan',
    send: (form) => ({
      method: 'patch',
      path: `/releases/${id}`,
      basedOn: form.text('version'),
      body: {
        name: form.text('name'),
        ...(publishedAt === null && {
          planned_at: movedTo(form, 'planned_at', plannedAt, zone),
          cut_off_at: movedTo(form, 'cut_off_at', cutOffAt, zone),
          reason: form.optional('reason') ?? undefined,
        }),
      },
    }),
    next: () => `/admin/releases/${id}?said=release-changed`,
  }
}

/** @param now when it is published where the form names no time */
export function publishingRelease(id: string, zone: string, now: Instant): FormOf<unknown> {
  return {
    name: 'publication',
    send: (form) => ({
      method: 'patch',
      path: `/releases/${id}`,
      basedOn: form.text('version'),
      body: {
        published_at: isoOfLocalTime(form.text('published_at'), zone, '/published_at') ?? toIso(now),
        fixes: form.texts('fixes'),
        reason: form.optional('reason') ?? undefined,
      },
    }),
    next: () => `/admin/releases/${id}?said=release-published`,
  }
}
