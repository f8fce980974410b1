// Pure: which attributes people and groups have (RFC 7643), and how each may be written and compared.

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export type Attribute = {
  readonly name: string;
  readonly type: "string" | "boolean" | "dateTime" | "reference" | "complex";
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  /** Whether upper and lower case differ. */
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable";
  readonly returned: "always" | "default";
  readonly uniqueness: "none" | "server";
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
};

export type Schema = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
};

export type ResourceType = {
  readonly name: "User" | "Group";
  readonly endpoint: "/Users" | "/Groups";
  readonly description: string;
  readonly schema: Schema;
  readonly extension: Schema | null;
};

const plain: Omit<Attribute, "name" | "description"> = {
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
};
const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  description,
  ...plain,
  ...more,
});
const readOnly = { mutability: "readOnly" } as const;
const parts = (name: string, description: string, subAttributes: readonly Attribute[], more: Partial<Attribute> = {}) =>
  text(name, description, { type: "complex", subAttributes, ...more });
const several = (name: string, description: string, own: readonly Attribute[]): Attribute =>
  parts(
    name,
    description,
    [
      ...own,
      text("type", "What it is for: work, home, mobile …"),
      text("display", "To be shown"),
      text("primary", "Whether it is the one to use; of one alone", { type: "boolean" }),
    ],
    { multiValued: true },
  );

/** What every resource has. */
const common: readonly Attribute[] = [
  text("schemas", "What it is made of", { ...readOnly, type: "reference", multiValued: true, returned: "always" }),
  text("id", "Given by the server, for ever", {
    ...readOnly,
    caseExact: true,
    returned: "always",
    uniqueness: "server",
  }),
  text("externalId", "What the directory calls it", { caseExact: true }),
  parts(
    "meta",
    "Of the resource itself",
    [
      text("resourceType", "User or Group", { ...readOnly, caseExact: true }),
      text("created", "When it came", { ...readOnly, type: "dateTime" }),
      text("lastModified", "When it was changed last", { ...readOnly, type: "dateTime" }),
      text("location", "Its address", { ...readOnly, type: "reference", caseExact: true, referenceTypes: ["uri"] }),
      text("version", "For If-Match", { ...readOnly, caseExact: true }),
    ],
    readOnly,
  ),
];

const user: Schema = {
  id: USER,
  name: "User",
  description: "A person whose time is planned",
  attributes: [
    text("userName", "By which the directory finds somebody; no two have the same", {
      required: true,
      uniqueness: "server",
    }),
    parts("name", "In its parts", [
      text("formatted", "As a whole"),
      text("familyName", "Family name"),
      text("givenName", "Given name"),
      text("middleName", "Middle name"),
      text("honorificPrefix", "Title before it"),
      text("honorificSuffix", "Title after it"),
    ]),
    text("displayName", "The name in Hourwright; without it `name` is"),
    text("nickName", "Kept as given"),
    text("title", "Kept as given"),
    text("userType", "Kept as given"),
    text("preferredLanguage", "Kept as given"),
    text("locale", "Kept as given"),
    text("timezone", "The person's IANA time zone"),
    text("active", "False: retired. Signs in no more and takes nothing new; history stays", { type: "boolean" }),
    several("emails", "The primary one, else that for work, is the person's address", [text("value", "The address")]),
    several("phoneNumbers", "Kept as given", [text("value", "The number")]),
    several("addresses", "Kept as given", [
      text("formatted", "As a whole"),
      text("streetAddress", "Street"),
      text("locality", "Town"),
      text("region", "Region"),
      text("postalCode", "Postal code"),
      text("country", "Country"),
    ]),
    parts(
      "groups",
      "Teams that the person is in; changed at the group",
      [
        text("value", "The group's id", { ...readOnly, caseExact: true }),
        text("$ref", "Its address", { ...readOnly, type: "reference", caseExact: true, referenceTypes: ["Group"] }),
        text("display", "Its name", readOnly),
        text("type", "direct", readOnly),
      ],
      { ...readOnly, multiValued: true },
    ),
  ],
};

const enterprise: Schema = {
  id: ENTERPRISE,
  name: "EnterpriseUser",
  description: "What an organisation says of its people",
  attributes: [
    text("employeeNumber", "Kept as given"),
    text("costCenter", "Kept as given"),
    text("organization", "Kept as given"),
    text("division", "Kept as given"),
    text(
      "department",
      "The person's department: its name, or its path as “Care / Ward 3”. One that is not there is made",
    ),
    parts("manager", "Kept and shown; who answers for people is said at departments", [
      text("value", "The person's id", { caseExact: true }),
      text("$ref", "Its address", { ...readOnly, type: "reference", caseExact: true, referenceTypes: ["User"] }),
      text("displayName", "The person's name", readOnly),
    ]),
  ],
};

const group: Schema = {
  id: GROUP,
  name: "Group",
  description: "A team",
  attributes: [
    text("displayName", "The team's name", { required: true, uniqueness: "server" }),
    parts(
      "members",
      "The people of the team",
      [
        text("value", "The person's id", { mutability: "immutable", caseExact: true }),
        text("$ref", "Its address", { ...readOnly, type: "reference", caseExact: true, referenceTypes: ["User"] }),
        text("display", "The person's name", readOnly),
        text("type", "User", { mutability: "immutable" }),
      ],
      { multiValued: true },
    ),
  ],
};

export const USERS: ResourceType = {
  name: "User",
  endpoint: "/Users",
  description: "People",
  schema: user,
  extension: enterprise,
};
export const GROUPS: ResourceType = {
  name: "Group",
  endpoint: "/Groups",
  description: "Teams",
  schema: group,
  extension: null,
};
export const schemas: readonly Schema[] = [user, enterprise, group];

/** Where an attribute stands: within an extension, or (null) at the top. */
export type Place = { readonly extension: string | null; readonly attribute: Attribute };

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** An attribute of a resource by its name, whatever its case; null where there is none. */
export function placeOf(type: ResourceType, schema: string | null, name: string): Place | null {
  const extension = type.extension;
  if (schema !== null && extension !== null && isSame(schema, extension.id)) {
    const attribute = named(extension.attributes, name);
    return attribute === null ? null : { extension: extension.id, attribute };
  }
  if (schema !== null && !isSame(schema, type.schema.id)) return null;
  const attribute = named([...common, ...type.schema.attributes], name);
  return attribute === null ? null : { extension: null, attribute };
}

/** A part of an attribute; null where there is none. */
export const partOf = (attribute: Attribute, name: string): Attribute | null =>
  named(attribute.subAttributes ?? [], name);

const named = (attributes: readonly Attribute[], name: string): Attribute | null =>
  attributes.find((each) => isSame(each.name, name)) ?? null;
