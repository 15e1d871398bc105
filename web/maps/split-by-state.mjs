// Cuts us-atlas' counties into one small topology per state, so that a page loads only the states it shows:
//   web/maps/dist/counties-21.json holds Kentucky. The atlas is already projected (Albers USA on 975 × 610).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const atlas = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('us-atlas/counties-albers-10m.json'), 'utf8'),
);
const out = join(dirname(fileURLToPath(import.meta.url)), 'dist');

/** The topology of some counties: their arcs alone, renumbered. A negative index ~i walks arc i backward. */
function cut(geometries) {
  const renumbered = new Map();
  const renumber = (index) => {
    const arc = index < 0 ? ~index : index;
    if (!renumbered.has(arc)) renumbered.set(arc, renumbered.size);
    return index < 0 ? ~renumbered.get(arc) : renumbered.get(arc);
  };
  const walk = (arcs) => arcs.map((arc) => (Array.isArray(arc) ? walk(arc) : renumber(arc)));
  const counties = geometries.map(({ type, id, properties, arcs }) => ({ type, id, properties, arcs: walk(arcs) }));
  return {
    type: 'Topology',
    transform: atlas.transform,
    objects: { counties: { type: 'GeometryCollection', geometries: counties } },
    arcs: [...renumbered.keys()].map((arc) => atlas.arcs[arc]),
  };
}

const states = Map.groupBy(atlas.objects.counties.geometries, ({ id }) => id.slice(0, 2));
mkdirSync(out, { recursive: true });
for (const [state, geometries] of states) {
  writeFileSync(join(out, `counties-${state}.json`), JSON.stringify(cut(geometries)));
}
