import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'

/** Length is what makes a password hard to guess; what it is made of is nobody's business. */
export const Password = z
  .string()
  .min(12, 'A password has at least 12 characters. A few words are fine.')
  .max(256, 'A password has at most 256 characters.')

const derive = promisify(argon2)

/** What a guess costs. */
interface Cost {
  memoryKib: number
  passes: number
  lanes: number
}

/** What OWASP asks of Argon2id at least; about a tenth of a second. */
const COST: Cost = { memoryKib: 19_456, passes: 2, lanes: 1 }
const KEY_BYTES = 32
const SALT_BYTES = 16

/** Argon2id in PHC form, with its own salt: `$argon2id$v=19$m=19456,t=2,p=1$SALT$KEY`. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await keyOf(password, salt, cost)
  const { memoryKib, passes, lanes } = cost
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${base64(salt)}$${base64(key)}`
}

/**
 * Whether it is the password. Where there is none to compare with, it takes just as long, so that nobody learns from
 * the time who has one.
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = PHC.exec(hash ?? (await nobodysHash()))?.groups
  if (parts === undefined) throw new Error('A stored password is not in PHC form.')
  const { m = '', t = '', p = '', salt = '', key = '' } = parts
  const right = Buffer.from(key, 'base64')
  const cost = { memoryKib: Number(m), passes: Number(t), lanes: Number(p) }
  const given = await keyOf(password, Buffer.from(salt, 'base64'), cost)
  return given.length === right.length && timingSafeEqual(given, right) && hash !== null
}

const PHC = /^\$argon2id\$v=19\$m=(?<m>\d+),t=(?<t>\d+),p=(?<p>\d+)\$(?<salt>[\w+/]+)\$(?<key>[\w+/]+)$/

let nobodys: Promise<string> | undefined

function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword(randomBytes(SALT_BYTES).toString('hex'))
  return nobodys
}

/** The same sign may be written in several ways, depending on the keyboard. */
function keyOf(password: string, salt: Buffer, { memoryKib, passes, lanes }: Cost): Promise<Buffer> {
  return derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: salt,
    memory: memoryKib,
    passes,
    parallelism: lanes,
    tagLength: KEY_BYTES,
  })
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
