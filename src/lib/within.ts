/**
 * The result of some work if it comes in time; the work itself goes on.
 * @throws Error when it takes longer than `limitMs`; otherwise what the work throws
 */
export async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`No answer within ${limitMs} ms.`)), limitMs)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
