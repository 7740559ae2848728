import type { StatuspageDocuments } from '../../src/import/statuspage/source.ts'
import {
  affected,
  component,
  documents,
  incident,
  maintenance,
  outage,
  update,
} from './statuspage-documents.ts'

/** A page with something of everything; every record has ids of its own, so that changes of it can follow one another. */
export function ordinaryPage(): StatuspageDocuments {
  return documents({
    components: [
      component('islands', 'Islands', { group: true, components: ['ferries'] }),
      component('ferries', 'Ferries', {
        group_id: 'islands',
        start_date: '2024-02-01',
        description: 'All of them',
      }),
    ],
    incidents: [
      outage('outage'),
      incident('gone', [
        update('gonea', 'investigating', '2026-03-12T08:00:00Z', [
          affected('tram', 'Old tram', 'major_outage'),
        ]),
        update('goneb', 'postmortem', '2026-03-13T08:00:00Z'),
      ]),
    ],
    maintenances: [
      maintenance('pier', [
        update('piera', 'in_progress', '2026-04-02T04:00:00Z', [
          affected('ferries', 'Ferries', 'under_maintenance'),
        ]),
        update('pierb', 'completed', '2026-04-02T06:00:00Z'),
      ]),
    ],
  })
}
