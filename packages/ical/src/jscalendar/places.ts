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
  readMainPlace(reader, locations, reader.takeOne("location"), reader.takeOne("geo"), ids);
  for (const component of reader.takeComponents("vlocation")) readPlaceComponent(reader, locations, component, ids);
  if (Object.keys(locations).length > 0) reader.js["locations"] = locations;
  readConferences(reader);
}

/** LOCATION with its GEO is the first location; without LOCATION the GEO is one by itself. */
function readMainPlace(
  reader: ComponentReader,
  locations: Draft,
  line: JCalProperty | null,
  geo: JCalProperty | null,
  ids: Ids,
): void {
  const name = line === null ? null : textIn(line);
  const coordinates = geo === null ? null : geoUri(geo);
  if (line !== null && (name === null || line[2] !== "text")) reader.keep(line);
  if (geo !== null && coordinates === null) reader.keep(geo);
  const isNamed = name !== null && line![2] === "text";
  if (!isNamed && coordinates === null) return;
  const jsid = isNamed ? oneParameter(line![1], "jsid") : coordinates === null ? null : oneParameter(geo![1], "jsid");
  const id = ids.asked(jsid, "location", isNamed ? name : coordinates!);
  const location: Draft = { "@type": "Location" };
  if (isNamed) {
    location["name"] = name;
    reader.note(`locations/${step(id)}/name`, { parameters: parametersBut(line![1], "jsid") });
  }
  if (coordinates !== null) {
    location["coordinates"] = coordinates;
    reader.note(`locations/${step(id)}/coordinates`, { name: "geo", parameters: parametersBut(geo![1], "jsid") });
  }
  setMember(locations, id, location);
}

function geoUri(geo: JCalProperty): string | null {
  const [latitude, longitude] = Array.isArray(geo[3]) ? geo[3] : [];
  const isPlace = geo.length === 4 && typeof latitude === "number" && typeof longitude === "number";
  return isPlace && (geo[3] as unknown[]).length === 2 ? `geo:${latitude},${longitude}` : null;
}

const GEO = /^geo:(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)$/;

/** A VLOCATION (RFC 9073 §7.2). What JSCalendar has no word for is kept within the location. */
function readPlaceComponent(reader: ComponentReader, locations: Draft, component: JCalComponent, ids: Ids): void {
  const inner = new ComponentReader(component, "Location", reader.zones);
  const jsid = inner.takeOne("jsid");
  const types: Draft = {};
  for (const [name, member] of PLACE_TEXTS) {
    const property = inner.takeOne(name);
    const text = property === null ? null : textIn(property);
    if (property === null) continue;
    if (text === null || property[2] !== PLACE_TYPES[name]) inner.keep(property);
    else {
      inner.js[member] = text;
      inner.note(member, { parameters: property[1] });
    }
  }
  for (const property of inner.take("location-type")) {
    const words = property.slice(3);
    const isSet =
      Object.keys(property[1]).length === 0 && words.every((word) => typeof word === "string" && word !== "");
    if (isSet) for (const word of words as string[]) setMember(types, word, true);
    else inner.keep(property);
  }
  if (Object.keys(types).length > 0) inner.js["locationTypes"] = types;
  const location = inner.finish();
  const asked = jsid === null ? null : textIn(jsid);
  const id = ids.asked(asked, "vlocation", JSON.stringify(location));
  const ical = isObject(location["iCalendar"]) ? location["iCalendar"] : {};
  setMember(locations, id, { ...location, iCalendar: { ...ical, name: "vlocation" } });
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
  writeConferences(writer);
}

function isEndOnly(id: string, location: JsonObject): boolean {
  return id === END_LOCATION && location["relativeTo"] === "end" && Object.keys(location).length === 3;
}

/** The location that LOCATION and GEO say: the one that came of them, else the first that is a name alone. */
function mainPlace(writer: ComponentWriter, locations: readonly [string, JsonObject][]): string | null {
  const noted = locations.find(([id]) => writer.note(`locations/${step(id)}/coordinates`).name === "geo");
  if (noted !== undefined) return noted[0];
  const asked = writer.text("mainLocationId");
  if (asked !== null) return asked;
  const first = locations.find(([, location]) =>
    Object.keys(location).every((each) => each === "@type" || each === "name"),
  );
  return first?.[0] ?? null;
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
    if (text !== null) inner.add(name, inner.note(member).parameters, PLACE_TYPES[name]!, text);
  }
  const types = inner.names("locationTypes");
  if (types.length > 0) inner.add("location-type", {}, "text", ...types);
  const ical = isObject(location["iCalendar"]) ? location["iCalendar"] : {};
  const { name: _, ...rest } = ical;
  const { iCalendar: __, ...plain } = location;
  const made = Object.keys(rest).length === 0 ? plain : { ...plain, iCalendar: ical };
  if (ids.asked(null, "vlocation", JSON.stringify(made)) !== id) inner.add("jsid", {}, "text", id);
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
