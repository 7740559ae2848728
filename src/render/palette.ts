import type { Mark } from './mark-paths.ts'

/**
 * The colours of images, which cannot take those of the style sheet. Text in each reads on both grounds with more than
 * 4.5 to 1; a mark and a word say the same without any colour.
 */
export interface Palette {
  ground: string
  /** Behind names. */
  ground2: string
  ink: string
  quiet: string
  rule: string
  tones: Record<Exclude<Mark, 'met' | 'missed' | 'at_risk' | 'deferred'>, string>
}

export const LIGHT: Palette = {
  ground: '#fdfcf9',
  ground2: '#f3f1ec',
  ink: '#1c1b1a',
  quiet: '#5d5a55',
  rule: '#d9d5cc',
  tones: {
    operational: '#1d7347',
    under_maintenance: '#2b5aa8',
    degraded_performance: '#805a00',
    partial_outage: '#a8430d',
    major_outage: '#b01c24',
    no_data: '#5d5a55',
    open: '#5d5a55',
    no_promise: '#5d5a55',
  },
}

export const DARK: Palette = {
  ground: '#15171c',
  ground2: '#22252c',
  ink: '#eceae4',
  quiet: '#a9a8a4',
  rule: '#3b3e46',
  tones: {
    operational: '#7ccf9d',
    under_maintenance: '#9fb9f2',
    degraded_performance: '#e2bd5e',
    partial_outage: '#f3a268',
    major_outage: '#fb8d85',
    no_data: '#a9a8a4',
    open: '#a9a8a4',
    no_promise: '#a9a8a4',
  },
}
