import fc from 'fast-check'

/** What nobody expects at a place, beside any JSON value at all. */
const JUNK = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, '', ' ', 0, -1, 0.5, 1e308, [], {}, [null], { id: 7 }],
    ...['\ud800', '\u0000', 'A \udc00 b', 'on_fire', '__proto__', 'constructor', 'x'.repeat(300)],
    ...['2026-03-10T24:30:00+05:30', '2026-03-10T08:00:00-08:00', '2026-02-30T00:00:00Z', '2026-03-10'],
    ...['+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z', '0001-01-01 00:00:00', '1773129600'],
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** A few changes at any places of a document: parts left out, put in, twice, in another order, cut or of another type. */
export function mutated<Document>(document: Document): fc.Arbitrary<Document> {
  const change = fc.record({ where: fc.nat(), how: fc.nat(), junk: JUNK })
  return fc.array(change, { minLength: 1, maxLength: 8 }).map((changes) => {
    const root = { document: structuredClone(document) }
    for (const { where, how, junk } of changes) {
      const places = placesIn(root)
      const place = places[where % places.length]
      if (place !== undefined) mutate(place, how, junk)
    }
    return root.document
  })
}

/** A place of a document: the keys that lead to it, and the document without what is there or with another thing there. */
interface Change<Document> {
  path: string
  without: () => Document
  with: (junk: unknown) => Document
}

/** Every place of a document. */
export function changesOf<Document>(document: Document): Change<Document>[] {
  return pathsIn(document).map((path) => ({
    path: path.join('.'),
    without: () => changedAt(document, path, leaveOut),
    with: (junk) =>
      changedAt(document, path, (parent, key) => {
        parent[key] = structuredClone(junk)
      }),
  }))
}

function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => [[key], ...pathsIn(one).map((path) => [key, ...path])])
}

function changedAt<Document>(
  document: Document,
  path: string[],
  change: (parent: Place['parent'], key: string) => void,
): Document {
  const copy = structuredClone(document)
  let parent: Place['parent'] = copy
  for (const key of path.slice(0, -1)) parent = parent[key]
  change(parent, path.at(-1) ?? '')
  return copy
}

interface Place {
  // biome-ignore lint/suspicious/noExplicitAny: it is any part of any JSON
  parent: any
  key: string | number
}

// biome-ignore lint/suspicious/noExplicitAny: it is any part of any JSON
function placesIn(value: any): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value)
  const own = [...keys].map((key): Place => ({ parent: value, key }))
  return own.flatMap((place) => [place, ...placesIn(value[place.key])]).filter(isInside)
}

/** The outermost value itself stays what it is. */
function isInside({ key }: Place): boolean {
  return key !== 'document'
}

function leaveOut(parent: Place['parent'], key: Place['key']): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
}

function mutate({ parent, key }: Place, how: number, junk: unknown): void {
  const value = parent[key]
  if (how % 6 === 0) {
    leaveOut(parent, key)
  } else if (how % 6 === 1 && Array.isArray(parent)) {
    parent.push(structuredClone(value))
  } else if (how % 6 === 2 && Array.isArray(value)) {
    value.reverse()
  } else if (how % 6 === 3 && typeof value === 'string') {
    parent[key] = value.slice(0, how % (value.length + 1))
  } else if (how % 6 === 4 && typeof value === 'string') {
    parent[key] = `${value}\ud800`
  } else parent[key] = structuredClone(junk)
}
