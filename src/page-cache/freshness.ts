import type { VersionWatch } from '../db/version-watch.ts'
import type { Instant } from '../lib/instant.ts'

/** One state of the page, from a write or a change by itself to the next one; entries made in it are good in it. */
export interface SiteState {
  readonly version: number
  /** Which page this is: databases may be exchanged. */
  readonly pageId: string
  readonly timeZone: string
  readonly since: Instant
  /** When something changes although nobody writes. */
  readonly changesAt: Instant
  /** When a look has last found that the page is still in this state. */
  confirmedAt: Instant
}

/** What a state is made of, besides the version: one question to the database, once a state. */
export type ReadSite = (now: Instant) => Promise<Pick<SiteState, 'pageId' | 'timeZone' | 'changesAt'>>

type Watch = Pick<VersionWatch, 'version' | 'versionNow'>

/** Knows in which state the page is at every request. */
export class Freshness {
  readonly #watch: Watch
  readonly #readSite: ReadSite
  readonly #now: () => Instant
  #state: SiteState | undefined
  #coming: { version: number; since: Instant; state: Promise<SiteState> } | undefined

  constructor(watch: Watch, readSite: ReadSite, now: () => Instant) {
    this.#watch = watch
    this.#readSite = readSite
    this.#now = now
  }

  /**
   * The state of the page: the same object as long as nothing public can have changed.
   * @throws what the database throws when it cannot be asked
   */
  async current(): Promise<SiteState> {
    const version = await this.#watch.version()
    const now = this.#now()
    const state = this.#confirmed(version, now)
    if (state !== undefined) return state
    const coming = this.#coming
    if (coming !== undefined && coming.version === version && coming.since <= now) return coming.state
    return this.#begin(version, now)
  }

  /** The state that is known already, if the database can say without waiting that it is still the one. */
  currentNow(): SiteState | undefined {
    const version = this.#watch.versionNow()
    return version === undefined ? undefined : this.#confirmed(version, this.#now())
  }

  #confirmed(version: number, now: Instant): SiteState | undefined {
    const state = this.#state
    if (state === undefined || state.version !== version || !holds(state, now)) return undefined
    state.confirmedAt = now
    return state
  }

  /** Version first, site second: a write in between costs one render more, never a stale page. */
  #begin(version: number, now: Instant): Promise<SiteState> {
    const reading = this.#readSite(now)
    const coming = {
      version,
      since: now,
      state: reading.then(
        (site): SiteState => {
          const state = { version, ...site, since: now, confirmedAt: now }
          // One that began later knows more.
          if (this.#coming === coming) {
            this.#state = state
            this.#coming = undefined
          }
          return state
        },
        (error) => {
          if (this.#coming === coming) this.#coming = undefined
          throw error
        },
      ),
    }
    this.#coming = coming
    return coming.state
  }
}

/** A clock that was set back makes a new state too: what was rendered speaks of times that are still to come. */
function holds({ since, changesAt }: SiteState, now: Instant): boolean {
  return since <= now && now < changesAt
}
