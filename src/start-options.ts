import { Command, InvalidArgumentError } from 'commander'

/** What `npm start -- …` may be told on its command line; settings are environment variables. */
export interface StartOptions {
  processes: number
  jobs: boolean
  publish: boolean
}

/** Reads the command line of this process. `--help` and what is wrong with it are said here, and end the process. */
export function readStartOptions(): StartOptions {
  return new Command('npm start --')
    .description(
      'Serves the status page, and does its background work. Settings are environment variables: see README.',
    )
    .option('--processes <number>', 'so many processes serve one port together', count, 1)
    .option('--no-jobs', 'only serve; `npm run worker` does the background work')
    .option('--no-publish', 'leave the copy in AVOW_PUBLISH_DIR to another process')
    .parse()
    .opts<StartOptions>()
}

function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 64)
    throw new InvalidArgumentError('It must be a whole number from 1 to 64.')
  return number
}
