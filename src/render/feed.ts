import type { Instant } from '../lib/instant.ts'

/** A feed before it is written down as RSS, Atom or JSON. Texts are plain, `html` is markup; addresses are absolute. */
export interface Feed {
  title: string
  description: string
  author: string
  /** In which staff write, as a BCP 47 tag: most of what is in it. */
  language: string
  /** The page that the feed tells about. */
  url: string
  /** Path of the feed without its ending: `/history` stands for `/history.rss` and `/history.atom`. */
  path: string
  /** The public origin without a trailing slash. */
  origin: string
  updatedAt: Instant
  /** Newest first. */
  items: FeedItem[]
}

export interface FeedItem {
  /** Also its lasting identity. */
  url: string
  title: string
  html: string
  publishedAt: Instant
  updatedAt: Instant
}
