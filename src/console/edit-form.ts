import type { UpdateView } from '../domain/status-page/views.ts'
import type { FormOf } from './desk.ts'
import { isoOfLocalTime, localTime } from './local-time.ts'

/**
 * Edits an update that is out, of an incident or, where the form has no state to choose, of a maintenance.
 * @param subject where it is in the admin API and in the console
 */
export function editing(
  subject: { api: string; page: string },
  update: UpdateView,
  zone: string,
): FormOf<unknown> {
  return {
    name: 'edit',
    send: (form) => {
      const shownAt = form.text('display_at')
      // The field knows no seconds: as long as nobody has touched it, the time stays to the millisecond.
      const isMoved = shownAt !== localTime(update.displayAt, zone)
      return {
        method: 'patch',
        path: `${subject.api}/updates/${update.id}`,
        basedOn: form.text('version'),
        body: {
          ...(form.has('status') && { status: form.text('status') }),
          body: form.text('body'),
          display_at: isMoved ? isoOfLocalTime(shownAt, zone, '/display_at') : undefined,
          deliver_notifications: form.has('tell'),
        },
      }
    },
    next: () => `${subject.page}?said=edited#update-${update.id}`,
  }
}
