import { accessSync, constants, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Config, cacheFolderOf } from '../../config.ts'
import { lookInto } from '../../site-copy/folder.ts'
import { failureSentence } from '../failure-sentence.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

const LOCAL = ['localhost', '127.0.0.1', '[::1]']

/** Whether the program is built and its settings are those of a page that the public reads. */
export function checkInstallation(config: Config): Finding[] {
  const { protocol, hostname } = new URL(config.url)
  const isLocal = LOCAL.includes(hostname)
  const findings = [
    existsSync('dist/server/entry.mjs')
      ? ok('The site is built.')
      : problem('The site is not built: run `npm run build`.'),
  ]
  if (isLocal) {
    findings.push(
      warning(
        `AVOW_URL is ${config.url}: links in feeds, calendars and images lead to each reader’s own machine.`,
      ),
    )
  } else if (protocol === 'http:') {
    findings.push(warning(`AVOW_URL is ${config.url}, without TLS: anybody on the way can change the page.`))
  } else {
    findings.push(ok(`The public address is ${config.url}.`))
  }
  if (existsSync('.env') && statSync('.env').mode & 0o007) {
    findings.push(problem('Everybody on this machine can read .env and its secrets: run `chmod 640 .env`.'))
  }
  return findings
}

/** Whether the folder of the published copy, if there is to be one, is ours to fill. */
export async function checkPublishedCopy({ publishFolder }: Config): Promise<Finding[]> {
  if (publishFolder === null) return []
  try {
    const { files, hasManifest } = await lookInto(publishFolder)
    if (!canWriteIn(publishFolder))
      return [problem(`The copy of the page cannot be written: this user may not write in ${publishFolder}.`)]
    if (!hasManifest)
      return [warning(`There is no copy of the page in ${publishFolder} yet; \`npm start\` makes it.`)]
    return [ok(`The copy of the page in ${publishFolder} has ${files.size} files.`)]
  } catch (error) {
    return [problem(failureSentence(error))]
  }
}

/** Whether pages outlive the program, to be served when it starts without a database. */
export function checkKeptPages(config: Config): Finding {
  const folder = cacheFolderOf(config)
  return canWriteIn(folder)
    ? ok('Pages are kept for a start without a database.')
    : warning(`A start without a database has no pages to serve: this user may not write in ${folder}.`)
}

/** Whether this user can make files in a folder; where it is not there yet, whether the folder can be made. */
function canWriteIn(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return statSync(folder).isDirectory()
  } catch (error) {
    const isMissing = (error as { code?: string }).code === 'ENOENT'
    return isMissing && path.dirname(folder) !== folder && canWriteIn(path.dirname(folder))
  }
}
