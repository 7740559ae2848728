/** The page that `?page=` asks for: 1 without one, undefined for what no page can be. */
export function pageNumber(url: URL): number | undefined {
  const text = url.searchParams.get('page')
  if (text === null || text === '') return 1
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined
}
