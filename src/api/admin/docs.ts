import { html } from 'hono/html'
import type { OpenApiDocument } from './documentation.ts'

type Html = ReturnType<typeof html>

/** The parts of a JSON schema that a table of fields shows. */
interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  default?: unknown
  description?: string
  maxLength?: number
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  required?: string[]
}

interface Described {
  tags?: string[]
  summary?: string
  description?: string
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string; description?: string; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>
}

/** The OpenAPI document as a page that needs no script: operations by heading, then the shapes they speak of. */
export function docsPage(document: OpenApiDocument): Html {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Described>).map(([method, described]) => ({
      path,
      method,
      described,
    })),
  )
  const tags = [...new Set(operations.map(({ described }) => described.tags?.[0] ?? ''))]
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title}</title>
<link rel="stylesheet" href="/api/admin/v1/docs.css">
</head>
<body>
<header>
<h1>${document.info.title}</h1>
${(document.info.description ?? '').split('\n').map((line) => html`<p>${line}</p>`)}
<p>As a document for programs: <a href="/api/admin/v1/openapi.json">openapi.json</a></p>
<nav aria-label="Contents"><ul>
${[...tags, 'Shapes'].map((tag) => html`<li><a href="#${anchor(tag)}">${tag}</a></li>`)}
</ul></nav>
</header>
<main>
${tags.map(
  (tag) => html`<section id="${anchor(tag)}"><h2>${tag}</h2>
${operations.filter(({ described }) => described.tags?.[0] === tag).map(operationHtml)}</section>`,
)}
<section id="shapes"><h2>Shapes</h2>
${schemas.map(([name, schema]) => html`<h3 id="${name}">${name}</h3>${fieldsHtml(schema, 'Fields')}`)}
</section>
</main>
</body>
</html>`
}

function operationHtml({
  path,
  method,
  described,
}: {
  path: string
  method: string
  described: Described
}): Html {
  const answers = Object.entries(described.responses ?? {})
  // 200 comes before what is made (201) or said (204), and is then of a preview.
  const [status, answer] = answers.find(([code]) => code === '201' || code === '204') ?? answers[0] ?? []
  const body = Object.values(described.requestBody?.content ?? {})[0]?.schema
  const answered = Object.values(answer?.content ?? {})[0]?.schema
  const scope = described.security?.at(-1)?.session?.[0] ?? 'read'
  return html`<h3><span class="method">${method.toUpperCase()}</span> ${path}</h3>
<p>${described.summary}. ${wordsHtml(described.description ?? '')}</p>
<p class="scope">Scope <code>${scope}</code>, answers ${status}${answered ? html` with ${typeHtml(answered)}` : ''}.</p>
${parametersHtml(described.parameters?.filter((parameter) => parameter.in !== 'path') ?? [])}
${body ? fieldsHtml(body, 'Body') : ''}`
}

function parametersHtml(parameters: NonNullable<Described['parameters']>): Html | '' {
  if (parameters.length === 0) return ''
  return tableHtml(
    'Query and headers',
    parameters.map(({ name, schema, description }) => rowHtml(name, { ...schema, description }, false)),
  )
}

function fieldsHtml(schema: Schema, caption: string): Html {
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0) return html`<p>${typeHtml(schema)}</p>`
  const rows = fields.map(([name, field]) => rowHtml(name, field, schema.required?.includes(name) ?? false))
  return tableHtml(caption, rows)
}

function tableHtml(caption: string, rows: Html[]): Html {
  return html`<div class="table"><table><caption>${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Notes</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function rowHtml(name: string, schema: Schema, required: boolean): Html {
  const notes = [
    required ? 'Required' : '',
    schema.default === undefined ? '' : `Default \`${JSON.stringify(schema.default)}\``,
    schema.maxLength === undefined ? '' : `At most ${schema.maxLength.toLocaleString('en')} characters`,
    schema.description ?? '',
  ]
  return html`<tr><th scope="row"><code>${name}</code></th><td>${typeHtml(schema)}</td>
<td>${wordsHtml(notes.filter((note) => note !== '').join('. '))}</td></tr>`
}

/** Text in which `backticks` mark what is typed. */
function wordsHtml(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

function typeHtml(schema: Schema): Html {
  const name = schema.$ref?.split('/').at(-1)
  if (name !== undefined) return html`<a href="#${name}">${name}</a>`
  if (schema.enum) return html`${schema.enum.map((value) => String(value)).join(' | ')}`
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (several) {
    const between = schema.allOf ? ' and ' : ' or '
    return html`${several.map((one, index) => html`${index > 0 ? between : ''}${typeHtml(one)}`)}`
  }
  if (schema.properties) {
    const fields = Object.entries(schema.properties)
    return html`{ ${fields.map(([key, field], index) => html`${index > 0 ? ', ' : ''}${key}: ${typeHtml(field)}`)} }`
  }
  if (schema.items) return html`list of ${typeHtml(schema.items)}`
  if (
    typeof schema.additionalProperties === 'object' &&
    Object.keys(schema.additionalProperties).length > 0
  ) {
    return html`object of ${typeHtml(schema.additionalProperties)}`
  }
  const types = [schema.type ?? 'anything'].flat().join(' or ')
  return html`${types}${schema.format === undefined ? '' : ` (${schema.format})`}`
}

function anchor(tag: string): string {
  return tag.toLowerCase().replaceAll(' ', '-')
}
