import { z } from '@hono/zod-openapi'
import { SEVERITIES } from '../../domain/defects/defect.ts'
import { GOALS } from '../../domain/sla/engine/goal-terms.ts'
import { assertNotRevisedSince } from '../../domain/sla/terms/assert-not-revised.ts'
import { getPolicyVersions, listPolicies, type Policy } from '../../domain/sla/terms/policies.ts'
import type { Recorded } from '../../domain/sla/terms/validity.ts'
import { createPolicy, NewPolicy, PolicyChanges, revisePolicy } from '../../domain/sla/terms/write-policy.ts'
import type { Reader } from '../../domain/tx.ts'
import { changesOf } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { VersionedCursor, versionedJson, versionedOf, versionedSource } from './versions.ts'

/** `{"hours": 4}`, `{"bdays": 3}`, `{"weeks": 1}`, `{"release": "next"}`, or null: as seen fit. */
const TermJson = z.record(z.string(), z.union([z.number(), z.string()])).nullable()

const PolicyJson = versionedOf('Policy', {
  name: z.string(),
  calendar_id: z.string(),
  goals: z
    .record(z.enum(SEVERITIES), z.record(z.enum(GOALS), TermJson))
    .openapi({ description: 'What is promised, by severity and goal.' }),
})

// Named, so that the documentation tells them once; `extend` makes a schema that can be named.
const SeverityGoals = NewPolicy.shape.goals.shape.critical.extend({}).openapi('SeverityGoals')
const goals = NewPolicy.shape.goals
  .extend({ critical: SeverityGoals, high: SeverityGoals, medium: SeverityGoals, low: SeverityGoals })
  .openapi('PolicyGoals')
const NewPolicyIn = NewPolicy.extend({ goals })
const PolicyChangesIn = PolicyChanges.extend({ goals: goals.optional() })

// Contracts are confidential, and all policies but the standard one are what contracts promise: only who may write the
// terms reads them. The standard terms are on the page.
const scope = 'sla:write'
const tag = 'Policies'
const answer = PolicyJson

export function policyRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/sla/policies',
      scope,
      tag,
      summary: 'List the policies, the first made first',
      item: PolicyJson,
      cursor: VersionedCursor,
    },
    versionedSource(listPolicies, policyJson),
  )
  routes.write(
    {
      method: 'post',
      path: '/sla/policies',
      scope,
      tag,
      summary: 'Make a policy',
      description:
        'It says for every severity what is promised for response, workaround and fix: `{"hours": n}`, `{"bdays": n}`, `{"weeks": n}`, `{"release": "next"}` or, as seen fit, `null`. It is promised to nobody until a contract names it.',
      body: NewPolicyIn,
      answer,
    },
    async (tx, { body }) => readOne(tx.db, await createPolicy(tx, body)),
  )
  routes.read(
    { path: '/sla/policies/{id}', scope, tag, summary: 'Read a policy and its versions', answer },
    (reader, { params }) => readOne(reader, params.id),
  )
  routes.write(
    {
      method: 'patch',
      path: '/sla/policies/{id}',
      scope,
      tag,
      summary: 'Edit a policy, which makes a new version',
      description:
        'The standard terms have the id `standard`. The new version is promised for clocks that start on or after `valid_from`, today when left out and at the earliest; clocks that run keep their terms. What was planned for later days is replaced. `goals` are given whole.',
      body: changesOf(PolicyChangesIn),
      assertUnchanged: (reader, version, { id }) =>
        assertNotRevisedSince(reader, 'sla.policy_revised', { id, version }),
      answer,
    },
    async (tx, { params: { id }, body }) => {
      await revisePolicy(tx, id, body)
      return readOne(tx.db, id)
    },
  )
}

async function readOne(reader: Reader, id: string) {
  return policyJson(await getPolicyVersions(reader, id))
}

function policyJson(versions: readonly Recorded<Policy>[]): z.input<typeof PolicyJson> {
  return versionedJson(versions, ({ name, calendarId, goals }) => ({ name, calendar_id: calendarId, goals }))
}
