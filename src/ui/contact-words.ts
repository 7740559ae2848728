import type { SupportHoursView } from '../domain/status-page/read-support-hours.ts'

/** What a link to people says: "+12025550143", in one piece, "Write to help@example.com", "Start a chat". */
export function contactWords(contact: string, channel: SupportHoursView['channel']): string {
  const [, scheme, address = ''] = /^(tel|mailto):([^?]*)/.exec(contact) ?? []
  if (scheme === 'tel') return address.replaceAll('-', '\u2011')
  if (scheme === 'mailto') return `Write to ${address}`
  return channel === 'chat' ? 'Start a chat' : 'Ask for a call'
}
