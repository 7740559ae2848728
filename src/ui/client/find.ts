/** The first element of a kind, in the page or within one of its parts. */
export function find<Found extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): Found | null {
  return within.querySelector(selector)
}

export function findAll<Found extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): Found[] {
  return [...within.querySelectorAll<Found>(selector)]
}
