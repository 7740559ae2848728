import { pino, stdSerializers } from 'pino'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { assertDatabaseIsOurs, type Database, openDatabase } from './db/open.ts'
import { type Preview, previewOn } from './db/preview.ts'
import { installSecret } from './domain/installation.ts'
import { installPage } from './domain/page.ts'
import { installStandardTerms } from './domain/sla/terms/standard-terms.ts'
import type { Actor, Reader, Tx } from './domain/tx.ts'
import type { Instant } from './lib/instant.ts'

/** What any part of the program may use, and the only way to it. */
export interface AppContext {
  config: Config
  /** For a single question; it sees every committed write, from whichever process. */
  read: Reader
  /**
   * For several questions about one moment: no write, from whichever process, shows in the middle of them.
   * Inside, use nothing but the reader that is handed in.
   */
  snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result>
  /** Runs `work` in one transaction: all of it is kept, or, when it throws, none. */
  write<Result>(actor: Actor, work: (tx: Tx) => Promise<Result>): Promise<Result>
  /**
   * What `write` would change: `look` sees how things would be, then how they are, both at the moment of the write.
   * It waits in the line of the writers, it fails as the write would, and nothing of it is kept.
   */
  preview<Written, Seen>(
    actor: Actor,
    write: (tx: Tx) => Promise<Written>,
    look: (reader: Reader, written: Written, now: Instant) => Promise<Seen>,
  ): Promise<Preview<Written, Seen>>
  now(): Instant
  log: Log
  close(): Promise<void>
}

export interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** Parts that tests replace: the clock, where the log goes, and a database that is open already and stays so. */
export interface Surroundings {
  now?: () => Instant
  log?: Log
  database?: Database
}

const INSTALLER: Actor = { kind: 'operator', id: null, name: 'installation' }

/** Opens the database that the configuration names; it must have been prepared before. */
export function openContext(config: Config, surroundings: Surroundings = {}): AppContext {
  return open(config, surroundings).context
}

/** Opens the database, brings its schema up to date and installs what every page needs: its row and its terms. */
export async function prepareContext(config: Config, surroundings: Surroundings = {}): Promise<AppContext> {
  assertDatabaseIsOurs(config.database)
  const { context, database } = open(config, surroundings)
  try {
    const ran = await migrate(database.writer)
    if (ran.length > 0) context.log.info({ migrations: ran }, 'The database schema is up to date.')
    await context.write(INSTALLER, async (tx) => {
      await installPage(tx, { name: config.initial.pageName, timeZone: config.initial.timeZone })
      await installStandardTerms(tx, config.initial.timeZone)
      await installSecret(tx)
    })
    return context
  } catch (error) {
    await context.close()
    throw error
  }
}

/** The clock of this machine. */
export function systemClock(): Instant {
  return Date.now()
}

/** JSON lines on standard error; standard output is for results alone. */
export function openLog({ logLevel }: Pick<Config, 'logLevel'>): Log {
  const serializers = { error: stdSerializers.err }
  return pino({ level: logLevel, base: null, serializers }, pino.destination(2))
}

function open(config: Config, surroundings: Surroundings): { context: AppContext; database: Database } {
  const now = surroundings.now ?? systemClock
  const log = surroundings.log ?? openLog(config)
  const given = surroundings.database
  const database =
    given ?? openDatabase(config.database, (error) => log.error({ error }, 'The database failed.'))
  const context: AppContext = {
    config,
    read: database.reader,
    snapshot: (work) => database.snapshot(work),
    write: (actor, work) => database.write((db) => work({ db, actor, now: now() })),
    preview: (actor, write, look) => {
      // The clock is asked when the turn has come, as for any write; both looks are of that moment.
      let at = 0
      const begin = (db: Tx['db']) => {
        at = now()
        return write({ db, actor, now: at })
      }
      return previewOn(database, begin, (db, written) => look(db, written, at))
    },
    now,
    log,
    close: async () => {
      if (given === undefined) await database.close()
    },
  }
  return { context, database }
}
