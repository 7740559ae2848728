import { type CreateTableBuilder, type Kysely, sql } from 'kysely'

// Frozen in time: imports nothing from src. Instants are bigint (exact on both engines).

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no schema but the one it makes
export async function up(db: Kysely<any>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name)
  const alter = (name: string) => db.schema.alterTable(name)

  await alter('page')
    .addColumn('commitments', 'text', (c) => c.notNull().defaultTo('public'))
    .execute()
  await alter('page').addColumn('commitments_note', 'text').execute()

  // A version holds until the next one begins; which version of its calendar a policy uses follows from the day.
  await alter('sla_policy').dropColumn('valid_to_on').execute()
  await alter('sla_policy').dropColumn('calendar_version').execute()
  await alter('sla_calendar')
    .addColumn('valid_from_on', 'text', (c) => c.notNull().defaultTo('2000-01-01'))
    .execute()

  await table('sla_contract')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('customer', 'text')
    .addColumn('plan', 'text')
    .addColumn('product', 'text')
    .addColumn('policy_id', 'text', (c) => c.notNull())
    .addColumn('clock_starts', 'text', (c) => c.notNull())
    .addColumn('pausable_goals', 'text', (c) => c.notNull())
    .addColumn('valid_from_on', 'text', (c) => c.notNull())
    .addColumn('valid_to_on', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('sla_contract_pk', ['id', 'version'])
    .addCheckConstraint(
      'sla_contract_subject',
      sql`(case when customer is null then 0 else 1 end) + (case when plan is null then 0 else 1 end)
        + (case when product is null then 0 else 1 end) = 1`,
    )
    .execute()
  await table('sla_contract_link')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('contract_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .execute()

  for (const subject of ['customer', 'plan', 'product'])
    await alter('defect').addColumn(subject, 'text').execute()
  await alter('defect').addColumn('follows_id', 'text').execute()
  await db.schema.createIndex('defect_customer').on('defect').column('customer').execute()

  for (const column of ['severity_before', 'severity', 'severity_change', 'withdraws_id']) {
    await alter('defect_event').addColumn(column, 'text').execute()
  }
  await alter('defect_event').addColumn('calendar_version', 'integer').execute()
  // Orders what was written at one instant.
  for (const name of ['defect_event', 'sla_verdict']) {
    await alter(name)
      .addColumn('number', 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
  }

  await table('release_plan')
    .addColumn('release_id', 'text', (c) => c.notNull().references('release.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('planned_at', 'bigint')
    .addColumn('cut_off_at', 'bigint')
    .addColumn('reason', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('release_plan_pk', ['release_id', 'number'])
    .execute()
  // Releases of before get the plan that they have.
  await sql`insert into release_plan (release_id, number, planned_at, cut_off_at, reason, created_at)
    select id, 1, planned_at, cut_off_at, null, created_at from release`.execute(db)

  for (const name of ['sla_promise', 'sla_verdict']) {
    await alter(name).addColumn('contract_id', 'text').execute()
    await alter(name).addColumn('contract_version', 'integer').execute()
  }

  await table('sla_deadline')
    .$call(goalOfDefect)
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('deadline_at', 'bigint')
    .addColumn('at_risk_at', 'bigint')
    .addColumn('tz_version', 'text', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('recorded_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('sla_deadline_pk', ['defect_id', 'goal', 'number'])
    .execute()

  await table('sla_announcement')
    .$call(goalOfDefect)
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('announced_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('sla_announcement_pk', ['defect_id', 'goal', 'kind'])
    .execute()
}

function goalOfDefect<Table extends string, Columns extends string>(
  builder: CreateTableBuilder<Table, Columns>,
) {
  return builder
    .addColumn('defect_id', 'text', (c) => c.notNull().references('defect.id'))
    .addColumn('goal', 'text', (c) => c.notNull())
}
