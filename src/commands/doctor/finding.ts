/** What a check says, in one sentence each. */
export interface Finding {
  /** `warning`: it works, and somebody will be sorry one day. `problem`: it does not work as it should. */
  level: 'ok' | 'warning' | 'problem'
  says: string
}

export const ok = (says: string): Finding => ({ level: 'ok', says })
export const warning = (says: string): Finding => ({ level: 'warning', says })
export const problem = (says: string): Finding => ({ level: 'problem', says })
