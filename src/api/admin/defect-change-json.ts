import { z } from '@hono/zod-openapi'
import { SEVERITIES } from '../../domain/defects/defect.ts'
import { COMPLETIONS, SEVERITY_CHANGES } from '../../domain/defects/defect-events.ts'
import { GOALS } from '../../domain/sla/engine/goal-terms.ts'
import type { DefectChange } from '../../domain/sla/promises.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut, isoOrNull } from '../input.ts'

function changeOf<Kind extends DefectChange['kind'], Fields extends z.ZodRawShape>(
  kind: Kind,
  fields: Fields,
) {
  return z.object({ kind: z.literal(kind), at: InstantOut, ...fields })
}

const reason = z.string()
const goals = z.array(z.enum(GOALS))

/** What moved a clock or a deadline after it was running, with its reason. */
export const DefectChangeJson = z
  .discriminatedUnion('kind', [
    changeOf('severity', {
      before: z.enum(SEVERITIES),
      after: z.enum(SEVERITIES),
      change: z.enum(SEVERITY_CHANGES),
      reason,
    }),
    changeOf('withdrawn', { what: z.enum(COMPLETIONS), done_at: InstantOut, reason }),
    changeOf('deferred', { until: z.string().nullable(), reason }),
    changeOf('paused', { goals, reason }),
    changeOf('resumed', { goals, reason: reason.nullable() }),
    changeOf('replanned', { reason }),
    changeOf('release_replanned', {
      name: z.string(),
      before: InstantOut.nullable(),
      after: InstantOut.nullable(),
      reason,
    }),
    changeOf('release_recorded_late', {
      name: z.string(),
      published_at: InstantOut,
      is_judge: z.boolean().openapi({ description: 'The verdict fell by this release.' }),
      reason,
    }),
    changeOf('deadline_moved', {
      goal: z.enum(GOALS),
      before: InstantOut,
      after: InstantOut,
      database: z.string().openapi({ description: 'The version of the time-zone database that moved it.' }),
    }),
  ])
  .openapi('DefectChange')

export function defectChangeJson(change: DefectChange): z.input<typeof DefectChangeJson> {
  const at = toIso(change.at)
  switch (change.kind) {
    case 'withdrawn': {
      const { kind, what, doneAt, reason } = change
      return { kind, at, what, done_at: toIso(doneAt), reason }
    }
    case 'deferred': {
      const { kind, untilOn, reason } = change
      return { kind, at, until: untilOn, reason }
    }
    case 'release_replanned': {
      const { kind, name, before, after, reason } = change
      return { kind, at, name, before: isoOrNull(before), after: isoOrNull(after), reason }
    }
    case 'release_recorded_late': {
      const { kind, name, publishedAt, isJudge, reason } = change
      return { kind, at, name, published_at: toIso(publishedAt), is_judge: isJudge, reason }
    }
    case 'deadline_moved': {
      const { kind, goal, before, after, database } = change
      return { kind, at, goal, before: toIso(before), after: toIso(after), database }
    }
    default:
      return { ...change, at }
  }
}
