import type { DomainError, ErrorCode, FieldError } from '../../errors.ts'
import { PROBLEMS } from '../problem.ts'

/** Statuspage knows no lost race: what has changed meanwhile makes a request wrong. */
const STATUSES: Partial<Record<ErrorCode, number>> = { conflict: 422 }

/**
 * What went wrong, as clients of Statuspage read it: `error` is a sentence, or a list of them where fields are wrong;
 * `message` is what the published description names instead, so both are there.
 */
export function errorAnswer(error: DomainError): Response {
  const problem = PROBLEMS[error.code]
  const status = STATUSES[error.code] ?? problem.status
  const sentences = error.fields.length > 0 ? error.fields.map(fieldSentence) : [error.message]
  const body = { error: status === 422 ? sentences : error.message, message: sentences.join(' ') }
  return Response.json(body, { status, headers: problem.headers ?? {} })
}

/** A fault of ours. */
export function faultAnswer(sentence: string): Response {
  return Response.json({ error: sentence, message: sentence }, { status: 500 })
}

function fieldSentence({ pointer, message }: FieldError): string {
  const name = pointer.replace(/^[/?]/, '')
  return name === '' ? message : `${name}: ${message}`
}
