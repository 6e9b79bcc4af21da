// Starts the design system's scripts. Every page works without them.
import { initAll as startGovuk } from "./govuk-frontend.min.js";
import { initAll as startMoj } from "./moj-frontend.min.js";
import { startSearch } from "./search.js";

startGovuk();
startMoj();
startSearch();
