import { createInterface } from 'node:readline'
import { Command, InvalidArgumentError, Option } from 'commander'
import { failureSentence } from './commands/failure-sentence.ts'
import { ROLES, type Role, SCOPES, type Scope } from './domain/staff/scopes.ts'
import { isTimeZone } from './lib/time-zones.ts'

/**
 * The `avow` command. Standard output is for results alone; a failure is one sentence and an exit code.
 * Each command loads its own part of the program: all of it takes half a second.
 */
const avow = new Command('avow')
  .description('Runs and looks after a status page that shows what was promised.')
  .showSuggestionAfterError()

avow
  .command('migrate')
  .description('brings the database to the newest schema and names the migrations that ran')
  .action(async () => {
    const { migrateCommand } = await import('./commands/migrate.ts')
    await migrateCommand(write)
  })

avow
  .command('token')
  .description('works on API tokens')
  .command('create')
  .description('makes an API token and prints it: the one time that it can be read')
  .requiredOption('--name <name>', 'what the token is for, as it stands in the audit log')
  .addOption(
    new Option('--scope <scope...>', 'what it may do; give it again for more')
      .choices(SCOPES)
      .makeOptionMandatory(),
  )
  .option('--expires <days>', 'after how many days it ends; never, when left out', days)
  .addHelpText(
    'after',
    '\nnpm prints a header of its own: `npm run -s avow -- token create …` prints just the token.',
  )
  .action(async (options: { name: string; scope: Scope[]; expires?: number }) => {
    const { createTokenCommand } = await import('./commands/create-token.ts')
    await createTokenCommand(options, write)
  })

avow
  .command('staff')
  .description('works on the people who may sign in')
  .command('invite')
  .description('prints a link by which somebody joins, once; a member of staff sets a new password by it')
  .argument('<email>', 'the address with which they sign in')
  .addOption(new Option('--role <role>', 'what they are there for').choices(ROLES).default('administrator'))
  .action(async (email: string, { role }: { role: Role }) => {
    const { inviteStaffCommand } = await import('./commands/invite-staff.ts')
    await inviteStaffCommand({ email, role }, write)
  })

const imports = avow.command('import').description('takes over what another system published')

imports
  .command('statuspage')
  .description('imports a page with its history; again, it brings in only what has changed')
  .argument(
    '<path-or-url>',
    'the page’s origin, or a folder with components.json, incidents.json and scheduled-maintenances.json',
  )
  .addOption(dryRun())
  .action(async (pathOrUrl: string, options: { dryRun?: boolean }) => {
    const { importCommand } = await import('./commands/import-page.ts')
    const { readPage } = await import('./import/statuspage/read-page.ts')
    const { readStatuspage } = await import('./import/statuspage/source.ts')
    await importCommand(
      async (onProgress) => readPage(await readStatuspage(pathOrUrl, { onProgress })),
      options,
      write,
    )
  })

imports
  .command('cachet')
  .description('imports a page of Cachet 2 or 3; again, it brings in only what has changed')
  .argument(
    '<url-or-path>',
    'the page’s origin, or a folder with what its API answered as components.json and incidents.json, and, where ' +
      'there are, groups.json and schedules.json',
  )
  .option('--token <token>', 'an API token; without one, Cachet tells what everybody may read')
  .addOption(timeZone())
  .addOption(dryRun())
  .action(async (urlOrPath: string, options: { token?: string; timeZone: string; dryRun?: boolean }) => {
    const { importCommand } = await import('./commands/import-page.ts')
    const { readPage } = await import('./import/cachet/read-page.ts')
    const { readCachet } = await import('./import/cachet/source.ts')
    await importCommand(
      async (onProgress) =>
        readPage(await readCachet(urlOrPath, { ...options, onProgress }), options.timeZone),
      options,
      write,
    )
  })

imports
  .command('uptime-kuma')
  .description('imports what a backup of Uptime Kuma has of a status page')
  .argument('<file>', 'its JSON backup')
  .addOption(timeZone())
  .addOption(dryRun())
  .action(async (file: string, options: { timeZone: string; dryRun?: boolean }) => {
    const { importCommand } = await import('./commands/import-page.ts')
    const { readBackup } = await import('./import/uptime-kuma/backup.ts')
    const { readPage } = await import('./import/uptime-kuma/read-page.ts')
    await importCommand(async () => readPage(await readBackup(file), options.timeZone), options, write)
  })

avow
  .command('sla')
  .description('computes with service-level terms')
  .command('deadlines')
  .description('answers JSON lines on standard input with deadlines, one line each')
  .action(async () => {
    const { answerSlaDeadlines } = await import('./commands/sla-deadlines.ts')
    await answerSlaDeadlines(createInterface({ input: process.stdin, crlfDelay: Infinity }), write)
  })

avow
  .command('config')
  .description('prints the configuration that is in force, secrets hidden')
  .action(async () => {
    const { describeConfig, loadConfig } = await import('./config.ts')
    describeConfig(loadConfig()).forEach(write)
  })

avow
  .command('doctor')
  .description('says what is wrong with this installation, in sentences; it changes nothing')
  .action(async () => {
    const { doctorCommand } = await import('./commands/doctor.ts')
    if (!(await doctorCommand(write))) process.exitCode = 1
  })

const exports = avow
  .command('export')
  .description('writes the whole public page as a static site, compressed files beside each')
  .argument('<folder>', 'an empty folder, or one that an earlier export has filled')
  .action(async (folder: string) => {
    const { exportCommand } = await import('./commands/export-site.ts')
    await exportCommand(folder, write)
  })

exports
  .command('statuspage')
  .description('writes the page with its whole history as the JSON documents that other systems read')
  .argument('<folder>', 'an empty folder, or one of an earlier export')
  .action(async (folder: string) => {
    const { exportStatuspageCommand } = await import('./commands/export-statuspage.ts')
    await exportStatuspageCommand(folder, write)
  })

avow
  .command('backup')
  .description('copies the SQLite database to a new file while the server runs, and checks the copy')
  .argument('<file>', 'where to; a file that is there already is never replaced')
  .action(async (file: string) => {
    const { backupCommand } = await import('./commands/backup.ts')
    await backupCommand(file, write)
  })

avow
  .command('restore')
  .description('puts a backup in the place of the database; the server must be stopped')
  .argument('<file>', 'a backup')
  .option('--force', 'also over a database in use, which is kept aside')
  .action(async (file: string, options: { force?: boolean }) => {
    const { restoreCommand } = await import('./commands/restore.ts')
    await restoreCommand(file, options, write)
  })

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  await avow.parseAsync()
} catch (error) {
  process.stderr.write(`${failureSentence(error)}\n`)
  process.exitCode = 1
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}

function dryRun(): Option {
  return new Option('--dry-run', 'only says what an import would come to; nothing is written')
}

function timeZone(): Option {
  return new Option('--time-zone <zone>', 'the zone of times that say none, for instance Asia/Kolkata')
    .default('UTC')
    .argParser((zone) => {
      if (!isTimeZone(zone))
        throw new InvalidArgumentError('It must be an IANA time zone such as Asia/Kolkata.')
      return zone
    })
}

function days(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 36_500) {
    throw new InvalidArgumentError('It must be a whole number of days from 1 to 36500.')
  }
  return number
}
