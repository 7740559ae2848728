/** An answer of the admin API. */
export interface Answer {
  status: number
  headers: Headers
  /** Of what was made it has the id, of a refusal the type and the sentence (RFC 9457); tests ask for the one or the other. */
  body: { id: string; type: string; detail: string }
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
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  }
}
