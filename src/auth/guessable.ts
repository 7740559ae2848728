import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { invalidField } from '../errors.ts'

/** What every page of ours has to do with, whatever it is called. */
const OUR_WORDS = ['avow', 'status', 'status page']

/** From three of zxcvbn's five steps up a password stands a hundred million guesses by whoever knows what is usual. */
const STRONG_ENOUGH = 3
const SHORTEST_WORD = 3

let estimator: Promise<ZxcvbnFactory> | undefined

/**
 * Refuses what is guessed first: the passwords that many people use, patterns of the keyboard, repetitions, and words
 * about the person or the page.
 * @param about names and addresses that whoever guesses would try
 * @throws DomainError `invalid`
 */
export async function assertHardToGuess(
  password: string,
  about: readonly string[],
  pointer = '/password',
): Promise<void> {
  estimator ??= loadEstimator()
  const { score } = (await estimator).check(password, wordsOf([...about, ...OUR_WORDS]))
  if (score < STRONG_ENOUGH)
    throw invalidField(
      pointer,
      'This is guessed too easily. Take a few words that have nothing to do with you.',
    )
}

/** Two megabytes of what people use: loaded when the first of them is chosen. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/** The texts and the words in them: of an address each part. */
function wordsOf(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
  return [...new Set(words)].filter((word) => word.length >= SHORTEST_WORD)
}
