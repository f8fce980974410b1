import { SCIM_GROUPS, SCIM_RESULTS_MAX, SCIM_USERS, scimSchemas } from "../../contexts/identity/public.ts";

type Json = { readonly [name: string]: unknown };

const CORE = "urn:ietf:params:scim:schemas:core:2.0";
const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** What of the standard there is (RFC 7643 §5). */
export const serviceProviderConfig = (base: string): Json => ({
  schemas: [`${CORE}:ServiceProviderConfig`],
  documentationUri: `${base.replace(/\/scim\/v2$/, "")}/docs`,
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: SCIM_RESULTS_MAX },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "Bearer token",
      description: "A token that an administrator makes for this directory",
      specUri: "https://www.rfc-editor.org/rfc/rfc6750",
      primary: true,
    },
  ],
  meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
});

/** All kinds of resources, or one by its name. */
export function resourceTypesOf(base: string, id: string | null): Json | null {
  const types = [SCIM_USERS, SCIM_GROUPS].map(({ name, endpoint, description, schema, extension }) => ({
    schemas: [`${CORE}:ResourceType`],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extension === null ? [] : [{ schema: extension.id, required: false }],
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${name}` },
  }));
  return id === null ? listOf(types) : (types.find((each) => each.id === id) ?? null);
}

/** All schemas, or one by its name. */
export function schemasOf(base: string, id: string | null): Json | null {
  const schemas = scimSchemas.map((schema) => ({
    schemas: [`${CORE}:Schema`],
    ...schema,
    meta: { resourceType: "Schema", location: `${base}/Schemas/${schema.id}` },
  }));
  return id === null ? listOf(schemas) : (schemas.find((each) => each.id.toLowerCase() === id.toLowerCase()) ?? null);
}

const listOf = (resources: readonly Json[]): Json => ({
  schemas: [LIST],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});
