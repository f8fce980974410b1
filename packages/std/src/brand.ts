declare const brand: unique symbol;

/** A `Base` that has passed the check called `Name`. Only that check's parse function makes one. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
