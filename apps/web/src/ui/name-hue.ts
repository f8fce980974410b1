/** The hue of a person, the same wherever their name stands. */
export function hueOfName(name: string): number {
  let hash = 7;
  for (let index = 0; index < name.length; index++) hash = (hash * 31 + name.charCodeAt(index)) % 360;
  return hash;
}
