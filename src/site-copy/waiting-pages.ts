/** A page that may be put in place when everything is there that it leads to. */
interface WaitingPage {
  name: string
  links: readonly string[]
  put(): Promise<void>
}

/** Pages that would lead to what is not there yet: until it is, they stay as they were. */
export class WaitingPages {
  readonly #isThere: (link: string) => boolean
  readonly #pages = new Map<string, WaitingPage>()

  constructor(isThere: (link: string) => boolean) {
    this.#isThere = isThere
  }

  /** Puts a page in place now or later, instead of what waits under the same name. */
  async put(page: WaitingPage): Promise<void> {
    this.#pages.delete(page.name)
    if (page.links.every(this.#isThere)) await page.put()
    else this.#pages.set(page.name, page)
  }

  /** Puts those in place that wait for nothing any more. */
  async putThoseThatCan(): Promise<void> {
    for (const page of [...this.#pages.values()]) await this.put(page)
  }
}
