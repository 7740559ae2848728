const known = new Map<string, boolean>()

/**
 * Whether this is an IANA zone that the platform knows: one it lists, UTC, or another name of one of these.
 * Platforms list Asia/Calcutta while people write Asia/Kolkata. Offsets such as `+05:00` are nobody's other name.
 */
export function isTimeZone(name: string): boolean {
  let answer = known.get(name)
  if (answer === undefined) {
    answer = lookUp(name)
    // Bounded, because names come from strangers' files.
    if (known.size < 1_000) known.set(name, answer)
  }
  return answer
}

function lookUp(name: string): boolean {
  const listed = listTimeZones()
  if (listed.includes(name)) return true
  if (/^[+-]/.test(name)) return false
  try {
    const epoch = Temporal.Instant.fromEpochMilliseconds(0)
    const named = epoch.toZonedDateTimeISO(name)
    return named.timeZoneId === name && listed.some((other) => epoch.toZonedDateTimeISO(other).equals(named))
  } catch {
    // Temporal throws a RangeError for every text that names no zone.
    return false
  }
}

/** The version of the time-zone database that this platform computes with, for instance `2026c`; machines differ. */
export const TIME_ZONE_DATABASE = process.versions.tz ?? 'unknown'

/** The zones that the platform lists, and UTC, to choose from. */
export function listTimeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}
