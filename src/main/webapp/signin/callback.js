import { complete } from "./signin.js";

try {
  location.replace(await complete());
} catch (error) {
  document.title = "Not signed in · Drawbridge";
  document.querySelector("h1").textContent = "Not signed in";
  const status = document.getElementById("status");
  status.setAttribute("role", "alert");
  status.className = "problem";
  status.textContent = error.message;
  document.getElementById("again").hidden = false;
}
