// Starts the design system's scripts. Every page works without them.
import { initAll as startGovuk } from "./govuk-frontend.min.js";
import { initAll as startMoj } from "./moj-frontend.min.js";

startGovuk();
startMoj();

// What only some pages need is fetched by those.
const search = document.querySelector("form[data-search]");
if (search) import("./search.js").then(({ startSearch }) => startSearch());
const session = document.querySelector("form.craffu-session");
if (session) import("./session.js").then(({ startSession }) => startSession(session));
const notice = document.querySelector(".craffu-held");
if (notice) {
  const held = import("./held.js");
  const form = document.querySelector("form[data-held]");
  if (form) held.then(({ startHolding }) => startHolding(form, notice));
  const again = () => held.then(({ sendHeld }) => sendHeld(notice));
  window.addEventListener("online", again);
  again();
}
