/** An answer of the admin API; tests say what they expect of it. */
export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
  body: any
}

/** Posts over the real wire; it throws when the connection breaks before the answer is whole. */
export async function post(
  { origin, secret }: { origin: string; secret: string },
  path: string,
  body: unknown,
  key?: string,
): Promise<Answer> {
  const response = await fetch(`${origin}/api/admin/v1${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${secret}`,
      'Content-Type': 'application/json',
      ...(key !== undefined && { 'Idempotency-Key': key }),
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}
