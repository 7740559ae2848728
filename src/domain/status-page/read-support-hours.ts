import type { Instant } from '../../lib/instant.ts'
import { openState } from '../sla/support/opening.ts'
import { closedDatesWords, openStateWords, weeklyHoursWords } from '../sla/support/opening-words.ts'
import {
  forWhomWords,
  listSupportHours,
  type SupportChannel,
  type SupportHours,
} from '../sla/support/support-hours.ts'
import type { Reader } from '../tx.ts'

/** Support hours as a page shows them. Every word stands as it is until `until`. */
export interface SupportHoursView {
  id: string
  channel: SupportChannel
  /** "Payments, Business plan", or "everyone". */
  forWhom: string
  /** "Monday to Friday 09:00–18:00 IST" */
  hours: string
  /** "closed on Friday 25 December"; empty when no such day comes soon. */
  closedDates: string
  isOpen: boolean
  /** "open now until 18:00 IST" */
  state: string
  /** When the state changes; null when it is open for good. */
  until: Instant | null
  /** A tel, https or mailto address, or null. */
  contact: string | null
}

/** All support hours with their state at an instant: chat before phone, what is for everyone first. */
export async function readSupportHours(reader: Reader, now: Instant): Promise<SupportHoursView[]> {
  const all = await listSupportHours(reader)
  return all.sort(byChannelAndName).map((support) => viewOf(support, now))
}

function viewOf(support: SupportHours, now: Instant): SupportHoursView {
  const state = openState(support, now)
  // What the words say of the zone and of dates holds at the next change, not at whatever moment this is read.
  const at = state.until ?? now
  return {
    id: support.id,
    channel: support.channel,
    forWhom: forWhomWords(support),
    hours: weeklyHoursWords(support, at),
    closedDates: closedDatesWords(support, at),
    isOpen: state.isOpen,
    state: openStateWords(support, state),
    until: state.until,
    contact: support.contact,
  }
}

/** Names sort here and not in SQL, because the engines do not agree on how. */
function byChannelAndName(a: SupportHours, b: SupportHours): number {
  const names = ({ channel, product, plan }: SupportHours) => [channel, product ?? '', plan ?? '']
  const others = names(b)
  return names(a).reduce((order, name, index) => order || name.localeCompare(others[index] ?? '', 'en'), 0)
}
