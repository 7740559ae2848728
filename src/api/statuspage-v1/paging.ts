import { invalidField } from '../../errors.ts'

/** A stretch of a list. */
export interface Stretch {
  limit: number
  offset: number
}

/** As many as Statuspage gives at once. */
const MOST = 100

/**
 * Which entries are asked for: `page` counts from 1, `limit` or `per_page` says how many, at most 100.
 * @throws DomainError `invalid`
 */
export function stretchOf(query: URLSearchParams): Stretch {
  const limit = Math.min(MOST, wholeNumber(query, 'limit') ?? wholeNumber(query, 'per_page') ?? MOST)
  return { limit, offset: ((wholeNumber(query, 'page') ?? 1) - 1) * limit }
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw invalidField(`?${name}`, 'This must be a whole number from 1.')
}
