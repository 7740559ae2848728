/**
 * The cookie of whoever has signed in. `__Host-`: browsers take it from this very host alone, over https, so that no
 * other host of the same domain can set it.
 */
export const SESSION_COOKIE = '__Host-avow'
