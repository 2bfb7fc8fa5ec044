/** Numbers and tokens as texts. */

/** 256 bits that nobody can guess. */
export function random() {
  return base64(crypto.getRandomValues(new Uint8Array(32)));
}

/** What PKCE (RFC 7636) sends ahead of the verifier: S256. */
export async function challengeOf(verifier) {
  return base64(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
}

/** What a JWT says, unverified; nothing if it is none. */
export function claims(jwt) {
  try {
    const bytes = Uint8Array.from(atob(jwt.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}

function base64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}
