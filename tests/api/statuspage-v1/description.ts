import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import type { Json } from '../admin/client.ts'

// What Statuspage published of its API. A fresh clone has it not beside it: then answers are held against tables alone.
const file = path.resolve(import.meta.dirname, '../../../../shared/data/statuspage-v1-openapi.yaml')

/** The description, or undefined where it is not there. */
export const description: Json = existsSync(file) ? corrected(parse(readFileSync(file, 'utf8'))) : undefined
if (description === undefined) console.info('Skipped the description of Statuspage’s API: it is not there.')

/**
 * The description without three mistakes of its own: a type that there is none of, and the members and the place of a group,
 * typed as texts. Each is shown by another part of it: it holds what is set here already, elsewhere.
 */
function corrected(document: Json): Json {
  const { Incident, GroupComponent, Component, ...others } = document.components.schemas
  const posted = others.postPagesPageIdComponentGroups_component_group.properties
  assert.equal(Incident.properties.metadata.type, 'Object')
  assert.equal(others.postPagesPageIdIncidents_incident.properties.metadata.type, 'object')
  Incident.properties.metadata.type = 'object'
  assert.ok(Array.isArray(JSON.parse(GroupComponent.properties.components.example)))
  GroupComponent.properties.components = posted.components
  GroupComponent.properties.position = Component.properties.position
  return document
}

const DESCRIPTION = 'statuspage-v1'
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: {
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    date: /^\d{4}-\d\d-\d\d$/,
    int32: { type: 'number', validate: Number.isInteger },
    float: true,
  },
})
if (description !== undefined) ajv.addSchema(description, DESCRIPTION)

/**
 * What is wrong with a request and its answer by the description; an empty list where all is as described.
 * @param request with its fields, where they are JSON: in a form they are texts, of which the description has no schema
 */
export function problemsOf(
  request: { method: string; path: string; body?: unknown },
  answer: { status: number; body: unknown },
): unknown[] {
  if (description === undefined) return []
  const [template, operation] = operationOf(request.method, request.path)
  if (operation === undefined) {
    return answer.status === 404 ? problemsBy(ERROR, answer.body) : [`${request.path} is not described`]
  }
  const place = `/paths/${template.replaceAll('/', '~1')}/${request.method.toLowerCase()}`
  const isRefused = answer.status >= 400
  return [
    // What is refused may be wrong on purpose.
    ...(operation.requestBody && 'body' in request && !isRefused
      ? problemsBy(`${place}/requestBody/content/application~1json/schema`, request.body)
      : []),
    ...(isRefused ? problemsBy(ERROR, answer.body) : problemsOfAnswer(operation, place, answer)),
  ]
}

const ERROR = '/components/schemas/ErrorEntity'

function problemsOfAnswer(
  operation: Json,
  place: string,
  { status, body }: { status: number; body: unknown },
): unknown[] {
  const described = operation.responses[status]
  if (described === undefined) return [`The status ${status} is not described.`]
  if (described.content === undefined) return body === '' ? [] : ['This answer has a body.']
  const schema = `${place}/responses/${status}/content/application~1json/schema`
  return [
    ...problemsBy(schema, body),
    ...keysBeyond(body, described.content['application/json'].schema).map(
      (key) => `${key} is not described.`,
    ),
  ]
}

function operationOf(method: string, address: string): [string, Json] {
  const steps = stepsOf(address)
  const templates = Object.keys(description.paths).filter((template) => {
    const places = stepsOf(template)
    return (
      places.length === steps.length &&
      places.every((place, index) => place.startsWith('{') || place === steps[index])
    )
  })
  // A name before a parameter: `incidents/unresolved` is no incident.
  const [template = ''] = templates.sort((a, b) => a.split('{').length - b.split('{').length)
  return [template, description.paths[template]?.[method.toLowerCase()]]
}

function stepsOf(address: string): string[] {
  return address
    .replace(/\?.*$/, '')
    .replace(/\.json$/, '')
    .split('/')
}

function problemsBy(pointer: string, value: unknown): ErrorObject[] {
  const validate = ajv.getSchema(`${DESCRIPTION}#${pointer}`)
  if (validate === undefined) throw new Error(`The description has no ${pointer}.`)
  return validate(value) ? [] : (validate.errors ?? [])
}

/** Keys of an answer that the description has not. */
function keysBeyond(value: Json, schema: Json): string[] {
  const { $ref, items, properties } = schema
  if ($ref) return keysBeyond(value, description.components.schemas[$ref.split('/').at(-1)])
  if (Array.isArray(value) && items) return value.flatMap((item) => keysBeyond(item, items))
  if (!properties || value === null || typeof value !== 'object') return []
  return Object.keys(value).flatMap((key) =>
    key in properties ? keysBeyond(value[key], properties[key]) : [key],
  )
}
