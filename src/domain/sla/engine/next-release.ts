import type { Instant } from '../../../lib/instant.ts'

export interface Release {
  /** Null until it is out. */
  publishedAt: Instant | null
  plannedAt: Instant | null
  /** What is confirmed after this instant is not in the release any more; null when no cut-off is declared. */
  cutOffAt: Instant | null
  /** A hotfix may carry a fix, but is never the "next release" of a promise. */
  kind: 'regular' | 'hotfix'
}

/**
 * The release that "in the next release" means for a defect (rule 10), as known now: the first regular one
 * published strictly after the confirmation, else the unpublished one planned first.
 */
export function nextRelease<Of extends Release>(
  releases: readonly Of[],
  confirmedAt: Instant,
  now: Instant,
): Of | undefined {
  const eligible = releases
    .filter(({ kind, cutOffAt }) => kind === 'regular' && (cutOffAt === null || confirmedAt <= cutOffAt))
    .filter(({ publishedAt }) => publishedAt === null || publishedAt > confirmedAt)
  const published = eligible.filter((release) => isPublished(release, now))
  return earliestBy(published, publishedAt) ?? earliestBy(eligible, plannedAt)
}

/** Whether the release is out at this instant. */
export function isPublished({ publishedAt }: Release, now: Instant): boolean {
  return publishedAt !== null && publishedAt <= now
}

function publishedAt(release: Release): Instant {
  return release.publishedAt ?? Number.POSITIVE_INFINITY
}

function plannedAt(release: Release): Instant {
  return release.plannedAt ?? publishedAt(release)
}

/** The first of the earliest, so that releases without a date keep the order in which they were entered. */
function earliestBy<Of extends Release>(
  releases: Of[],
  instantOf: (release: Release) => Instant,
): Of | undefined {
  const earliest = Math.min(...releases.map(instantOf))
  return releases.find((release) => instantOf(release) === earliest)
}
