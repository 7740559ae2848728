import { loadConfig } from '../config.ts'
import { openContext } from '../context.ts'
import { checkDatabase } from './doctor/check-database.ts'
import { checkInstallation, checkKeptPages, checkPublishedCopy } from './doctor/check-installation.ts'
import { checkOperation } from './doctor/check-operation.ts'
import type { Finding } from './doctor/finding.ts'

const LABELS = { ok: 'ok       ', warning: 'warning  ', problem: 'problem  ' } as const

/**
 * `avow doctor`: what is wrong with this installation, a sentence a line. It changes nothing.
 * @returns whether there is no problem; warnings are none
 */
export async function doctorCommand(write: (line: string) => void): Promise<boolean> {
  const config = loadConfig()
  const database = await checkDatabase(config.database)
  const findings = [
    ...checkInstallation(config),
    ...(await checkPublishedCopy(config)),
    checkKeptPages(config),
    ...database.findings,
    ...(database.isCurrent ? await operationOf(config) : []),
  ]
  for (const { level, says } of findings) write(`${LABELS[level]}${says}`)
  return findings.every(({ level }) => level !== 'problem')
}

async function operationOf(config: ReturnType<typeof loadConfig>): Promise<Finding[]> {
  const ctx = openContext(config)
  try {
    return await checkOperation(ctx)
  } finally {
    await ctx.close()
  }
}
