import type { ComponentStatus } from '../domain/components/component-status.ts'
import type { Verdict } from '../domain/sla/engine/goal-state.ts'

/** What a mark can stand for: a component's state, a day without data, or a verdict on a promise. */
export type Mark = ComponentStatus | 'no_data' | Verdict

const DISC_WITH_TICK = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.9 4.9-4.7 5.4-3.2-2.9 1.2-1.3 1.9 1.7 3.5-4Z'
const DIAMOND_WITH_BAR = 'M8 .3 15.7 8 8 15.7.3 8ZM4.4 7v2h7.2V7Z'
const TRIANGLE_WITH_BAR = 'M8 .8 16 15H0ZM7 5.6v5h2v-5Zm0 6.2v1.8h2v-1.8Z'
const OCTAGON_WITH_CROSS =
  'M4.8.3h6.4l4.5 4.5v6.4l-4.5 4.5H4.8L.3 11.2V4.8Zm-.1 5.8L6.6 8l-1.9 1.9 1.4 1.4L8 9.4l1.9 1.9 1.4-1.4L9.4 8l1.9-1.9-1.4-1.4L8 6.6 6.1 4.7Z'
const SQUARE_WITH_BARS = 'M1 1h14v14H1Zm2 2v10h10V3Zm2.4 2.2h1.8v5.6H5.4Zm3.4 0h1.8v5.6H8.8Z'
const RING_WITH_HANDS =
  'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8Zm-.9 1.6v4.2h4.1V6.9H8.8V4.4Z'
const ARROW = 'M1 7h9.2L6.6 3.4 8 2l6 6-6 6-1.4-1.4L10.2 9H1Z'
const BAR = 'M2 7h12v2H2Z'
const DOT = 'M8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z'

/** Shapes of 16 by 16, holes by the even-odd rule: each is told from the others without any colour. */
export const MARK_PATHS: Record<Mark, string> = {
  operational: DISC_WITH_TICK,
  under_maintenance: SQUARE_WITH_BARS,
  degraded_performance: DIAMOND_WITH_BAR,
  partial_outage: TRIANGLE_WITH_BAR,
  major_outage: OCTAGON_WITH_CROSS,
  no_data: DOT,
  met: DISC_WITH_TICK,
  missed: OCTAGON_WITH_CROSS,
  open: RING_WITH_HANDS,
  at_risk: TRIANGLE_WITH_BAR,
  deferred: ARROW,
  no_promise: BAR,
}
