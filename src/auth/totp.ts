import { Secret, TOTP } from 'otpauth'
import type { Instant } from '../lib/instant.ts'

/** Codes of six digits for 30 seconds each (RFC 6238): what every authenticator app takes without being asked. */
const PERIOD_SECONDS = 30
/** One step to each side: for clocks that are not quite right, and slow fingers. */
const WINDOW = 1
const SECRET_BYTES = 20

/** A new secret to share with an app: 160 random bits in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/** Whether a text can be such a secret. */
export function isTotpSecret(text: string): boolean {
  return /^[A-Z2-7]{32}$/.test(text)
}

/** The address by which an app takes the secret over, as a QR code shows it. */
export function totpAddress(secret: string, { issuer, label }: { issuer: string; label: string }): string {
  return totp(secret, { issuer, label }).toString()
}

/** The step to which a code belongs, or undefined for a wrong one. Whether it was used before, the database knows. */
export function stepOf(code: string, secret: string, now: Instant): number | undefined {
  const token = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = totp(secret).validate({ token, timestamp: now, window: WINDOW })
  return delta === null ? undefined : TOTP.counter({ period: PERIOD_SECONDS, timestamp: now }) + delta
}

/** The code that an app shows at a moment. */
export function totpCode(secret: string, now: Instant): string {
  return totp(secret).generate({ timestamp: now })
}

function totp(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD_SECONDS, ...names })
}
