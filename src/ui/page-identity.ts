import type { PageView } from '../domain/status-page/views.ts'

/** What the frame around every page needs to know of it. */
export type PageIdentity = Pick<
  PageView,
  | 'name'
  | 'language'
  | 'logo'
  | 'darkLogo'
  | 'homeUrl'
  | 'supportUrl'
  | 'accent'
  | 'url'
  | 'timeZone'
  | 'showsCommitments'
>

/** For the one page that must be drawn when nothing can be asked. */
export const UNKNOWN_PAGE: PageIdentity = {
  name: 'Status',
  language: 'en',
  homeUrl: null,
  supportUrl: null,
  accent: '#2f5bd7',
  logo: null,
  darkLogo: null,
  url: '',
  timeZone: 'UTC',
  showsCommitments: false,
}
