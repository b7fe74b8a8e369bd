// The operators' page begins here.
import { auditPage } from "./audit.js";
import { groupPage } from "./group.js";
import { groupsPage } from "./groups.js";
import { letterPage } from "./letter.js";
import { lettersPage } from "./letters.js";
import { filters, open } from "./page.js";
import { replayPage } from "./replay.js";
import { replaysPage } from "./replays.js";
import { begin, signInPage } from "./sign-in.js";

const routes = [
  [/^\/$/, () => (filters().view === "letters" ? lettersPage() : groupsPage())],
  [/^\/groups\/([^/]+)$/, (id) => groupPage(id)],
  [/^\/letters\/([^/]+)$/, (id) => letterPage(id)],
  [/^\/replays$/, () => replaysPage()],
  [/^\/replays\/([^/]+)$/, (id) => replayPage(id)],
  [/^\/audit$/, () => auditPage()],
];

open(routes, signInPage);
begin().catch((error) => signInPage(error.status === 401 ? undefined : error.message));
