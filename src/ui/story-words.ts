import type { StoryKind } from '../domain/status-page/defect-views.ts'

/** What stands in the margin of a defect's story. */
export const STORY_WORDS = {
  reported: 'Reported',
  confirmed: 'Confirmed',
  incident_opened: 'Incident',
  incident_resolved: 'Incident',
  responded: 'Response',
  workaround: 'Workaround',
  fixed: 'Permanent fix',
  severity: 'Severity',
  withdrawn: 'Withdrawn',
  deferred: 'Deferred',
  paused: 'Paused',
  resumed: 'Clock goes on',
  replanned: 'Calendar',
  release_replanned: 'Release',
  release_recorded_late: 'Release',
  deadline_moved: 'Deadline',
  missed: 'Missed',
  released: 'Missed',
  verdict_recorded: 'Record',
} as const satisfies Record<StoryKind, string>
