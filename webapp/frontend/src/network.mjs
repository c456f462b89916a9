// The drawing of a thing's network: cytoscape in the box that the page leaves for it, beside a list that says the same.
// Colours and shapes are those of the signs on every page; the list works without this script.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

const box = document.getElementById("network");
const told = document.querySelector(".gt-network__told");
const tools = document.querySelector(".gt-network__tools");
const shapes = { operation: "round-rectangle", partner: "ellipse", theme: "diamond", commitment: "triangle" };
const areas = ["lpa", "district", "force"];
const family = '"Source Sans 3 Variable", sans-serif';

// Cytoscape would add a style element, which the policy bars; it does not where one with this id is there.
const there = document.createElement("meta");
there.id = "__________cytoscape_stylesheet";
document.head.append(there);
cytoscape.warnings(false);
cytoscape.use(fcose);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--gt-${name}`).trim();

function style() {
  const kinds = [...Object.keys(shapes), ...areas].map((kind) => ({
    selector: `node[kind = "${kind}"]`,
    style: { "background-color": colour(areas.includes(kind) ? "area" : kind), shape: shapes[kind] ?? "hexagon" },
  }));
  return [
    {
      selector: "node",
      style: {
        label: "data(short)", width: 20, height: 20, "font-family": family, "font-size": 12.5, color: colour("ink"),
        "text-valign": "bottom", "text-margin-y": 3, "text-wrap": "wrap", "text-max-width": 120,
        "text-background-color": colour("panel"), "text-background-opacity": 0.8, "text-background-padding": 1,
      },
    },
    ...kinds,
    { selector: "node[steps = 0]", style: { width: 32, height: 32, "border-width": 3, "border-color": colour("ink"), "font-weight": 650, "font-size": 14 } },
    { selector: "node[steps = 2]", style: { width: 13, height: 13, "font-size": 11, color: colour("muted") } },
    {
      selector: "edge",
      style: {
        width: "mapData(items, 1, 8, 1, 4)", "line-color": colour("line-strong"), "curve-style": "bezier",
        "target-arrow-color": colour("line-strong"), "target-arrow-shape": "triangle", "arrow-scale": 0.7,
      },
    },
    { selector: 'edge[relation = "together"]', style: { "target-arrow-shape": "none", "line-style": "dashed" } },
    {
      selector: "edge.told",
      style: {
        label: "data(words)", "font-family": family, "font-size": 11.5, color: colour("ink"), "text-rotation": "autorotate",
        "text-background-color": colour("panel"), "text-background-opacity": 0.9, "text-background-padding": 2,
        "line-color": colour("link"), "target-arrow-color": colour("link"),
      },
    },
    { selector: ".dim", style: { opacity: 0.18 } },
    { selector: "node:selected", style: { "border-width": 3, "border-color": colour("focus-ink"), "underlay-color": colour("focus"), "underlay-opacity": 1, "underlay-padding": 4 } },
  ];
}

async function ask(thing, hops) {
  const answer = await fetch(`${box.dataset.source}?${new URLSearchParams({ thing, hops })}`);
  if (!answer.ok) throw new Error(`The network could not be fetched (${answer.status}).`);
  return answer.json();
}

const cut = (words, most) => (words.length > most ? `${words.slice(0, most - 2).trimEnd()}…` : words);

function elements(found) {
  const nodes = found.things.map((one) => ({ data: { ...one, id: one.key, short: cut(one.label, one.kind === "commitment" ? 30 : 44) } }));
  const edges = found.links.map((one) => ({
    data: { id: `${one.from} ${one.relation} ${one.to}`, source: one.from, target: one.to, ...one },
  }));
  return { nodes, edges };
}

const arrange = (cy, randomize = true) =>
  cy.layout({
    name: "fcose", animate: false, randomize, quality: "proof", nodeDimensionsIncludeLabels: true, padding: 24,
    idealEdgeLength: 110, nodeRepulsion: 14000, nodeSeparation: 110,
  }).run();

function say(words) {
  told.textContent = words;
}

function select(cy, node) {
  cy.elements().removeClass("dim told");
  if (!node) return;
  cy.elements().not(node.closedNeighborhood()).addClass("dim");
  node.connectedEdges().addClass("told");
  const links = node.data("links");
  say(`${node.data("label")}: ${links} ${links === 1 ? "link" : "links"} in the graph, ${node.degree()} drawn.`);
}

async function expand(cy) {
  const node = cy.$("node:selected")[0] ?? cy.$("node[steps = 0]")[0];
  const found = await ask(node.id(), 1);
  const more = found.things.filter((one) => cy.getElementById(one.key).empty());
  const room = Math.max(0, found.most - cy.nodes().length);
  for (const one of more) one.steps = 2;
  const added = new Set(more.slice(0, room).map((one) => one.key));
  const fresh = elements({ things: more.slice(0, room), links: [] }).nodes;
  for (const one of fresh) one.position = { x: node.position("x"), y: node.position("y") };
  cy.add(fresh);
  cy.add(
    elements({ things: [], links: found.links }).edges.filter(
      ({ data }) => cy.getElementById(data.id).empty() && [data.source, data.target].every((end) => cy.getElementById(end).nonempty()),
    ),
  );
  arrange(cy, false);
  select(cy, node);
  const left = more.length - added.size + found.left_out;
  say(`${added.size} more ${added.size === 1 ? "thing" : "things"} around ${node.data("label")}.${left ? ` ${left} are not drawn: a drawing holds ${found.most}.` : ""}`);
}

function download(cy) {
  const link = document.createElement("a");
  link.href = cy.png({ full: true, scale: 2, bg: colour("panel") });
  link.download = `network-${box.dataset.thing.replace("/", "-")}.png`;
  link.click();
}

async function start() {
  const [found] = await Promise.all([ask(box.dataset.thing, box.dataset.hops), document.fonts.load(`13px ${family}`)]);
  const cy = cytoscape({ container: box, elements: elements(found), style: style(), layout: { name: "null" }, maxZoom: 2.5, minZoom: 0.2 });
  arrange(cy);
  cy.on("select", "node", ({ target }) => select(cy, target));
  cy.on("unselect", "node", () => select(cy));
  cy.on("dbltap", "node", () => expand(cy).catch((error) => say(error.message)));
  const actions = { fit: () => cy.fit(undefined, 24), arrange: () => arrange(cy), expand: () => expand(cy), picture: () => download(cy) };
  for (const button of tools.querySelectorAll("button"))
    button.addEventListener("click", async () => {
      try {
        await actions[button.dataset.do]();
      } catch (error) {
        say(error.message);
      }
    });
  for (const row of document.querySelectorAll(".gt-network__list [data-key]")) {
    const show = () => {
      cy.$(":selected").unselect();
      cy.getElementById(row.dataset.key).select();
    };
    row.addEventListener("pointerenter", show);
    row.addEventListener("focusin", show);
  }
  const restyle = () => cy.style(style());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  tools.hidden = false;
  box.dataset.drawn = cy.nodes().length;
}

document.querySelector(".gt-network__without").remove();
start().catch((error) => say(error.message));
