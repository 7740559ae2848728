/**
 * The request with its token where the admin API has it. Clients of Statuspage send `Authorization: OAuth TOKEN`, or
 * `?api_key=TOKEN`; the latter is for those who cannot do otherwise, as servers on the way may log addresses. It is for
 * programs alone: a session of the console opens nothing here.
 */
export function bearerRequest(request: Request): Request {
  const headers = new Headers(request.headers)
  const key = new URL(request.url).searchParams.get('api_key')
  const token = /^OAuth +(.*)$/i.exec(headers.get('Authorization') ?? '')?.[1]
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
  else if (key !== null && !headers.has('Authorization')) headers.set('Authorization', `Bearer ${key}`)
  headers.delete('Cookie')
  return new Request(request.url, { method: request.method, headers })
}
