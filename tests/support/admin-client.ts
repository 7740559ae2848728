/** Where the admin API of a running program is, and with which token it is asked. */
export interface AdminApi {
  origin: string
  secret: string
  /** Sent with each request. */
  headers?: Record<string, string>
}

/** An answer of the admin API. */
export interface Answer {
  status: number
  headers: Headers
  /** Of what was made it has the id, of a refusal the type and the sentence (RFC 9457); tests ask for the one or the other. */
  body: { id: string; type: string; detail: string }
}

/** Posts over the real wire; it throws when the connection breaks before the answer is whole. */
export async function post(
  { origin, secret, headers }: AdminApi,
  path: string,
  body: unknown,
  key?: string,
): Promise<Answer> {
  const response = await fetch(`${origin}/api/admin/v1${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${secret}`,
      'Content-Type': 'application/json',
      ...headers,
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

/** Posts what has to be taken, such as an incident, and says what it is called. */
export async function create(api: AdminApi, path: string, body: unknown): Promise<{ id: string }> {
  const answer = await post(api, path, body)
  if (answer.status !== 201) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
