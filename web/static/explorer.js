// The explorer of networks, over Cytoscape.js. The same networks stand as pictures and tables at /relations/graph.
"use strict";

const root = document.getElementById("explorer");
const side = document.getElementById("about");
const chosen = document.getElementById("chosen");
const owners = document.getElementById("owners");
const find = document.getElementById("find");
const back = root.querySelector("[data-do=back]");
const widened = [];
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

const elements = (data) => [
  ...data.nodes.map(({ id, label, owner, of, url, colour }) => ({ group: "nodes", data: { id, label, owner, of, url, colour } })),
  ...data.links.map(({ source, target, weight, relation }) => ({ group: "edges", data: { id: `${source} ${target}`, source, target, weight, relation } })),
];

const style = [
  { selector: "node", style: { "background-color": "data(colour)", label: "data(label)", width: 22, height: 22, "font-size": 17, color: "#1a1a1a", "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-overflow-wrap": "anywhere", "text-max-width": 130, "text-background-color": "#ffffff", "text-background-opacity": 0.85, "text-background-padding": 2, "min-zoomed-font-size": 5 } },
  { selector: "edge", style: { "line-color": "#949494", width: "mapData(weight, 1, 10, 1.5, 8)", "curve-style": "haystack", opacity: 0.7 } },
  { selector: ".far", style: { opacity: 0.15 } },
  { selector: "node:selected", style: { "border-width": 4, "border-color": "#000000", width: 26, height: 26 } },
  { selector: "edge.near", style: { "line-color": "#0017c1", opacity: 1 } },
];

// Two cities may have departments of one name.
const full = (node) => (node.data("of")?.startsWith("department/") ? `${node.data("owner")} ${node.data("label")}` : node.data("label"));

const load = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const save = (name, blob) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

const item = (...children) => {
  const li = document.createElement("li");
  li.append(...children);
  return li;
};

const start = (cy) => {
  const arrange = (fit = true) => cy.layout({ name: "cose", animate: false, randomize: false, fit, padding: 40, nodeRepulsion: () => 90000, idealEdgeLength: () => 60, componentSpacing: 50, nodeOverlap: 20, gravity: 1.2, numIter: 1500 }).run();

  const list = () => {
    document.getElementById("nodes").replaceChildren(...cy.nodes().map((node) => new Option(full(node))));
  };

  const filters = () => {
    const names = [...new Set(cy.nodes().map((node) => node.data("owner")))];
    owners.replaceChildren(...names.map((name, n) => {
      const box = document.createElement("input");
      const label = document.createElement("label");
      box.type = "checkbox";
      box.checked = true;
      box.id = `owner-${n}`;
      label.htmlFor = box.id;
      label.lang = "ja";
      label.append(name);
      box.addEventListener("change", () => cy.nodes().filter((node) => node.data("owner") === name).style("display", box.checked ? "element" : "none"));
      const li = item(box, " ", label);
      li.className = "check";
      return li;
    }));
  };

  const widen = async (node) => {
    const data = await load(`${root.dataset.around}?of=${encodeURIComponent(node.data("of"))}`);
    const fresh = elements(data).filter((element) => cy.getElementById(element.data.id).empty());
    for (const element of fresh) if (element.group === "nodes") element.position = { ...node.position() };
    widened.push(cy.add(fresh));
    back.disabled = false;
    arrange(false);
    list();
    show(node);
    choose(node);
  };

  const show = (node) => {
    const near = node.closedNeighborhood();
    cy.elements().removeClass("near").addClass("far");
    near.removeClass("far").filter("edge").addClass("near");
    chosen.textContent = full(node);
    chosen.lang = "ja";
    const links = document.createElement("ul");
    links.append(...node.connectedEdges().map((edge) => {
      const button = document.createElement("button");
      const other = edge.connectedNodes().difference(node);
      button.type = "button";
      button.className = "button quiet";
      button.textContent = full(other);
      button.addEventListener("click", () => choose(other));
      return item(button, ` ${edge.data("weight")}`);
    }));
    side.replaceChildren();
    if (node.data("url")) {
      const page = document.createElement("a");
      page.href = node.data("url");
      page.textContent = root.dataset.page;
      side.append(page);
    }
    if (node.data("of")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button outline";
      button.textContent = root.dataset.widen;
      button.addEventListener("click", () => widen(node).catch(fail));
      side.append(" ", button);
    }
    side.append(links);
  };

  const choose = (node) => {
    cy.nodes().unselect();
    node.select();
    const around = { eles: node.closedNeighborhood(), padding: 90 };
    if (still) cy.fit(around.eles, around.padding); else cy.animate({ fit: around, duration: 250 });
  };

  const actions = {
    fit: () => cy.fit(undefined, 40),
    in: () => cy.zoom({ level: cy.zoom() * 1.25, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
    out: () => cy.zoom({ level: cy.zoom() / 1.25, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
    back: () => { widened.pop()?.remove(); back.disabled = !widened.length; list(); },
    png: async () => save("renkei-network.png", await cy.png({ output: "blob-promise", full: true, scale: 2, bg: "#ffffff" })),
    json: () => save("renkei-network.json", new Blob([JSON.stringify(cy.json().elements)], { type: "application/json" })),
  };

  cy.on("select", "node", (event) => show(event.target));
  cy.on("unselect", "node", () => cy.elements().removeClass("far near"));
  cy.on("dbltap", "node", (event) => { if (event.target.data("of")) widen(event.target).catch(fail); });
  find.addEventListener("change", () => {
    const found = cy.nodes().filter((node) => full(node) === find.value);
    if (found.nonempty()) choose(found.first());
  });
  root.addEventListener("click", (event) => actions[event.target.closest("[data-do]")?.dataset.do]?.());
  cy.layout({ name: "circle", animate: false }).run();
  arrange();
  list();
  filters();
  if (cy.nodes().empty()) chosen.textContent = root.dataset.nothing;
};

const fail = () => { chosen.textContent = root.dataset.failed; };

if (root && window.cytoscape) {
  root.hidden = false;
  load(root.dataset.source)
    .then((data) => start(window.cytoscape({ container: document.getElementById("network"), elements: elements(data), style, minZoom: 0.1, maxZoom: 4 })))
    .catch(fail);
}
