// An identity provider of its own for the tests: panva's oidc-provider, which is certified for OpenID Connect, with its own page
// to sign in at. It tells its address on the first line it writes. `POST /spoil` makes the next ID token lie in one way.
import { randomUUID } from 'node:crypto'
import Provider from 'oidc-provider'
import * as jose from 'jose'

const { port, clients } = JSON.parse(process.argv[2])
const issuer = `http://127.0.0.1:${port}`
const pair = await jose.generateKeyPair('RS256', { extractable: true })
const stranger = await jose.generateKeyPair('RS256', { extractable: true })
const key = { ...(await jose.exportJWK(pair.privateKey)), kid: 'k1', alg: 'RS256', use: 'sig' }

// Who signs in as `s1=sam` is the identity s1, called sam at present.
const names = new Map()
let spoil = {}

const provider = new Provider(issuer, {
  clients,
  jwks: { keys: [key] },
  cookies: { keys: [randomUUID()] },
  claims: { openid: ['sub', 'acr', 'amr', 'auth_time'], profile: ['preferred_username'] },
  acrValues: ['urn:force:two'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: names.get(id) }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
    grant.addOIDCScope('openid profile')
    await grant.save()
    return grant
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
})

const form = async (ctx) => {
  let body = ''
  for await (const part of ctx.req) body += part
  return new URLSearchParams(body)
}

provider.use(async (ctx, next) => {
  if (ctx.path === '/spoil') {
    spoil = JSON.parse((await form(ctx)).get('how'))
    ctx.status = 204
    return
  }
  if (ctx.path.startsWith('/interaction/')) {
    if (ctx.method === 'GET') {
      ctx.type = 'html'
      ctx.body = `<!DOCTYPE html><html lang="en"><title>Provider</title><h1>Sign in at the provider</h1><form method="post">
        <input name="login" aria-label="login"><input name="amr" aria-label="amr" value="pwd mfa"><button>Sign in</button></form></html>`
      return
    }
    const given = await form(ctx)
    const [accountId, name = accountId] = given.get('login').split('=')
    names.set(accountId, name)
    const result = accountId
      ? { login: { accountId, amr: given.get('amr').split(' '), acr: given.get('acr') || undefined } }
      : { error: 'access_denied', error_description: 'Jane Doe of 1 High Street pressed cancel' }
    ctx.respond = false
    await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false })
    return
  }
  await next()
  if (ctx.path === '/token' && ctx.body?.id_token && Object.keys(spoil).length) {
    const how = spoil
    spoil = {}
    const claims = { ...jose.decodeJwt(ctx.body.id_token), ...how.claims }
    for (const name of how.without ?? []) delete claims[name]
    ctx.body.id_token =
      how.alg === 'none'
        ? new jose.UnsecuredJWT(claims).encode()
        : how.alg === 'HS256'
          ? await new jose.SignJWT(claims)
              .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
              .sign(new TextEncoder().encode(await jose.exportSPKI(pair.publicKey)))
          : await new jose.SignJWT(claims)
              .setProtectedHeader({ alg: 'RS256', kid: how.kid ?? 'k1' })
              .sign(how.by === 'stranger' ? stranger.privateKey : pair.privateKey)
  }
})

provider.listen(port, '127.0.0.1', () => console.log(issuer))
