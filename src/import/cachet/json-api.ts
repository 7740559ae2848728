import { z } from 'zod'

/** Cachet 3 answers in JSON:API, Cachet 2 plainly; both lists are under `data`. */

const Reference = z.object({ id: z.union([z.string(), z.number()]), type: z.string() })
const Relation = z.object({ data: z.union([Reference, z.array(Reference), z.null()]).optional() })
const Resource = z.object({
  id: z.union([z.string(), z.number()]),
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  relationships: z.record(z.string(), Relation).default({}),
})
type Resource = z.infer<typeof Resource>

/**
 * A record as Cachet 2 writes it, whichever wrote it: attributes at the top, times and states as plain values, and each
 * relation under its name, as the records that were included or their ids.
 */
export function plainRecord(raw: unknown, included: ReadonlyMap<string, Resource>): unknown {
  const parsed = Resource.safeParse(raw)
  if (!parsed.success) return raw
  const { id, attributes, relationships } = parsed.data
  const values = Object.entries(attributes).map(([key, value]) => [TIMES.get(key) ?? key, plainValue(value)])
  const relations = Object.entries(relationships).map(([name, { data }]) => {
    const list = Array.isArray(data) ? data : data ? [data] : []
    const others = list.map(({ type, id: other }) => {
      const found = included.get(`${type} ${other}`)
      return found === undefined ? { id: other } : plainRecord(found, new Map())
    })
    return [name, others]
  })
  return Object.fromEntries([['id', id], ...values, ...relations])
}

/** What a document includes beside its list, by type and id. */
export function includedIn(document: Record<string, unknown>): Map<string, Resource> {
  const list = Array.isArray(document.included) ? document.included : []
  const resources = list.flatMap((raw) => Resource.safeParse(raw).data ?? [])
  return new Map(resources.map((resource) => [`${resource.type} ${resource.id}`, resource]))
}

const TIMES = new Map(
  ['occurred', 'scheduled', 'completed', 'created', 'updated'].map((name) => [name, `${name}_at`]),
)

/** `{human, string}` is a time, `{human, value}` a state. */
function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('string' in value) return value.string
  return 'value' in value ? value.value : value
}
