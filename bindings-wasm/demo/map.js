// The sample city on a page without a server behind it: every number is worked out here, in the browser.
// Serve the folder above (any static server will do) and open demo/index.html; `make test-js` builds what it imports.
import { init, samples } from "../dist/index.js";

await init();
const { tree, strength } = samples.zhongshan();
const footprints = tree.footprints(null, { invented: true });
const people = tree.rollup(strength, { count: "sum" }).values.count;
const households = tree.total("households");
const named = (id) => document.getElementById(id);
const [map, level, search, hits, panel, below] = ["map", "level", "search", "hits", "grid", "below"].map(named);

for (const [number, { label }] of tree.schema.levels.entries()) {
  if (number > 0) {
    level.add(new Option(`${label.zh}（${tree.counts()[number]}）`, number));
  }
}
level.value = "2";
level.addEventListener("change", draw);
draw();
show(tree.root);

function draw() {
  map.innerHTML = tree.toSvg(strength, { footprints, level: Number(level.value), lang: "zh" });
}

map.addEventListener("click", ({ target }) => target.dataset.code !== undefined && show(target.dataset.code));
search.addEventListener("input", () => {
  hits.replaceChildren(...tree.search(search.value, { limit: 8 }).map(({ code }) => entry(code, way(code))));
});

/** The way from the city down to a grid. */
function way(code) {
  return tree.name(tree.path(code)).join(" › ");
}

/** A line that opens a grid. */
function entry(code, text) {
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.textContent = text;
  button.addEventListener("click", () => show(code));
  line.append(button);
  return line;
}

function show(code) {
  map.querySelector(".chosen")?.classList.remove("chosen");
  map.querySelector(`[data-code="${code}"]`)?.classList.add("chosen");
  const at = tree.index([code])[0];
  const { total, rows } = tree.childrenPage(code, 0, 12);
  const facts = [
    ["编码", code],
    ["所在", way(code)],
    ["岗位", tree.schema.levels[tree.level(code)].post?.zh ?? "—"],
    ["人员", people[at].toLocaleString()],
    ["户数", households[at].toLocaleString()],
    ["下辖", total === 0 ? "—" : `${total} 个网格；末级 ${tree.leaves(code).length} 个`],
  ];
  panel.replaceChildren(
    ...facts.flatMap(([name, value]) => {
      const [term, text] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = name;
      text.textContent = value;
      return [term, text];
    }),
  );
  below.replaceChildren(...rows.map((row) => entry(row.code, row.name)));
}
