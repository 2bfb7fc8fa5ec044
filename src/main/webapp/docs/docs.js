/* Maven fills in dollar-brace placeholders in this folder, so template literals cannot be used here. */
import { signIn, signOut, token, user } from "../signin/signin.js";

/** The name of the scheme in the document of the API that takes tokens. */
const SCHEME = "bearerAuth";
// Who cannot be let in now can still read.
const filledIn = await token().catch(() => null);

function account() {
  const known = user();
  document.getElementById("who").textContent = known ? "Signed in: " + known.name : "";
  const button = document.getElementById("sign-in");
  button.textContent = known ? "Sign out" : "Sign in";
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await (known ? signOut() : signIn());
      location.reload();
    } catch (error) {
      document.getElementById("who").textContent = error.message;
    }
  });
}

/** What was filled in here is kept good; what people typed in themselves stays. */
async function renewed(request) {
  if (filledIn && request.headers?.Authorization === "Bearer " + filledIn) {
    request.headers.Authorization = "Bearer " + ((await token().catch(() => null)) ?? filledIn);
  }
  return request;
}

account();
const page = globalThis.SwaggerUIBundle({
  // Relative, so that the page works below any context root.
  url: new URL("../openapi", document.baseURI).href,
  dom_id: "#docs",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  // The document stays here: no validator on the internet is asked.
  validatorUrl: null,
  requestInterceptor: renewed,
  onComplete: () => filledIn && page.preauthorizeApiKey(SCHEME, filledIn),
});
