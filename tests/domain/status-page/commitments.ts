import type { Severity } from '../../../src/domain/defects/defect.ts'
import { type NewDefect, reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { type NewDefectEvent, recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import { COUNTED_VERDICTS, type SlaRecord } from '../../../src/domain/sla/record/record.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import type { Site } from '../../support/site.ts'

/** Files and confirms a defect now; critical and public unless told. */
export function confirmed(site: Site, key: string, more: Partial<NewDefect> = {}): Promise<string> {
  const severity: Severity = 'critical'
  return site.as('responder', async (tx) => {
    const id = await reportDefect(tx, { key, title: `Trouble of ${key}`, severity, ...more })
    await confirmDefect(tx, id)
    return id
  })
}

export function happen(site: Site, id: string, event: NewDefectEvent): Promise<string> {
  return site.as('responder', (tx) => recordDefectEvent(tx, id, event))
}

/** Opens an incident now and links a defect to it. */
export function incidentOf(site: Site, defectId: string, name = 'Payments fail'): Promise<string> {
  return site.as('responder', async (tx) => {
    const id = await openIncident(tx, { name, body: 'We are investigating.' })
    await linkDefect(tx, id, defectId)
    return id
  })
}

export function post(site: Site, incidentId: string): Promise<string> {
  return site.as('responder', (tx) =>
    postIncidentUpdate(tx, incidentId, { status: 'identified', body: 'We know what it is.' }),
  )
}

/** What stands in the record, as "2026-11 critical met: A-1 response". */
export function linesOf({ months }: SlaRecord): string[] {
  return months.flatMap(({ month, rows }) =>
    rows.flatMap((row) =>
      COUNTED_VERDICTS.filter((verdict) => row[verdict].length > 0).map((verdict) => {
        const goals = row[verdict].map(({ defect, goal }) => `${defect.key} ${goal.goal}`)
        return `${month} ${row.severity} ${verdict}: ${goals.join(', ')}`
      }),
    ),
  )
}
