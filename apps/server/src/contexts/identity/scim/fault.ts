/** Why a request of SCIM is refused (RFC 7644 §3.12). */
export type Fault = {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 429 | 500 | 501 | 503;
  readonly scimType:
    | "invalidFilter"
    | "uniqueness"
    | "mutability"
    | "invalidSyntax"
    | "invalidPath"
    | "noTarget"
    | "invalidValue"
    | null;
  readonly detail: string;
};

export const fault = (
  scimType: Exclude<Fault["scimType"], null | "uniqueness">,
  detail: string,
): { readonly fault: Fault } => ({ fault: { status: 400, scimType, detail } });

export const isFault = (value: unknown): value is { readonly fault: Fault } =>
  typeof value === "object" && value !== null && "fault" in value;
