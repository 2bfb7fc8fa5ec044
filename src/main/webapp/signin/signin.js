/**
 * Sign-in for pages of the gateway: authorisation code with PKCE (RFC 7636, RFC 9700), or an API key.
 *
 *   import { signIn, signOut, token, user, fetch } from "../signin/signin.js";
 *
 *   const answer = await fetch("../v1/models");   // with the bearer token; signs in where that is needed
 *   user();                                       // { name, kind: "token" | "key", issuer }, or null
 *   await token();                                // for other clients: a good token, refreshed when it is old, or null
 *   await signIn();                               // leaves the page, and comes back to it
 *   await signOut();
 *
 * The gateway keeps no session and sets no cookie. The token is in the memory of the page and in the tab's session
 * storage: it survives a reload, is gone with the tab, and is never sent to another origin.
 */
import { challengeOf, claims, random } from "./codes.js";

const HERE = new URL(".", import.meta.url);
const GATEWAY = new URL("..", HERE);
/** Registered at the identity provider, as is HERE for the way back from signing out. */
const CALLBACK = new URL("callback.html", HERE).href;
const SESSION = "drawbridge.session";
const PENDING = "drawbridge.pending.";
/** How long signing in may take, in ms. */
const PATIENCE = 15 * 60_000;
/** A token that the gateway refuses when it is as new as this, in ms, is not replaced by another: that would go on forever. */
const FRESH = 60_000;

/** What went wrong, in words for people. */
export class SignInError extends Error {}

/** The same, where it may go well the next time. */
class Unreachable extends SignInError {}

let session = JSON.parse(sessionStorage.getItem(SESSION));
let refreshing;

/** Where one may sign in: [{ name, issuer, client_id, scopes, authorization_endpoint?, … }]. */
export async function issuers() {
  const answer = await globalThis.fetch(new URL("auth/issuers", GATEWAY));
  if (!answer.ok) {
    throw new SignInError("The gateway does not say where to sign in (status " + answer.status + ").");
  }
  return (await answer.json()).data;
}

/**
 * Leaves for the identity provider, and comes back signed in. Where there are several of them, or none, people choose on
 * the sign-in page. The promise is settled only if that fails.
 *
 * @param options issuer: one of issuers(); returnTo: a page of the gateway, by default this one
 */
export async function signIn({ issuer, returnTo = location.href } = {}) {
  const places = await issuers();
  const place = places.length === 1 ? places[0] : places.find((one) => one.issuer === issuer);
  if (!place || (issuer && place.issuer !== issuer)) {
    return choose(returnTo);
  }
  if (!globalThis.crypto?.subtle) {
    throw new SignInError("Browsers sign in only at pages with https, or on the same machine.");
  }
  const state = random();
  const pending = { ...(await endpoints(place)), issuer: place.issuer, client_id: place.client_id };
  pending.verifier = random();
  pending.nonce = place.scopes.includes("openid") ? random() : null;
  pending.returnTo = ownPage(returnTo);
  pending.begun = Date.now();
  sessionStorage.setItem(PENDING + state, JSON.stringify(pending));
  const address = new URL(pending.authorization_endpoint);
  const question = {
    response_type: "code",
    client_id: place.client_id,
    redirect_uri: CALLBACK,
    scope: place.scopes.join(" "),
    state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: "S256",
    ...(pending.nonce && { nonce: pending.nonce }),
  };
  Object.entries(question).forEach(([name, value]) => address.searchParams.set(name, value));
  return leave(address);
}

/** For the page that the identity provider sends people back to; tells where they wanted to go. */
export async function complete() {
  const answer = new URL(location.href).searchParams;
  // A code does not belong in the browser's history.
  history.replaceState(null, "", CALLBACK);
  const pending = take(answer.get("state"));
  if (!pending) {
    throw new SignInError("This sign-in was not begun in this tab, or too long ago.");
  }
  if ((answer.get("iss") ?? pending.issuer) !== pending.issuer) {
    throw new SignInError("The answer comes from another identity provider than the one that was asked.");
  }
  if (!answer.get("code")) {
    throw new SignInError(answer.get("error_description") || answer.get("error") || "The identity provider sent no code.");
  }
  const tokens = await ask(pending, {
    grant_type: "authorization_code",
    code: answer.get("code"),
    redirect_uri: CALLBACK,
    code_verifier: pending.verifier,
  });
  if (pending.nonce) {
    check(claims(tokens.id_token), pending);
  }
  const { issuer, client_id, token_endpoint, end_session_endpoint } = pending;
  keep({ issuer, client_id, token_endpoint, end_session_endpoint, ...timed(tokens) });
  return pending.returnTo;
}

/** Signs in with an API key of the gateway. */
export function useKey(key) {
  keep({ key });
}

/** A token or key that is good now, as far as this page can tell; null: nobody is signed in. */
export async function token() {
  if (!session) {
    return null;
  }
  if (session.key || Date.now() < session.refreshAt) {
    return session.key ?? session.access_token;
  }
  return renewed();
}

/** Who is signed in, in the words of the token: { name, kind, issuer }; null: nobody. */
export function user() {
  if (!session || session.key) {
    return session && { name: "API key", kind: "key", issuer: null };
  }
  const all = { ...claims(session.access_token), ...claims(session.id_token) };
  const name = all.name || all.preferred_username || all.email || all.sub || "somebody";
  return { name, kind: "token", issuer: session.issuer };
}

