import { chmod, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../bench/free-port.ts'
import type { Engine } from '../support/page.ts'
import { postgresIn } from '../support/postgres-server.ts'

/** A database that can be taken away from a program that runs: SQLite's file is moved, PostgreSQL is stopped. */
export interface LeavingDatabase {
  url: string
  /** A folder beside it, for whatever else a test keeps. */
  folder: string
  leave(): Promise<void>
  comeBack(): Promise<void>
  remove(): Promise<void>
}

/** Makes one with nothing in it, on a server of its own where it takes one. */
export async function leavingDatabase(engine: Engine): Promise<LeavingDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-leaving-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  if (engine === 'sqlite') {
    const file = path.join(folder, 'avow.db')
    const elsewhere = path.join(folder, 'elsewhere.db')
    // Its log stays, as with somebody who moves what looks like the database.
    const [leave, comeBack] = [() => rename(file, elsewhere), () => rename(elsewhere, file)]
    return { url: `file:${file}`, folder, leave, comeBack, remove }
  }
  // As root the server runs as another user, who has to get to its data.
  await chmod(folder, 0o755)
  const { server, url } = postgresIn(path.join(folder, 'data'), await freePort(), { persistent: true })
  await server.initialise()
  await server.start()
  await server.createDatabase('avow')
  return {
    url: `${url}/avow`,
    folder,
    leave: () => server.stop(),
    comeBack: () => server.start(),
    remove: async () => {
      await server.stop()
      await remove()
    },
  }
}
