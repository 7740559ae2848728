import { describe, expect, test } from 'vitest'
import { whereNext } from '../../src/console/where-next.ts'

describe('where one goes on after signing in', () => {
  test.each([
    ['/admin/incidents/abc?below=x#form-update', '/admin/incidents/abc?below=x#form-update'],
    ['/admin', '/admin'],
    ['/admin/audit?by=Jos%C3%A9', '/admin/audit?by=Jos%C3%A9'],
    ['/admin/audit?by=José', '/admin/audit?by=Jos%C3%A9'],
    ['/admin/./incidents', '/admin/incidents'],
  ])('is %s', (wanted, place) => {
    expect(whereNext(wanted)).toBe(place)
  })

  test.each([
    '',
    'admin',
    '/',
    '/history',
    '/administrator',
    'https://evil.example/admin',
    '//evil.example/admin',
    '/\\evil.example/admin',
    '/\t/evil.example/admin',
    '/admin/..//evil.example',
    '/admin/%2e%2e//evil.example',
    '/admin/../history',
    '/admin/sign-out',
    '/admin/./sign-in?next=/admin',
    '/admin/invitations/abc',
    'javascript:alert(1)',
    '/admin\r\nSet-Cookie: a=b',
  ])('is never %j, but the first page of the console', (wanted) => {
    expect(whereNext(wanted)).toBe('/admin')
  })
})
