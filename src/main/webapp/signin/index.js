import { issuers, ownPage, signIn, signOut, token, useKey, user } from "./signin.js";

const part = (id) => document.getElementById(id);
const wanted = new URL(location.href).searchParams.get("return");
const returnTo = wanted ? ownPage(wanted) : new URL("../docs/", location.href).href;
part("onward").href = part("through").href = returnTo;

function complain(text) {
  part("problem").textContent = text;
  part("problem").hidden = !text;
}

function show(id) {
  ["who", "open", "choice"].forEach((one) => (part(one).hidden = one !== id && !(id === "open" && one === "choice")));
}

/** What the gateway answers to whoever is signed in: { ok, status, document }. */
async function ask(path) {
  const credential = await token();
  const answer = await fetch(new URL(path, location.href), {
    headers: credential ? { Authorization: "Bearer " + credential } : {},
  });
  return { ok: answer.ok, status: answer.status, document: await answer.json().catch(() => ({})) };
}

async function whoAmI() {
  const me = await ask("../admin/v1/me");
  // Where administration is out of reach, a list that everybody may see tells at least whether the credential is good.
  return me.status === 404 ? { ...(await ask("../v1/models")), elsewhere: true } : me;
}

async function look() {
  const me = await whoAmI();
  const known = user();
  if (me.ok && known) {
    part("name").textContent = (!me.elsewhere && me.document.name) || known.name;
    part("roles").textContent = me.document.roles?.join(", ") || "–";
    part("teams").textContent = me.document.teams?.join(", ") || "–";
    show("who");
    return;
  }
  show(me.ok ? "open" : "choice");
  if (!me.ok && known) {
    complain(me.document.detail || me.document.error?.message || "The gateway answers with status " + me.status + ".");
  }
  await offer();
}

async function offer() {
  const places = await issuers();
  part("issuers").replaceChildren(
    ...places.map((place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Sign in with " + place.name;
      button.addEventListener("click", () => signIn({ issuer: place.issuer, returnTo }).catch(say));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
}

function say(error) {
  complain(error.message);
}

part("with-key").addEventListener("submit", async (event) => {
  event.preventDefault();
  complain("");
  useKey(part("key").value.trim());
  part("key").value = "";
  const me = await whoAmI().catch((error) => ({ ok: false, status: error.message, document: {} }));
  if (me.ok) {
    location.assign(returnTo);
    return;
  }
  await signOut();
  complain(me.status === 401 ? "The gateway does not know this key." : "The gateway answers: " + me.status);
});

part("out").addEventListener("click", async () => {
  await signOut();
  complain("");
  await look().catch(say);
});

look().catch(async (error) => {
  show("choice");
  say(error);
  await offer();
});
