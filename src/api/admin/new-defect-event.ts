import { NewDefectEvent } from '../../domain/sla/course/record-defect-event.ts'
import { InstantIn } from '../input.ts'

const { shape } = NewDefectEvent

/** Something that happened to a defect, as it is sent; each type says what it does and what it needs. */
export const NewDefectEventIn = NewDefectEvent.extend({
  type: shape.type.describe(
    [
      '`responded`, `workaround` and `fixed` complete a goal, and a stronger one the weaker goals too.',
      '`withdrawn`: a completion did not hold after all, so that its clocks go on as if they had never stopped; needs `note`, and within five business days of a fix.',
      '`severity_changed`: needs `severity`, `change` and `note`.',
      '`deferred`: what is open is put off and counted apart; needs `note`, the message that the customer was given. Told again, it puts off what was promised since, and the page shows the later message.',
      '`paused`: the clock rests until `resumed`, where the contract allows it; needs `note`.',
      '`replanned`: open goals count by the newest version of their calendar; needs `note`.',
    ].join(' '),
  ),
  at: InstantIn.optional().describe(
    'When it happened; when left out: when the release was published, or the update posted, or now. A withdrawal, a deferral, a pause and a new calendar count from when they are recorded and take none.',
  ),
  incident_update_id: shape.incident_update_id.describe(
    'The public update that tells it, of an incident that the defect is linked to.',
  ),
  release_id: shape.release_id.describe('For `fixed`: the published release that carries the fix.'),
  until: shape.until.describe('For `deferred`: the day it is put off to, as the customer was told.'),
  severity: shape.severity.describe('For `severity_changed`: the new one.'),
  change: shape.change.describe(
    'For `severity_changed`. `worsened`: the earlier of the old deadline and the new window from the change counts. `misclassified`: raised, counted from the start. `lowered`: counted from the start; what was missed stays missed.',
  ),
  event_id: shape.event_id.describe(
    'For `withdrawn`: the event that did not hold; the latest one when left out.',
  ),
  note: shape.note.describe('Why, or what was said. The page shows it where it shows the defect.'),
})
