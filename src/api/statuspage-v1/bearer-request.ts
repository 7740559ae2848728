import { DomainError } from '../../errors.ts'

/**
 * The request with its token where the admin API has it. Clients of Statuspage send `Authorization: OAuth TOKEN`, or
 * `?api_key=TOKEN`; the latter is for those who cannot do otherwise, as servers on the way may log addresses. It is for
 * programs alone: a session of the console opens nothing here.
 * @throws DomainError `unauthenticated` where there is no token
 */
export function bearerRequest(request: Request): Request {
  const headers = new Headers(request.headers)
  const key = new URL(request.url).searchParams.get('api_key')
  const sent = headers.get('Authorization') ?? (key === null ? null : `OAuth ${key}`)
  if (sent === null) {
    throw new DomainError('unauthenticated', 'This address needs a token: send “Authorization: OAuth …”.')
  }
  headers.set('Authorization', sent.replace(/^OAuth +/i, 'Bearer '))
  headers.delete('Cookie')
  return new Request(request.url, { method: request.method, headers })
}
