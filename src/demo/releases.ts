import { createRelease, updateRelease } from '../domain/defects/write-release.ts'
import { settle } from '../jobs/settle.ts'
import type { Instant } from '../lib/instant.ts'
import { DAY_MS, SECOND_MS } from '../lib/instant.ts'
import { type Act, type Duty, idOf, PEOPLE } from './act.ts'
import { type Almanac, localDate } from './almanac.ts'

/** A release as the script knows it; `release/NAME` in the cast. */
export interface ToldRelease {
  name: string
  kind: 'regular' | 'hotfix'
  plannedAt: Instant
  /** Null for the one that is still ahead. */
  publishedAt: Instant | null
}

/** A regular release every third Wednesday; the last one two weeks ago, the next one next week. */
export function regularReleases(almanac: Almanac): ToldRelease[] {
  const weeksAgo = Array.from({ length: 17 }, (_, index) => 47 - 3 * index)
  return weeksAgo.map((ago) => {
    const plannedAt = almanac.week(ago, 3, '05:30')
    // One release in four is a day late, as in life.
    const publishedAt = ago % 4 === 1 ? plannedAt + DAY_MS : plannedAt
    return {
      name: releaseName(plannedAt),
      kind: 'regular',
      plannedAt,
      publishedAt: ago > 0 ? publishedAt : null,
    }
  })
}

/** The release that is ahead comes later than was planned at first, which the promises that wait for it show. */
export function replanningAct(almanac: Almanac, releases: ToldRelease[]): Act {
  const next = releases.find(({ publishedAt }) => publishedAt === null)
  if (!next) throw new Error('The demo has no release ahead.')
  return {
    at: almanac.week(1, 5, '16:40'),
    by: PEOPLE.releases,
    play: (tx, cast) =>
      updateRelease(tx, idOf(cast, `release/${next.name}`), {
        planned_at: next.plannedAt + 2 * DAY_MS,
        reason:
          'A test of copied invoices has found a fault in printing. We correct it before we publish, which takes two days.',
      }),
  }
}

/** The job comes round a little after a release is out. */
const VERDICTS_AFTER_MS = 10 * SECOND_MS

export function releaseActs(releases: ToldRelease[]): (Act | Duty)[] {
  return releases.flatMap((release): (Act | Duty)[] => {
    const planned: Act = {
      at: release.plannedAt - (release.kind === 'hotfix' ? DAY_MS / 8 : 24 * DAY_MS),
      by: PEOPLE.releases,
      play: async (tx, cast) => {
        const { name, kind, plannedAt } = release
        cast.set(`release/${name}`, await createRelease(tx, { name, kind, planned_at: plannedAt }))
      },
    }
    const { publishedAt } = release
    if (publishedAt === null) return [planned]
    const published: Act = {
      at: publishedAt,
      by: PEOPLE.releases,
      play: (tx, cast) =>
        updateRelease(tx, idOf(cast, `release/${release.name}`), { published_at: publishedAt }),
    }
    return [planned, published, { at: publishedAt + VERDICTS_AFTER_MS, job: settle }]
  })
}

/** "26.48": year and week of the plan. */
function releaseName(at: Instant): string {
  const { yearOfWeek = 0, weekOfYear = 0 } = Temporal.PlainDate.from(localDate(at))
  return `${yearOfWeek % 100}.${String(weekOfYear).padStart(2, '0')}`
}
