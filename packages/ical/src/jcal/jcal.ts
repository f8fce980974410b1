// The shapes of jCal (RFC 7265): plain JSON, made by `toJCal`, read by `fromJCal`.

/** `[name, properties, components]`; the name in lower case. */
export type JCalComponent = [name: string, properties: JCalProperty[], components: JCalComponent[]];

/** `[name, parameters, type, value, …more values]`; name and type in lower case. */
export type JCalProperty = [name: string, parameters: JCalParameters, type: string, ...values: JCalValue[]];

/**
 * By name in lower case; several values are an array. VALUE is never one of them: the type says it. What `toJCal` gives
 * is frozen, because lines that say the same share it.
 */
export type JCalParameters = Readonly<Record<string, string | readonly string[]>>;

/** What could not be read as its type says is a text, as it stood in iCalendar. */
export type JCalValue = JCalScalar | JCalStructure | JCalRule;

type JCalScalar = string | number | boolean;

/** GEO, REQUEST-STATUS and periods: several parts of one value. */
export type JCalStructure = JCalScalar[];

/** An RRULE: its parts by name in lower case, in their order. */
export type JCalRule = { [part: string]: string | number | (string | number)[] };
