import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { isTimeZone } from './lib/time-zones.ts'

/** What this installation is told by its environment. Every variable is listed in `.env.example`. */
export interface Config {
  /** The public origin, without a trailing slash: links in feeds, images and calendars begin with it. */
  url: string
  host: string
  port: number
  /** `file:PATH` or `postgres://…`. */
  database: string
  /** Where the latest pages are kept for a start without a database; null: beside the database. */
  cacheFolder: string | null
  /** Where a static copy of the page is kept true; null: nowhere. */
  publishFolder: string | null
  /** Used once, when the database is made; afterwards the page's own settings hold. */
  initial: { pageName: string; timeZone: string }
  /** Seals what has to be read again, such as the secrets of authenticators; null: one that is made with the database. */
  secret: string | null
  /** Whose pages may show the card of this one in a frame, as `frame-ancestors` writes them; none: nobody's. */
  embedOrigins: string[]
  /** Where staff may sign in besides here, by OpenID Connect; null: nowhere. */
  oidc: { issuer: string; clientId: string; clientSecret: string } | null
  /** Lets Prometheus read `/metrics`; null: there is none. */
  metricsToken: string | null
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** As a policy may name a source: anything else could end the directive and begin another. */
const EMBED_ORIGIN = /^(\*|https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?)$/i

const Environment = z
  .object({
    AVOW_URL: z
      .url({
        protocol: /^https?$/,
        error: 'must be an http or https origin, for instance https://status.example.com',
      })
      .refine(
        (text) => !URL.canParse(text) || new URL(text).pathname === '/',
        'must be an origin without a path',
      )
      .optional(),
    AVOW_HOST: z.string().min(1).default('127.0.0.1'),
    AVOW_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(4321),
    AVOW_DATABASE: z
      .string()
      .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must be file:PATH or postgres://USER:PASSWORD@HOST/NAME')
      .default('file:data/avow.db'),
    AVOW_CACHE_DIR: z.string().min(1).optional(),
    AVOW_PUBLISH_DIR: z.string().min(1).optional(),
    AVOW_PAGE_NAME: z.string().trim().min(1).max(100).default('Status'),
    AVOW_TIME_ZONE: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone, for instance Asia/Kolkata')
      .default('UTC'),
    AVOW_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    AVOW_EMBED_ORIGINS: z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter(Boolean))
      .refine(
        (origins) => origins.every((origin) => EMBED_ORIGIN.test(origin)),
        'must be origins like https://app.example.com or https://*.example.com, with blanks between them, or *',
      )
      .default([]),
    AVOW_OIDC_ISSUER: z
      .url({
        protocol: /^https?$/,
        error: 'must be the issuer’s address, for instance https://login.example.com',
      })
      .refine(isSafeIssuer, 'must begin with https, unless it is on this machine')
      .optional(),
    AVOW_OIDC_CLIENT_ID: z.string().min(1).optional(),
    AVOW_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    AVOW_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
    AVOW_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    const names = ['AVOW_OIDC_ISSUER', 'AVOW_OIDC_CLIENT_ID', 'AVOW_OIDC_CLIENT_SECRET'] as const
    const missing = names.filter((name) => env[name] === undefined)
    if (missing.length === names.length) return
    for (const name of missing)
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'goes together with the other two of AVOW_OIDC_…',
      })
  })

/** Over plain http anybody on the way could say who signs in. */
function isSafeIssuer(text: string): boolean {
  if (!URL.canParse(text)) return true
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** The three settings of a provider go together. */
function oidcOf(env: z.output<typeof Environment>): Config['oidc'] {
  const {
    AVOW_OIDC_ISSUER: issuer,
    AVOW_OIDC_CLIENT_ID: clientId,
    AVOW_OIDC_CLIENT_SECRET: clientSecret,
  } = env
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : null
}

/**
 * Reads `.env` and the environment; the environment wins.
 * @throws Error listing every wrong variable at once
 */
export function loadConfig(environment: NodeJS.ProcessEnv = environmentWithFile()): Config {
  // A line `NAME=` in a copied .env means: not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
    throw new Error(`The configuration is not usable:\n${problems.join('\n')}`)
  }
  const env = parsed.data
  return {
    url: (env.AVOW_URL ?? `http://localhost:${env.AVOW_PORT}`).replace(/\/$/, ''),
    host: env.AVOW_HOST,
    port: env.AVOW_PORT,
    database: env.AVOW_DATABASE,
    cacheFolder: env.AVOW_CACHE_DIR ?? null,
    publishFolder: env.AVOW_PUBLISH_DIR ?? null,
    initial: { pageName: env.AVOW_PAGE_NAME, timeZone: env.AVOW_TIME_ZONE },
    secret: env.AVOW_SECRET ?? null,
    oidc: oidcOf(env),
    embedOrigins: env.AVOW_EMBED_ORIGINS,
    metricsToken: env.AVOW_METRICS_TOKEN ?? null,
    logLevel: env.AVOW_LOG_LEVEL,
  }
}

/**
 * Where the latest pages are kept, each database apart: beside a SQLite file, and by the address of a PostgreSQL
 * database, whatever its password is at present.
 */
export function cacheFolderOf({ cacheFolder, database }: Pick<Config, 'cacheFolder' | 'database'>): string {
  if (cacheFolder !== null) return cacheFolder
  if (database.startsWith('file:')) return `${database.slice('file:'.length)}-pages`
  return `data/pages/${hash('sha256', withoutPassword(database)).slice(0, 16)}`
}

/** The configuration as lines `NAME=value` for `avow config`, a password in a database address hidden. */
export function describeConfig(config: Config): string[] {
  return [
    `AVOW_URL=${config.url}`,
    `AVOW_HOST=${config.host}`,
    `AVOW_PORT=${config.port}`,
    `AVOW_DATABASE=${withoutPassword(config.database)}`,
    `AVOW_CACHE_DIR=${cacheFolderOf(config)}`,
    `AVOW_PUBLISH_DIR=${config.publishFolder ?? ''}`,
    `AVOW_PAGE_NAME=${config.initial.pageName}`,
    `AVOW_TIME_ZONE=${config.initial.timeZone}`,
    `AVOW_SECRET=${config.secret === null ? '' : '…'}`,
    `AVOW_EMBED_ORIGINS=${config.embedOrigins.join(' ')}`,
    `AVOW_OIDC_ISSUER=${config.oidc?.issuer ?? ''}`,
    `AVOW_OIDC_CLIENT_ID=${config.oidc?.clientId ?? ''}`,
    `AVOW_OIDC_CLIENT_SECRET=${config.oidc === null ? '' : '…'}`,
    `AVOW_METRICS_TOKEN=${config.metricsToken === null ? '' : '…'}`,
    `AVOW_LOG_LEVEL=${config.logLevel}`,
  ]
}

function withoutPassword(database: string): string {
  return database.replace(/:\/\/([^:@/]+):[^@/]+@/, '://$1:…@')
}

function environmentWithFile(): NodeJS.ProcessEnv {
  // Node's own reader keeps variables that are already set.
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}
