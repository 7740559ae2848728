/**
 * An uptime as people read it, rounded down to a hundredth of a percent: "100 %" only when nothing was lost.
 * "no data" where there is nothing to speak of.
 */
export function uptimeWords(ratio: number | null): string {
  if (ratio === null) return 'no data'
  // Binary fractions fall a hair short of decimal ones; a ten-thousandth of the last digit mends that.
  const hundredths = Math.floor(ratio * 10_000 + 0.0001)
  return `${hundredths === 10_000 ? '100' : (hundredths / 100).toFixed(2)} %`
}
