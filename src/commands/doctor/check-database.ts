import { statfsSync } from 'node:fs'
import path from 'node:path'
import {
  inspectPostgres,
  inspectSqlite,
  type PostgresFacts,
  type SchemaFacts,
  type SqliteFacts,
} from '../../db/inspect.ts'
import { failureSentence } from '../failure-sentence.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

const MEGABYTE = 1_000_000
/** A checkpoint keeps the log at a few megabytes; beyond this something reads for hours. */
const LONG_WAL = 256 * MEGABYTE
const LITTLE_ROOM = 200 * MEGABYTE
/** The oldest PostgreSQL that its makers still mend. */
const OLDEST_POSTGRES = 14

/** Whether the database is there, whole, of this program's schema, and keeps what it acknowledges. */
export async function checkDatabase(url: string): Promise<{ findings: Finding[]; isCurrent: boolean }> {
  try {
    const facts = await (url.startsWith('file:')
      ? inspectSqlite(url.slice('file:'.length))
      : inspectPostgres(url))
    if (facts === undefined) {
      const says = `There is no database at ${url.slice('file:'.length)} yet; \`npm start\` makes it.`
      return { findings: [warning(says)], isCurrent: false }
    }
    return {
      findings: [...('file' in facts ? checkSqlite(facts) : checkPostgres(facts)), ...checkSchema(facts)],
      isCurrent: facts.pending.length === 0 && facts.unknown.length === 0,
    }
  } catch (error) {
    return { findings: [problem(failureSentence(error))], isCurrent: false }
  }
}

function checkSqlite({ file, mode, size, walSize }: SqliteFacts): Finding[] {
  const megabytes = Math.ceil(size / MEGABYTE)
  const { bavail, bsize } = statfsSync(path.dirname(file))
  const free = bavail * bsize
  return [
    ok(`The database ${file} is whole (integrity_check, ${megabytes} MB).`),
    mode & 0o077
      ? problem(`Others on this machine can read ${file}: run \`chmod 600 ${file}\`.`)
      : ok('Only its owner can read it.'),
    walSize > LONG_WAL
      ? warning(
          `Its write-ahead log has ${Math.round(walSize / MEGABYTE)} MB: some process has been reading for long.`,
        )
      : ok('Its write-ahead log is short.'),
    free < Math.max(LITTLE_ROOM, 2 * size)
      ? warning(`The disk has ${Math.round(free / MEGABYTE)} MB left; a backup needs ${megabytes} MB.`)
      : ok(`The disk has ${(free / 1e9).toFixed(1)} GB left.`),
  ]
}

function checkPostgres({ version, isReadOnly, synchronousCommit }: PostgresFacts): Finding[] {
  const major = Math.floor(version / 10_000)
  return [
    major < OLDEST_POSTGRES
      ? warning(`PostgreSQL ${major} gets no security updates any more.`)
      : ok(`PostgreSQL ${major} answers.`),
    isReadOnly
      ? problem('The database takes no writes: it is a standby, or read-only by its settings.')
      : ok('It takes writes.'),
    synchronousCommit === 'off'
      ? problem(
          'synchronous_commit is off: an update that was answered as posted can be lost with the server.',
        )
      : ok('A write is on disk before it is acknowledged.'),
  ]
}

function checkSchema({ pending, unknown }: SchemaFacts): Finding[] {
  if (unknown.length > 0) {
    return [
      problem(
        `A newer Avow has changed the schema (${unknown.join(', ')}): run that version, or a newer one.`,
      ),
    ]
  }
  if (pending.length > 0) {
    return [
      warning(`The schema waits for ${pending.join(', ')}; \`npm start\` and \`avow migrate\` run them.`),
    ]
  }
  return [ok('Its schema is the newest.')]
}
