/**
 * Met of all that were met or missed, in words: rounded down to 0.1 %, so that "100 %" means that nothing was missed;
 * "nothing fell due" where nothing did (rule 26).
 */
export function attainmentWords(met: number, missed: number): string {
  const percent = attainmentPercent(met, missed)
  if (percent === null) return 'nothing fell due'
  // All and nothing are exact; a digit behind the point would look rounded.
  const isExact = met === 0 || missed === 0
  return `${percent.toFixed(isExact ? 0 : 1)} %`
}

/** 0–100 in steps of 0.1, rounded down; null when nothing fell due. */
export function attainmentPercent(met: number, missed: number): number | null {
  const due = met + missed
  return due === 0 ? null : Math.floor((met * 1_000) / due) / 10
}
