import { hash, randomBytes } from 'node:crypto'

/** A secret that nobody can guess: 256 random bits in base64url, 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of such a secret: SHA-256, hexadecimal. Fast on purpose: there is nothing to guess, so nothing to slow down. */
export function hashOfSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}
