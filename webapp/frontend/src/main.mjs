// Starts one small module for each data-module attribute on the page. Every page works without any of them.
import "htmx.org";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { Filter } from "./modules/filter.mjs";
import { Walk } from "./modules/walk.mjs";

const modules = {
  "govuk-skip-link": SkipLink,
  filter: Filter,
  walk: Walk,
};

// GOV.UK Frontend asks for this sign before it starts anything.
document.body.classList.add("govuk-frontend-supported");

for (const element of document.querySelectorAll("[data-module]")) {
  const Module = modules[element.dataset.module];
  if (Module) new Module(element);
}