/** Forgets who is signed in; signs out at the identity provider too, if it lets pages do that. */
export async function signOut() {
  const { end_session_endpoint: end, id_token, client_id } = session ?? {};
  forget();
  if (end && id_token) {
    const address = new URL(end);
    const question = { id_token_hint: id_token, client_id, post_logout_redirect_uri: HERE.href };
    Object.entries(question).forEach(([name, value]) => address.searchParams.set(name, value));
    return leave(address);
  }
}

/** As the browser's own, for addresses of the gateway: with the token, and after a 401 with a new one or a new sign-in. */
async function authorised(input, init) {
  const request = new Request(input, init);
  if (new URL(request.url).origin !== GATEWAY.origin) {
    throw new TypeError("This fetch sends the token, so it calls nobody but the gateway.");
  }
  const first = await send(request.clone(), await token());
  if (first.status !== 401) {
    return first;
  }
  const fresh = session && Date.now() - session.begun < FRESH;
  const renewal = session?.refresh_token && !fresh ? await renewed() : null;
  const second = renewal ? await send(request, renewal) : first;
  return second.status === 401 && !fresh ? signInAgain() : second;
}
export { authorised as fetch };

function send(request, credential) {
  if (credential) {
    request.headers.set("Authorization", "Bearer " + credential);
  }
  return globalThis.fetch(request);
}

function signInAgain() {
  const { key, issuer } = session ?? {};
  forget();
  return key ? choose(location.href) : signIn({ issuer });
}

/** On the sign-in page. */
function choose(returnTo) {
  return leave(new URL("?" + new URLSearchParams({ return: ownPage(returnTo) }), HERE));
}

/** One refresh for all who wait for it: many providers take a refresh token only once. */
function renewed() {
  refreshing ??= renew().finally(() => (refreshing = undefined));
  return refreshing;
}

async function renew() {
  const old = session;
  const left = Date.now() < old.expires ? old.access_token : null;
  if (old.refresh_token) {
    try {
      const tokens = await ask(old, { grant_type: "refresh_token", refresh_token: old.refresh_token });
      const { refresh_token, id_token } = old;
      keep({ ...old, ...timed({ refresh_token, id_token, ...tokens }) });
      return session.access_token;
    } catch (error) {
      if (error instanceof Unreachable) {
        if (left) {
          return left;
        }
        throw error;
      }
      keep({ ...old, refresh_token: null });
    }
  }
  if (!left) {
    forget();
  }
  return left;
}

/** Asks the provider for tokens. */
async function ask({ token_endpoint, client_id }, form) {
  const question = { method: "POST", credentials: "omit", body: new URLSearchParams({ ...form, client_id }) };
  const answer = await globalThis.fetch(token_endpoint, question).catch(() => {
    // Browsers do not tell these apart.
    throw new Unreachable("The identity provider is away, or does not let pages of " + HERE.origin + " ask for tokens.");
  });
  if (answer.status >= 500) {
    throw new Unreachable("The identity provider answers with status " + answer.status + ".");
  }
  const document = await answer.json().catch(() => ({}));
  if (!answer.ok || !document.access_token) {
    throw new SignInError(document.error_description || document.error || "The identity provider gave no token.");
  }
  return document;
}

/** What the gateway was told; where it cannot reach the provider itself, what the provider tells the browser. */
async function endpoints(place) {
  if (place.authorization_endpoint) {
    return place;
  }
  try {
    const address = place.issuer.replace(/\/+$/, "") + "/.well-known/openid-configuration";
    const document = await (await globalThis.fetch(address, { credentials: "omit" })).json();
    if (document.issuer === place.issuer) {
      return document;
    }
  } catch {
    // Said below, as for a document of another issuer.
  }
  throw new SignInError(place.name + " cannot be reached now.");
}

/** The signature needs no check: the token came straight from the provider (OpenID Connect Core, 3.1.3.7). */
function check(id, pending) {
  const good =
    id.nonce === pending.nonce && id.iss === pending.issuer && [id.aud].flat().includes(pending.client_id);
  if (!good) {
    throw new SignInError("The identity provider's answer belongs to another sign-in.");
  }
}

/** By this browser's clock alone, which may be wrong. */
function timed({ access_token, id_token, refresh_token, expires_in }) {
  const life = (expires_in > 0 ? expires_in : 300) * 1000;
  const now = Date.now();
  const refreshAt = now + life - Math.min(30_000, life / 5);
  return { access_token, id_token, refresh_token, begun: now, refreshAt, expires: now + life };
}

function take(state) {
  const pending = JSON.parse(sessionStorage.getItem(PENDING + state));
  // Those that were given up go too.
  Object.keys(sessionStorage)
    .filter((name) => name.startsWith(PENDING))
    .forEach((name) => sessionStorage.removeItem(name));
  return pending && Date.now() - pending.begun < PATIENCE ? pending : null;
}

/** The address if it is one of the gateway's; otherwise its sign-in page, so that no link leads people elsewhere. */
export function ownPage(address) {
  const page = URL.canParse(address, HERE) ? new URL(address, HERE) : HERE;
  return page.origin === GATEWAY.origin ? page.href : HERE.href;
}

function leave(address) {
  location.assign(address);
  // The page is going away; nothing after this should run.
  return new Promise(() => {});
}

function keep(now) {
  session = now;
  sessionStorage.setItem(SESSION, JSON.stringify(now));
}

function forget() {
  session = null;
  sessionStorage.removeItem(SESSION);
}
