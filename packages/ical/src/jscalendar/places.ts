// LOCATION, GEO, VLOCATION and CONFERENCE as locations and virtualLocations (RFC 8984 §4.2.5 and §4.2.6).

import type { JCalComponent, JCalParameters, JCalProperty } from "../jcal/jcal.ts";
import { END_LOCATION } from "./dates.ts";
import { Ids } from "./ids.ts";
import { isObject, setMember, setOf, step, type Draft, type JsonObject } from "./json.ts";
import { allParameters, ComponentReader, oneParameter, parametersBut, textIn } from "./reader.ts";
import { ComponentWriter, textMember } from "./writer.ts";

export function readPlaces(reader: ComponentReader): void {
  const given = reader.js["locations"];
  const locations: Draft = isObject(given) ? { ...given } : {};
  const ids = new Ids();
  const components = reader.takeComponents("vlocation");
  const line = reader.takeOne("location");
  const derived = line === null ? -1 : components.findIndex((component) => isDerived(line, component));
  const hasMain = readMainPlace(reader, locations, derived === -1 ? line : null, reader.takeOne("geo"), ids);
  for (const [i, component] of components.entries()) {
    const id = readPlaceComponent(reader, locations, component, ids, hasMain);
    if (i === derived && i > 0) reader.note(`locations/${step(id)}/name`, { name: "location" });
  }
  if (Object.keys(locations).length > 0) reader.js["locations"] = locations;
  readConferences(reader);
}

/** Whether a LOCATION only repeats the name of a VLOCATION for those who do not know any. */
function isDerived([, parameters, type, name]: JCalProperty, [, properties]: JCalComponent): boolean {
  const isMarked = parameters["derived"] === "TRUE" && Object.keys(parametersBut(parameters, "jsid")).length === 1;
  return isMarked && type === "text" && properties.some((property) => property[0] === "name" && property[3] === name);
}

/**
 * LOCATION with its GEO is the first location; without LOCATION the GEO is one by itself. Answers whether there is a
 * LOCATION.
 */
function readMainPlace(
  reader: ComponentReader,
  locations: Draft,
  line: JCalProperty | null,
  geo: JCalProperty | null,
  ids: Ids,
): boolean {
  const name = line === null || line[2] !== "text" ? null : textIn(line);
  const coordinates = geo === null ? null : geoUri(geo);
  if (line !== null && name === null) reader.keep(line);
  if (geo !== null && coordinates === null) reader.keep(geo);
  if (name === null && coordinates === null) return false;
  const jsid = oneParameter((name === null ? geo : line)![1], "jsid");
  const id = ids.asked(jsid, "location", name ?? coordinates!);
  const location: Draft = { "@type": "Location" };
  if (name !== null) {
    location["name"] = name;
    reader.note(`locations/${step(id)}/name`, { parameters: parametersBut(line![1], "jsid") });
  }
  if (coordinates !== null) {
    location["coordinates"] = coordinates;
    reader.note(`locations/${step(id)}/coordinates`, { name: "geo", parameters: parametersBut(geo![1], "jsid") });
  }
  setMember(locations, id, location);
  return name !== null;
}

function geoUri(geo: JCalProperty): string | null {
  const [latitude, longitude] = Array.isArray(geo[3]) ? geo[3] : [];
  const isPlace = geo.length === 4 && typeof latitude === "number" && typeof longitude === "number";
  return isPlace && (geo[3] as unknown[]).length === 2 ? `geo:${latitude},${longitude}` : null;
}

const GEO = /^geo:(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)$/;

/** A VLOCATION (RFC 9073 §7.2). What JSCalendar has no word for is kept within the location. */
function readPlaceComponent(
  reader: ComponentReader,
  locations: Draft,
  component: JCalComponent,
  ids: Ids,
  hasMain: boolean,
): string {
  const inner = new ComponentReader(component, "Location", reader.zones);
  const jsid = inner.takeOne("jsid");
  for (const [name, member] of PLACE_TEXTS) {
    const property = inner.takeOne(name);
    if (property === null) continue;
    const text = property[2] === PLACE_TYPES[name] ? textIn(property) : null;
    if (text === null) inner.keep(property);
    else {
      inner.js[member] = text;
      inner.note(member, { parameters: property[1] });
    }
  }
  readPoint(inner);
  readTypes(inner);
  const location = inner.finish();
  const id = ids.asked(jsid === null ? null : textIn(jsid), "vlocation", JSON.stringify(location));
  // A name alone would come back as the LOCATION that it is not.
  const isMarked = !hasMain && isNameAlone(location);
  setMember(locations, id, isMarked ? { ...location, iCalendar: { name: "vlocation" } } : location);
  return id;
}

function isNameAlone(location: JsonObject): boolean {
  return Object.keys(location).every((member) => member === "@type" || member === "name");
}

/** GEO says the same as COORDINATES. */
function readPoint(inner: ComponentReader): void {
  const geo = inner.takeOne("geo");
  if (geo === null) return;
  const coordinates = geoUri(geo);
  if (coordinates === null || inner.js["coordinates"] !== undefined) return inner.keep(geo);
  inner.js["coordinates"] = coordinates;
  inner.note("coordinates", { name: "geo", parameters: geo[1] });
}

function readTypes(inner: ComponentReader): void {
  const types: Draft = {};
  for (const property of inner.take("location-type")) {
    const words = property.slice(3);
    const isNew = words.every((word) => typeof word === "string" && word !== "" && !Object.hasOwn(types, word));
    if (!isNew || Object.keys(property[1]).length > 0) inner.keep(property);
    else for (const word of words as string[]) setMember(types, word, true);
  }
  if (Object.keys(types).length > 0) inner.js["locationTypes"] = types;
}

