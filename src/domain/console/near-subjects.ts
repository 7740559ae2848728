import { nearNames } from '../../lib/near-names.ts'
import type { Defect } from '../defects/defect.ts'
import { SUBJECT_KINDS, type Subject } from '../defects/subject.ts'
import type { KnownSubjects } from './known-subjects.ts'

/** A name on a defect, and with whom there are contracts of nearly that name. */
export interface NearSubject extends Subject {
  contracts: string[]
}

/** Names on a defect that are nearly those of contracts: written so, it has not their terms. */
export function nearSubjects(named: Pick<Defect, Subject['kind']>, contracts: KnownSubjects): NearSubject[] {
  return SUBJECT_KINDS.flatMap((kind) => {
    const name = named[kind]
    const near = name === null ? [] : nearNames(name, contracts[kind])
    return name === null || near.length === 0 ? [] : [{ kind, name, contracts: near }]
  })
}
