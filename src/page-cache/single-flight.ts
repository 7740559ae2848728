import { within } from '../lib/within.ts'

/** Work for one key in one state, and everybody who waits for it. */
export interface Flight<Result> {
  done: Promise<Result>
  /** The same, for who has something else to get: rejected when it takes too long, counted from its beginning. */
  inTime: Promise<Result>
}

/** What somebody wants to have done, once, whoever else wants it. */
export interface Task<State, Result> {
  key: string
  /** Work that was begun in another state is not joined. */
  state: State
  work(): Promise<Result>
  /** Hears of the result, unless work for a newer state has overtaken it. */
  onDone(result: Result): void
  /** Hears, once, that it failed or takes too long. */
  onFailure(error: unknown): void
  /** So long nobody tries again after a failure. */
  failureHoldsMs(): number
}

/** After so many times the patience, work that never ends stands in the way of another attempt no longer. */
const LATENESS = 6

/** Does the same work once for all who ask for it at the same time. */
export class SingleFlight<State, Result> {
  readonly #flights = new Map<string, Flight<Result> & { state: State }>()
  readonly #patienceMs: number

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs
  }

  /** The work under way for this key and state; begun now if there is none. */
  join(task: Task<State, Result>): Flight<Result> {
    const { key, state } = task
    const underWay = this.#flights.get(key)
    if (underWay !== undefined && underWay.state === state) return underWay
    const done = task.work()
    const flight = { state, done, inTime: within(this.#patienceMs, done) }
    this.#flights.set(key, flight)
    const isOvertaken = () => this.#flights.get(key) !== flight
    const forget = () => isOvertaken() || this.#flights.delete(key)
    done.then(
      (result) => {
        if (isOvertaken()) return
        this.#flights.delete(key)
        task.onDone(result)
      },
      () => {
        const holdsMs = task.failureHoldsMs()
        if (holdsMs === 0) forget()
        else setTimeout(forget, holdsMs).unref()
      },
    )
    flight.inTime.catch((error) => {
      task.onFailure(error)
      setTimeout(forget, LATENESS * this.#patienceMs).unref()
    })
    return flight
  }
}
