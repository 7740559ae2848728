import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'

/** Memory that looks like a folder, as Linux has it. */
const MEMORY = '/dev/shm'
const NEEDED_BYTES = 1024 ** 3

/**
 * Where databases of tests are kept: in memory where there is enough of it, because nothing here cuts the power, so
 * nothing is learned from waiting for a disk. Tests about disks and their faults do not ask for it.
 */
export async function fastFolder(): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(MEMORY)
    return bavail * bsize >= NEEDED_BYTES ? MEMORY : tmpdir()
  } catch {
    // Other systems have no such folder.
    return tmpdir()
  }
}
