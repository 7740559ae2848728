import { describe, expect, test } from 'vitest'
import { nextRelease, type Release } from '../../../../src/domain/sla/engine/next-release.ts'
import { DAY_MS } from '../../../../src/lib/instant.ts'

const day = (count: number) => count * DAY_MS

function release(differences: Partial<Release>): Release {
  return { kind: 'regular', publishedAt: null, plannedAt: null, cutOffAt: null, ...differences }
}

describe('the next release', () => {
  const january = release({ publishedAt: day(10), plannedAt: day(9) })
  const hotfix = release({ publishedAt: day(12), kind: 'hotfix' })
  const february = release({ publishedAt: day(20), cutOffAt: day(15) })
  const march = release({ plannedAt: day(30) })
  const april = release({ plannedAt: day(40) })
  const someday = release({})

  test.for<[string, Release[], number, number, Release | undefined]>([
    ['is the first published after the confirmation', [february, january], 5, 25, january],
    ['is not one published at that very instant', [january, february], 10, 25, february],
    ['is never a hotfix', [hotfix, february], 11, 25, february],
    ['takes what is confirmed at the cut-off', [february, march], 15, 25, february],
    ['leaves out what is confirmed after it', [february, march], 16, 25, march],
    ['is the one planned first while none is out', [someday, april, march], 25, 26, march],
    ['may have no date yet', [someday], 25, 26, someday],
    ['does not know what is published later than now', [february, march], 12, 19, february],
    ['is out, whatever was planned earlier', [march, january], 5, 25, january],
    ['is unknown without releases', [], 5, 25, undefined],
    ['is unknown when all are behind', [january, hotfix], 15, 25, undefined],
  ])('%s', ([, releases, confirmed, now, expected]) => {
    expect(nextRelease(releases, day(confirmed), day(now))).toBe(expected)
  })
})
