import { DomainError, invalidField } from '../../../errors.ts'
import { type Instant, toIso } from '../../../lib/instant.ts'
import { isOpen } from '../engine/goal-state.ts'
import { NO_END } from '../engine/pauses.ts'
import type { CurrentDefect } from './current-defect.ts'
import { pausesOf } from './defect-course.ts'

/**
 * When a pause begins or ends (rule 21). It begins when it is recorded, so that nothing missed is saved by it; it may
 * have ended earlier than somebody wrote it down.
 * @throws DomainError `invalid` when the terms allow no pause, or for an end before the beginning; `conflict` when it is
 * paused already, not paused, or nothing is open that could be paused
 */
export function pauseTime(
  { promises, events }: CurrentDefect,
  event: { type: 'paused' | 'resumed'; at?: Instant },
  now: Instant,
): Instant {
  const pausable = promises.terms?.contract?.pausableGoals ?? []
  if (pausable.length === 0) throw invalidField('/type', 'The terms of this defect allow no pause.')
  const running = pausesOf(events).find(({ to }) => to === NO_END)
  if (event.type === 'resumed') {
    if (running === undefined) throw new DomainError('conflict', 'The clock is not paused.')
    const { at = now } = event
    if (at < running.from) throw invalidField('/at', 'A pause ends after it has begun.')
    return at
  }
  if (running !== undefined) {
    throw new DomainError('conflict', 'The clock is paused already.', {
      current: { paused_since: toIso(running.from) },
    })
  }
  const canPause = promises.goals.some(
    ({ goal, state }) => pausable.some((it) => it === goal) && isOpen(state.verdict),
  )
  if (!canPause) throw new DomainError('conflict', 'No promise is open that could be paused.')
  return now
}