const PLACE_TEXTS = [
  ["name", "name"],
  ["description", "description"],
  ["coordinates", "coordinates"],
] as const;
const PLACE_TYPES: Readonly<Record<string, string>> = { name: "text", description: "text", coordinates: "uri" };

function readConferences(reader: ComponentReader): void {
  const places: Draft = {};
  const ids = new Ids();
  for (const property of reader.take("conference")) {
    const uri = textIn(property);
    if (uri === null || property[2] !== "uri") {
      reader.keep(property);
      continue;
    }
    const [, parameters] = property;
    const id = ids.asked(oneParameter(parameters, "jsid"), "conference", uri);
    const place: Draft = { "@type": "VirtualLocation", uri };
    const label = oneParameter(parameters, "label");
    if (label !== null) place["name"] = label;
    const features = allParameters(parameters, "feature");
    const areWords = features.length > 0 && features.every((word) => /^[A-Z-]{1,40}$/.test(word));
    if (areWords) place["features"] = setOf(features.map((word) => word.toLowerCase()));
    setMember(places, id, place);
    const used = ["jsid", "label", ...(areWords ? ["feature"] : [])];
    reader.note(`virtualLocations/${step(id)}`, { parameters: parametersBut(parameters, ...used) });
  }
  if (Object.keys(places).length > 0) reader.js["virtualLocations"] = places;
}

export function writePlaces(writer: ComponentWriter): void {
  const locations = writer.objects("locations").filter(([id, location]) => !isEndOnly(id, location));
  const main = mainPlace(writer, locations);
  const ids = new Ids();
  for (const [id, location] of locations) {
    if (id === main) writeMainPlace(writer, id, location, ids);
    else writePlaceComponent(writer, id, location, ids);
  }
  if (main === null) writeDerived(writer, locations);
  writeConferences(writer);
}

function isEndOnly(id: string, location: JsonObject): boolean {
  return id === END_LOCATION && location["relativeTo"] === "end" && Object.keys(location).length === 3;
}

/** The location that LOCATION and GEO say all of: the one that came of them, else the first that is a name alone. */
function mainPlace(writer: ComponentWriter, locations: readonly [string, JsonObject][]): string | null {
  const noted = locations.find(([id]) => writer.note(`locations/${step(id)}/coordinates`).name === "geo");
  return (noted ?? locations.find(([, location]) => isNameAlone(location)))?.[0] ?? null;
}

/** For those who know no VLOCATION, a LOCATION that repeats the name of the first, or of the one that was noted. */
function writeDerived(writer: ComponentWriter, locations: readonly [string, JsonObject][]): void {
  const named = locations.filter(
    ([, location]) => textMember(location, "name") !== null && location["relativeTo"] !== "end",
  );
  const noted = named.find(([id]) => writer.note(`locations/${step(id)}/name`).name === "location");
  const [, location] = noted ?? named[0] ?? [];
  if (location !== undefined) writer.add("location", { derived: "TRUE" }, "text", textMember(location, "name")!);
}

function writeMainPlace(writer: ComponentWriter, id: string, location: JsonObject, ids: Ids): void {
  const name = textMember(location, "name");
  const coordinates = textMember(location, "coordinates");
  const expected = ids.asked(null, "location", name ?? coordinates ?? "");
  const jsid: JCalParameters = expected === id ? {} : { jsid: id };
  if (name !== null) {
    writer.add("location", { ...writer.note(`locations/${step(id)}/name`).parameters, ...jsid }, "text", name);
  }
  const point = coordinates === null ? null : GEO.exec(coordinates);
  if (point === null) return;
  const { parameters } = writer.note(`locations/${step(id)}/coordinates`);
  const values = [Number(point[1]), Number(point[2])];
  writer.add("geo", name === null ? { ...parameters, ...jsid } : parameters, "float", values);
}

function writePlaceComponent(writer: ComponentWriter, id: string, location: JsonObject, ids: Ids): void {
  const inner = new ComponentWriter("vlocation", location, writer.zones);
  for (const [name, member] of PLACE_TEXTS) {
    const text = inner.text(member);
    const note = inner.note(member);
    const point = text === null || note.name !== "geo" ? null : GEO.exec(text);
    if (point !== null) inner.add("geo", note.parameters, "float", [Number(point[1]), Number(point[2])]);
    else if (text !== null) inner.add(name, note.parameters, PLACE_TYPES[name]!, text);
  }
  const types = inner.names("locationTypes");
  if (types.length > 0) inner.add("location-type", {}, "text", ...types);
  const { iCalendar: ical, ...plain } = location;
  const isMark = isObject(ical) && Object.keys(ical).every((member) => member === "name") && isNameAlone(plain);
  if (ids.asked(null, "vlocation", JSON.stringify(isMark ? plain : location)) !== id) inner.add("jsid", {}, "text", id);
  writer.addComponent(inner.finish());
}

function writeConferences(writer: ComponentWriter): void {
  const ids = new Ids();
  for (const [id, place] of writer.objects("virtualLocations")) {
    const uri = textMember(place, "uri");
    if (uri === null) continue;
    const name = textMember(place, "name");
    const features = isObject(place["features"])
      ? Object.keys(place["features"]).map((word) => word.toUpperCase())
      : [];
    const parameters: Record<string, string | readonly string[]> = {
      ...writer.note(`virtualLocations/${step(id)}`).parameters,
    };
    if (name !== null) parameters["label"] = name;
    if (features.length > 0) parameters["feature"] = features.length === 1 ? features[0]! : features;
    if (ids.asked(null, "conference", uri) !== id) parameters["jsid"] = id;
    writer.add("conference", parameters, "uri", uri);
  }
}
